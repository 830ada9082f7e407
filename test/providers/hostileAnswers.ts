/** Answers that no provider should give, as the bytes on the wire, and a server that gives them. */
import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { HttpReply } from '../../src/http.ts';
import { listenOn } from '../sockets.ts';

/** @param body what the provider answers when all went well. */
type Attack = (socket: Socket, body: string) => void;

type Body = string | Buffer;

const BOUND = '\r\n\r\n';
const reply = (head: string, body: Body) =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${head}${BOUND}`), Buffer.from(body)]);
const ok = (toBody: (body: string) => Body): Attack => with200('', toBody);

function with200(headers: string, toBody: (body: string) => Body = (body) => body): Attack {
  return (socket, body) => {
    const bytes = Buffer.from(toBody(body));
    socket.end(reply(`200 OK${headers}\r\ncontent-length: ${bytes.byteLength}`, bytes));
  };
}

const under = (head: string): Attack => {
  return (socket, body) => socket.end(reply(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}`, body));
};
const raw = (toText: (body: string) => Body): Attack => {
  return (socket, body) => socket.end(toText(body));
};

/** 30 MB, packed once for all adapters. */
const GZIP_BOMB = gzipSync(Buffer.alloc(30_000_000));

const isXml = (body: string) => body.startsWith('<');
const bomb = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');

function declare(body: string, declaration: string): string {
  return declaration + body.replace(/^<\?xml.*\?>/, '');
}

/** Says no before it says yes, for each of its keys. */
function contradict(body: string): string {
  if (isXml(body)) return body.replace('<pg_status>', '<pg_status>error</pg_status><pg_status>');
  return body.replaceAll(/"\w+":/g, '$&null,$&');
}

/** One character that is not ASCII, where nobody looks at it. */
function addAccent(body: string): string {
  return isXml(body) ? body.replace('</response>', '<!-- é --></response>') : body.replace('{', '{"é":"é",');
}

function wrap(body: string, levels: number): string {
  const [open, close] = isXml(body) ? ['<response>', '</response>'] : ['[', ']'];
  return open.repeat(levels) + body.replace(/^<\?xml.*\?>/, '') + close.repeat(levels);
}

