import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { HttpCall } from '../src/http.ts';
import { createHttp } from '../src/httpClient.ts';
import { failureOf, listenOn } from './sockets.ts';

const TIMEOUT_MS = 300;
const http = createHttp({ timeoutMs: TIMEOUT_MS, maxBodyBytes: 1_000 });
/** A TCP server that reads a whole call and then does as told. */
async function startServer(answer: (socket: Socket) => unknown) {
  const seen = { connections: 0, text: '' };
  const server = createServer((socket) => {
    seen.connections += 1;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      seen.text += chunk.toString();
      if (seen.text.endsWith(BODY)) answer(socket);
    });
  });
  return { seen, port: await listenOn(server) };
}

const BODY = 'amount=50';
const post = (port: number, path = '/cancel?key=s3cret'): HttpCall => ({
  method: 'POST',
  url: `http://127.0.0.1:${port}${path}`,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: BODY,
});

const reply =
  (head: string, body: string | Buffer = '') =>
  (socket: Socket) =>
    socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\r\n\r\n`), Buffer.from(body)]));

describe('a call that is answered', () => {
  it('is sent as told, over one connection', async () => {
    const { port, seen } = await startServer(reply('200 OK', 'done'));
    expect(await http(post(port))).toEqual({ status: 200, body: 'done' });
    expect(seen.connections).toBe(1);
    expect(seen.text.toLowerCase().split('\r\n').toSorted()).toEqual(
      [
        'post /cancel?key=s3cret http/1.1',
        'connection: close',
        'content-length: 9',
        'content-type: application/x-www-form-urlencoded',
        `host: 127.0.0.1:${port}`,
        'user-agent: countersign',
        '',
        BODY,
      ].toSorted(),
    );
  });

  it('never shares a connection with the one before', async () => {
    const { port, seen } = await startServer(reply('200 OK\r\ncontent-length: 0'));
    await http(post(port));
    await http(post(port));
    expect(seen.connections).toBe(2);
  });

  it.each([
    ['a redirect, which is not followed', '302 Found\r\nlocation: /elsewhere', 302],
    ['a lasting redirect, which is not followed', '308 Permanent Redirect\r\nlocation: /elsewhere', 308],
    ['not found', '404 Not Found', 404],
    ['asked to wait, which is not done', '429 Too Many Requests\r\nretry-after: 0', 429],
    ['a server error, after which nothing is sent again', '503 Service Unavailable', 503],
  ])('takes as a reply: %s', async (_what, head, status) => {
    const { port, seen } = await startServer(reply(head, 'text'));
    expect(await http(post(port))).toEqual({ status, body: 'text' });
    expect(seen.connections).toBe(1);
    expect(seen.text.split('POST ')).toHaveLength(2);
  });

  it.each([
    ['without its byte-order mark', Buffer.from('\ufeff{"a":1}'), '{"a":1}'],
    ['as UTF-8', Buffer.from('Оплата ✓'), 'Оплата ✓'],
    ['with a sign in place of what is not UTF-8', Buffer.from([0x61, 0xff]), 'a\ufffd'],
  ])('reads the body %s', async (_how, bytes, body) => {
    const { port } = await startServer(reply('200 OK', bytes));
    expect(await http(post(port))).toEqual({ status: 200, body });
  });

  it('reads a body of exactly the limit, and a longer one is no reply', async () => {
    const { port: enough } = await startServer(reply('200 OK', 'x'.repeat(1_000)));
    expect((await http(post(enough))).body).toHaveLength(1_000);
    const { port: tooMuch } = await startServer(reply('200 OK', 'x'.repeat(1_001)));
    expect(await failureOf(http, post(tooMuch))).toMatchObject({
      sent: 'perhaps',
      message: 'the answer was longer than 1000 bytes',
    });
  });
});

describe('a call that was perhaps carried out', () => {
  const ok = 'HTTP/1.1 200 OK\r\n';
  it.each<[string, (socket: Socket) => unknown, string]>([
    ['the connection is reset', (socket) => socket.resetAndDestroy(), 'the connection broke'],
    ['the connection is closed', (socket) => socket.end(), 'the connection broke'],
    ['nothing comes', () => undefined, 'no answer in time'],
    ['half the headers come', (socket) => socket.write(`${ok}content-`), 'no answer in time'],
    [
      'half the body comes',
      (socket) => socket.write(`${ok}content-length: 9\r\n\r\nabc`),
      'no answer in time',
    ],
    ['the body breaks off', reply('200 OK\r\ncontent-length: 9', 'abc'), 'the connection broke'],
    [
      'a chunked body breaks off',
      reply('200 OK\r\ntransfer-encoding: chunked', '3\r\nabc\r\n'),
      'the connection broke',
    ],
    [
      'the body has no end',
      (socket) => socket.write(`${ok}\r\n${'x'.repeat(100_000)}`),
      'the answer was longer than 1000 bytes',
    ],
    [
      'the headers have no end',
      (socket) => socket.write(`${ok}x: ${'x'.repeat(100_000)}`),
      'the call failed (UND_ERR_HEADERS_OVERFLOW)',
    ],
    ['something else than HTTP comes', (socket) => socket.end('<html></html>'), 'the call failed'],
  ])('is said so, in time, when %s', async (_what, answer, message) => {
    const { port, seen } = await startServer(answer);
    const start = performance.now();
    expect(await failureOf(http, post(port))).toMatchObject({ sent: 'perhaps', message });
    expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(seen.connections).toBe(1);
  });

  it.each([
    ['headers', `HTTP/1.1 200 OK\r\nx: `],
    ['body', `HTTP/1.1 200 OK\r\n\r\n`],
  ])('is not kept alive by %s that trickle in', async (_what, head) => {
    const { port } = await startServer((socket) => {
      socket.write(head);
      const trickle = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(trickle));
    });
    const start = performance.now();
    expect(await failureOf(http, post(port))).toMatchObject({
      sent: 'perhaps',
      message: 'no answer in time',
    });
    expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + 1_000);
  });
});

describe('a call that surely was not sent', () => {
  it.each([
    ['is refused', 'http://127.0.0.1:1/?key=s3cret', 'the connection was refused'],
    ['is refused by every address of a name', 'http://localhost:1/?key=s3cret', 'the connection was refused'],
    ['has an address without a host', 'http:///?key=s3cret', /^the call failed/],
    [
      'has a name that does not exist',
      'http://s3cret.invalid/?key=s3cret',
      /^(the call failed \(E\w+\)|no answer in time)$/,
    ],
  ])('is said so when it %s', async (_what, url, message) => {
    const failure = await failureOf(http, { method: 'GET', url });
    expect(failure.sent).toBe('no');
    expect(failure.message).toMatch(message);
    expect(failure.message).not.toContain('s3cret');
  });

  it('is said so, in time, when the connection never completes', async () => {
    const { port, seen } = await startServer(() => undefined);
    const start = performance.now();
    const failure = await failureOf(http, { ...post(port), url: `https://127.0.0.1:${port}/` });
    expect(failure).toMatchObject({ sent: 'no', message: 'no answer in time' });
    expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + 1_000);
    expect(seen.connections).toBe(1);
  });
});
