import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReadFile, FILE_MAX_BYTES } from '../../src/slack/files.ts';

const UNREADABLE = { ok: false, why: 'unreadable' };

describe('a file that somebody put into a form', () => {
  const server = createServer((incoming, response) => answers[incoming.url ?? '']?.(response, incoming));
  const answers: Record<string, (response: ServerResponse, incoming: IncomingMessage) => unknown> = {
    '/list': (response, { headers }) =>
      response.end(headers.authorization === 'Bearer xoxb-1' ? 'tx1\ntx2\n' : 'a stranger'),
    '/sign-in': (response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'),
    '/gone': (response) => response.writeHead(404).end('tx1'),
    '/elsewhere': (response) => response.writeHead(302, { location: '/list' }).end(),
    '/picture': (response) => response.end(Buffer.from([0xff, 0xd8, 0xff, 0xe0])),
    '/large': (response) => response.end('x'.repeat(FILE_MAX_BYTES + 1)),
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': '100' }).write('tx1');
      setImmediate(() => response.destroy());
    },
  };
  let origin = '';
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    origin = `http://127.0.0.1:${address.port}`;
  });
  afterAll(() => void server.close());

  const read = (path: string) => createReadFile('xoxb-1', `${origin}/api/`)(`${origin}${path}`);

  it('is fetched with the token', async () => {
    expect(await read('/list')).toEqual({ ok: true, text: 'tx1\ntx2\n' });
  });

  it.each([
    ['a page to sign in', '/sign-in'],
    ['nothing', '/gone'],
    ['another address', '/elsewhere'],
    ['no text', '/picture'],
    ['half of it', '/cut'],
  ])('is unreadable where Slack gives %s', async (_what, path) => {
    expect(await read(path)).toEqual(UNREADABLE);
  });

  it('is not read to its end when it is too large for a list', async () => {
    expect(await read('/large')).toEqual({ ok: false, why: 'too_large' });
  });

  it.each([
    'https://example.com/list',
    'https://slack.com.example.com/list',
    'https://notslack.com/list',
    'http://files.slack.com/list',
    'ftp://files.slack.com/list',
    'file:///etc/passwd',
    'list',
  ])('is not looked for at %s, which the token must not get to', async (address) => {
    let calls = 0;
    const original = globalThis.fetch;
    globalThis.fetch = async (...args) => {
      calls += 1;
      return original(...args);
    };
    try {
      expect(await createReadFile('xoxb-1', undefined)(address)).toEqual(UNREADABLE);
      expect(calls).toBe(0);
    } finally {
      globalThis.fetch = original;
    }
  });

  it('is not looked for on this machine, unless Slack itself is local', async () => {
    expect(await createReadFile('xoxb-1', undefined)(`${origin}/list`)).toEqual(UNREADABLE);
  });
});