/** Those that end by themselves. */
export const attacks: readonly (readonly [string, Attack])[] = [
  ['a login page', ok(() => '<!doctype html><html><body>Please log in</body></html>')],
  ['a success within a page', ok((body) => `<html><body>${body}</body></html>`)],
  ['an empty body', ok(() => '')],
  ['space', ok(() => ' \r\n')],
  ['null', ok(() => 'null')],
  ['nothing in an object', ok((body) => (isXml(body) ? '<response/>' : '{}'))],
  ['the word success', ok(() => '"success"')],
  ['half a success', ok((body) => body.slice(0, body.length / 2))],
  ['a success without its last sign', ok((body) => body.trimEnd().slice(0, -1))],
  ['a success twice', ok((body) => body + body)],
  ['a success with a sign after it', ok((body) => `${body}\0`)],
  ['a success that says no first', ok(contradict)],
  ['a body beyond the limit', ok((body) => body + ' '.repeat(200_000))],

  ['a success in gzip', with200('\r\ncontent-encoding: gzip', gzipSync)],
  ['a success in brotli', with200('\r\ncontent-encoding: br', brotliCompressSync)],
  ['a bomb in gzip', with200('\r\ncontent-encoding: gzip', () => GZIP_BOMB)],
  ['a success in UTF-16', ok((body) => Buffer.from(`\ufeff${body}`, 'utf16le'))],
  ['a success in UTF-16, big end first', ok((body) => Buffer.from(`\ufeff${body}`, 'utf16le').swap16())],
  ['a success in Latin-1', ok((body) => Buffer.from(addAccent(body), 'latin1'))],

  ['a DOCTYPE', ok((body) => declare(body, '<!DOCTYPE response>'))],
  [
    'an entity of a file',
    ok((body) => declare(body, '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hosts">]>')),
  ],
  [
    'entities that grow',
    ok((body) => declare(body, `<!DOCTYPE r [<!ENTITY e0 "x">${bomb}]>`).replace('ok<', '&e9;<')),
  ],
  ['a success deep within', ok((body) => wrap(body, 2_500))],

  ...['201 Created', '202 Accepted', '204 No Content', '205 Reset Content', '206 Partial Content'].map(
    (head) => [`a success under ${head}`, under(head)] as const,
  ),
  ...['408 Request Timeout', '500 Internal Server Error', '502 Bad Gateway', '504 Gateway Timeout'].map(
    (head) => [`a success under ${head}`, under(head)] as const,
  ),
  ...[301, 302, 303, 304, 307, 308].map(
    (status) =>
      [`a success under a redirect ${status}`, under(`${status} Moved\r\nlocation: /success`)] as const,
  ),

  ['no HTTP at all', raw((body) => body)],
  ['noise', raw(() => Buffer.alloc(5_000, 0x9d))],
  ['a status that is none', raw((body) => reply('2000 OK', body))],
  ['an HTTP that is none', raw((body) => `HTTP/9.9 200 OK${BOUND}${body}`)],
  ['a switch of protocols', raw((body) => reply('101 Switching Protocols\r\nupgrade: h2c', body))],
  [
    'a failure and a success at once',
    raw((body) => Buffer.concat([reply('502 Bad\r\ncontent-length: 0', ''), reply('200 OK', body)])),
  ],
  ['a header without end', raw(() => `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(1_000_000)}`)],
  ['many headers', raw((body) => reply(`200 OK${'\r\nx: y'.repeat(50_000)}`, body))],
  ['a header with a NUL', raw((body) => reply('200 OK\r\nx: a\0b', body))],
  ['too great a length', raw((body) => reply(`200 OK\r\ncontent-length: ${body.length + 900}`, body))],
  [
    'too small a length',
    raw((body) => reply(`200 OK\r\ncontent-length: ${body.trimEnd().length - 1}`, body)),
  ],
  ['a length that is none', raw((body) => reply('200 OK\r\ncontent-length: -1', body))],
  ['two lengths', raw((body) => reply('200 OK\r\ncontent-length: 1\r\ncontent-length: 2', body))],
  [
    'a success in chunks without the last one',
    raw((body) =>
      reply('200 OK\r\ntransfer-encoding: chunked', `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`),
    ),
  ],
  [
    'a chunk of no size',
    raw((body) => reply('200 OK\r\ntransfer-encoding: chunked', `zz\r\n${body}\r\n0${BOUND}`)),
  ],
  ['a reset', (socket) => socket.resetAndDestroy()],
];

const trickle = (head: string): Attack => {
  return (socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(' '), 20);
    socket.on('close', () => clearInterval(timer));
  };
};

/** Those that go on until the caller has had enough. */
export const endless: readonly (readonly [string, Attack])[] = [
  ['a body that trickles', (socket, body) => trickle(`HTTP/1.1 200 OK${BOUND}${body}`)(socket, body)],
  ['a header that trickles', trickle('HTTP/1.1 200 OK\r\nx: ')],
  [
    'a success whose end never comes',
    (socket, body) => socket.write(reply('200 OK\r\ncontent-length: 9999', body)),
  ],
  ['a promise to go on', (socket) => socket.write(`HTTP/1.1 100 Continue${BOUND}`)],
  ['silence', () => undefined],
];

/** Sends as much as the caller takes. */
export const flood: Attack = (socket) => {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const pour = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', pour).write(`HTTP/1.1 200 OK${BOUND}`);
  pour();
};

/** A correct answer, for comparison; and one that differs from it by a mark that changes nothing. */
export const fair = ok((body) => body);
export const marked = ok((body) => `\ufeff${body}`);

export interface Hostile {
  readonly url: string;
  readonly requests: readonly string[];
  readonly sockets: readonly Socket[];
}

/** Reads a whole request, then attacks. */
export async function attackWith(attack: Attack, { body }: HttpReply): Promise<Hostile> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    let read = '';
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      read += chunk.toString('latin1');
      const [head = '', rest] = read.split(BOUND);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (rest === undefined || rest.length < length) return;
      requests.push(head);
      attack(socket, body);
    });
  });
  return { url: `http://127.0.0.1:${await listenOn(server)}`, requests, sockets };
}
