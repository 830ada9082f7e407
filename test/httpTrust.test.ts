import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HttpsAddress } from '../src/httpsAddress.ts';
import { createHttp } from '../src/httpClient.ts';
import { failureOf, listenOn } from './sockets.ts';

const http = createHttp({ timeoutMs: 5_000, maxBodyBytes: 1_000 });
const certificate = fileURLToPath(new URL('fixtures/selfSigned.pem', import.meta.url));

async function startTlsServer() {
  const pem = readFileSync(certificate);
  const seen = { requests: 0 };
  const server = createServer({ key: pem, cert: pem }, (_request, response) => {
    seen.requests += 1;
    response.end('done');
  });
  return { seen, port: await listenOn(server) };
}

const moduleOf = (file: string) => new URL(`../src/${file}`, import.meta.url).href;

/** What a process with this in its environment makes of a call. */
function callFromProcess(url: string, environment: Record<string, string>): Promise<string> {
  return runInProcess(
    `import { createHttp } from '${moduleOf('httpClient.ts')}';
    const http = createHttp({ timeoutMs: 5000, maxBodyBytes: 1000 });
    const call = { method: 'GET', url: '${url}' };
    console.log(await http(call).then(({ body }) => body, ({ sent }) => sent));`,
    environment,
  );
}

function callSlackFromProcess(url: string, environment: Record<string, string>): Promise<string> {
  return runInProcess(
    `import { createSlackFetch } from '${moduleOf('slackFetch.ts')}';
    console.log(await createSlackFetch()('${url}').then((reply) => reply.text(), ({ code }) => code));`,
    environment,
  );
}

async function runInProcess(script: string, environment: Record<string, string>): Promise<string> {
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env,
  });
  return stdout.trim();
}

describe('TLS', () => {
  it('is refused for a self-signed certificate before anything is sent', async () => {
    const { port, seen } = await startTlsServer();
    const failure = await failureOf(http, { method: 'GET', url: `https://localhost:${port}/?key=s3cret` });
    expect(failure).toMatchObject({ sent: 'no', message: 'the call failed (DEPTH_ZERO_SELF_SIGNED_CERT)' });
    expect(seen.requests).toBe(0);
  });

  it('is refused for it also where the environment turns verification off', async () => {
    const { port, seen } = await startTlsServer();
    expect(await callFromProcess(`https://localhost:${port}/`, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toBe(
      'no',
    );
    expect(seen.requests).toBe(0);
  });

  it('is refused for it by the calls to Slack, too', async () => {
    const { port, seen } = await startTlsServer();
    const url = `https://localhost:${port}/`;
    const refused = 'DEPTH_ZERO_SELF_SIGNED_CERT';
    expect(await callSlackFromProcess(url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toBe(refused);
    expect(seen.requests).toBe(0);
    expect(await callSlackFromProcess(url, { NODE_EXTRA_CA_CERTS: certificate })).toBe('done');
  });

  it('is trusted where the operator added the certificate, but only under its name', async () => {
    const { port, seen } = await startTlsServer();
    const environment = { NODE_EXTRA_CA_CERTS: certificate };
    expect(await callFromProcess(`https://localhost:${port}/`, environment)).toBe('done');
    expect(await callFromProcess(`https://127.0.0.1:${port}/`, environment)).toBe('no');
    expect(seen.requests).toBe(1);
  });
});

describe('HttpsAddress', () => {
  it.each([
    ['https://api.freedompay.uz', 'https://api.freedompay.uz'],
    ['https://api.freedompay.uz/', 'https://api.freedompay.uz'],
    ['https://api.sibs.pt/sibs/spg/v2//', 'https://api.sibs.pt/sibs/spg/v2'],
    ['HTTPS://API.SIBS.PT:443/V2', 'https://api.sibs.pt/V2'],
    ['https://api.freedompay.uz?', 'https://api.freedompay.uz'],
    ['https://api.freedompay.uz/#', 'https://api.freedompay.uz'],
    [' https://api.freedompay.uz\n', 'https://api.freedompay.uz'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %j as %s', (text, url) => {
    expect(HttpsAddress.parse(text)).toBe(url);
  });

  it.each([
    '',
    'api.freedompay.uz',
    '//api.freedompay.uz',
    'https://',
    'https://api.freedompay.uz:99999',
    'http://api.freedompay.uz',
    'http://localhost.example.com',
    'http://localhost@example.com',
    'http://127.0.0.1.example.com',
    'http://0.0.0.0',
    'ftp://api.freedompay.uz',
    'file:///etc/hosts',
    'javascript:alert(1)',
    'https://user@api.freedompay.uz',
    'https://user:password@api.freedompay.uz',
    'https://:password@api.freedompay.uz',
    'https://api.freedompay.uz?key=1',
    'https://api.freedompay.uz#key',
  ])('refuses %j', (text) => {
    expect(HttpsAddress.safeParse(text).success).toBe(false);
  });
});
