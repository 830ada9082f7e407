import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createSlackFetch } from '../src/slackFetch.ts';
import { listenOn } from './sockets.ts';

const fetch = createSlackFetch();

async function startSlack(answer: (incoming: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer(answer);
  const seen = { connections: 0 };
  server.on('connection', () => (seen.connections += 1));
  return { seen, url: `http://127.0.0.1:${await listenOn(server)}/api/chat.postMessage` };
}

describe('a call to Slack', () => {
  it('brings what was sent, and gives the answer as often as it is read', async () => {
    const { url } = await startSlack((incoming, response) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => {
        response.setHeader('x-oauth-scopes', 'chat:write');
        response.end(JSON.stringify({ ok: true, body, method: incoming.method, as: incoming.headers['as'] }));
      });
    });
    const reply = await fetch(url, { method: 'POST', body: 'text=tak%20%C5%82', headers: { As: 'bot' } });
    const told = { ok: true, body: 'text=tak%20%C5%82', method: 'POST', as: 'bot' };
    expect(reply).toMatchObject({ ok: true, status: 200, url });
    expect(await reply.json()).toEqual(told);
    expect(JSON.parse(await reply.text())).toEqual(told);
    expect(reply.headers.get('X-OAuth-Scopes')).toBe('chat:write');
    expect(reply.headers.get('retry-after')).toBeNull();
    expect(Object.fromEntries(reply.headers.entries())).toMatchObject({ 'x-oauth-scopes': 'chat:write' });
  });

  it('brings a file', async () => {
    const { url } = await startSlack(async (incoming, response) => {
      const type = incoming.headers['content-type'] ?? '';
      const parts = await new Response(Readable.toWeb(incoming), {
        headers: { 'content-type': type },
      }).formData();
      const file = parts.get('body');
      response.end(file instanceof File ? `${file.name}: ${await file.text()}` : 'no file');
    });
    const form = new FormData();
    form.append('body', new Blob(['payment,why\r\ną,„x”']), 'lines.csv');
    const reply = await fetch(url, { method: 'POST', body: form });
    expect(await reply.text()).toBe('lines.csv: payment,why\r\ną,„x”');
  });

  it('goes over a connection of one before', async () => {
    const { url, seen } = await startSlack((_incoming, response) => response.end('{"ok":true}'));
    for (let call = 0; call < 10; call += 1) await fetch(url, { method: 'POST', body: 'a=b' });
    expect(seen.connections).toBeLessThanOrEqual(2);
  });

  it('says how long to wait where Slack limits it', async () => {
    const { url } = await startSlack((_incoming, response) =>
      response.writeHead(429, { 'Retry-After': '7' }).end(),
    );
    const reply = await fetch(url, { method: 'POST', body: '' });
    expect(reply).toMatchObject({ ok: false, status: 429 });
    expect(reply.headers.get('Retry-After')).toBe('7');
  });

  it('follows no redirect: the token would go with it', async () => {
    let calls = 0;
    const { url } = await startSlack((_incoming, response) => {
      calls += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await fetch(url, { method: 'POST', body: '' })).toMatchObject({ ok: false, status: 307 });
    expect(calls).toBe(1);
  });

  it('ends when its time is over, however many wait for a connection that comes to nothing', async () => {
    const silent = createTcpServer();
    const url = `https://127.0.0.1:${await listenOn(silent)}/api/chat.postMessage`;
    const calls = Array.from({ length: 5 }, () =>
      fetch(url, { method: 'POST', body: '', signal: AbortSignal.timeout(200) }),
    );
    for (const { status } of await Promise.allSettled(calls)) expect(status).toBe('rejected');
  }, 5_000);

  it('ends when its time is over, also in the middle of the answer', async () => {
    const { url } = await startSlack((_incoming, response) => response.write('{"ok":'));
    const call = fetch(url, { method: 'POST', body: '', signal: AbortSignal.timeout(100) });
    await expect(call).rejects.toThrow('timeout');
  });
});
