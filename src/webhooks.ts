/** The HTTP server that providers report to: `/webhooks/<account>`, in both transports of Slack. */
import { createServer, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { RawWebhook, WebhookReply } from './domain/provider.ts';
import { concerning } from './monitoring/concern.ts';
import { close, listen } from './servers.ts';
import type { ReceiveWebhook } from './usecases/receiveWebhook.ts';

export interface Webhooks {
  readonly port: number;
  /** Takes nothing new, and waits until what was taken is answered. */
  stop(): Promise<void>;
}

const Chunk = z.instanceof(Buffer);
const MAX_BODY_BYTES = 64 * 1024;
const WITHIN_MS = 10_000;
/** At work at once. Anybody may call here, and Slack's clicks need the database too. */
const AT_ONCE = 8;
const PATH = /^\/webhooks\/([a-z0-9-]+)(?:\?|$)/;

interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export async function startWebhooks(
  where: { readonly port: number; readonly host: string },
  receive: ReceiveWebhook,
  log: Log,
): Promise<Webhooks> {
  let working = 0;

  async function answer(request: IncomingMessage): Promise<WebhookReply> {
    const account = PATH.exec(request.url ?? '')?.[1];
    if (account === undefined) return plain(404, 'not here');
    const raw = await readRaw(request).catch(() => undefined);
    if (raw === undefined) return plain(413, 'too long, or cut off');
    // Providers send again what was not taken.
    if (working >= AT_ONCE) return plain(503, 'busy');
    working += 1;
    try {
      const { reply, why } = await receive(account, raw);
      if (why !== undefined) log.warn({ account, why }, 'a web-hook was turned away');
      return reply;
    } catch (error) {
      log.error({ account, err: error }, 'a web-hook could not be recorded; its sender will send it again');
      return plain(503, 'not recorded');
    } finally {
      working -= 1;
    }
  }

  const limits = { requestTimeout: WITHIN_MS, headersTimeout: WITHIN_MS, connectionsCheckingInterval: 2_000 };
  const server = createServer(limits, (request, response) => {
    void concerning({}, () => answer(request)).then(({ status, contentType, body }) =>
      response.writeHead(status, { 'content-type': contentType }).end(body),
    );
  });
  server.maxConnections = 256;
  const port = await listen(server, where);
  return { port, stop: () => close(server) };
}

function plain(status: number, says: string): WebhookReply {
  return { status, contentType: 'text/plain', body: `${says}\n` };
}

/** Undefined when the body is longer than any provider's. */
async function readRaw(request: IncomingMessage): Promise<RawWebhook | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Chunk.parse(chunk);
    size += bytes.byteLength;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(bytes);
  }
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
