/** The fake's own HTTP server: the Web API and the response URLs. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from './faults.ts';
import type { Uploads } from './fileMethods.ts';
import { Refusal } from './refusal.ts';
import type { ResponseUrls } from './responseUrls.ts';
import type { WebApi } from './webApi.ts';

export interface Site {
  readonly server: Server;
  /** Host and port. */
  readonly host: string;
  /** Takes no connection until it is told to come back, to the same port. */
  goAway(): () => Promise<void>;
  stop(): Promise<void>;
}

interface Routes {
  readonly webApi: WebApi;
  readonly responseUrls: ResponseUrls;
  readonly uploads: Pick<Uploads, 'take' | 'read'>;
  readonly faults: Faults;
  readonly complain: (complaint: string) => void;
}

/** @param routes is asked for at each request, because the routes need to know the address first. */
export async function startSite(routes: () => Routes): Promise<Site> {
  const stopping = new AbortController();
  const server = createServer((incoming, response) => {
    answer(routes(), incoming, response, stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) routes().complain(`the fake itself failed: ${String(error)}`);
      incoming.socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake has no port');
  return {
    server,
    host: `127.0.0.1:${address.port}`,
    goAway() {
      server.close();
      server.closeAllConnections();
      return async () => {
        server.listen(address.port, '127.0.0.1');
        await once(server, 'listening');
      };
    },
    async stop() {
      stopping.abort();
      server.closeAllConnections();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  { webApi, responseUrls, uploads, faults, complain }: Routes,
  incoming: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const path = incoming.url ?? '';
  const body = await readBody(incoming);
  if (path.startsWith('/response/')) {
    const refused = useResponseUrl(responseUrls, path, body.toString());
    if (refused !== undefined) complain(`response_url: ${refused}`);
    response.writeHead(refused === undefined ? 200 : 404).end(refused ?? 'ok');
    return;
  }

  if (path.startsWith('/upload/')) {
    const bytes = await readUpload(body, incoming.headers['content-type'] ?? '');
    const fault = faults.take('upload', undefined)?.type;
    const isTaken = fault !== 'http_500' && fault !== 'dropped_before' && uploads.take(path, bytes);
    if (fault === 'dropped_before' || fault === 'dropped_after') incoming.socket.destroy();
    else response.writeHead(isTaken ? 200 : fault === 'http_500' ? 500 : 404).end();
    return;
  }

  const bearer = incoming.headers.authorization?.replace(/^Bearer /, '');
  if (path.startsWith('/files-pri/')) {
    const text = uploads.read(path, bearer);
    // Whoever may not read a file is shown a page to sign in.
    const type = text === undefined ? 'text/html' : 'text/csv';
    response.writeHead(200, { 'content-type': type }).end(text ?? '<html>Sign in</html>');
    return;
  }

  const form = new URLSearchParams(body.toString());
  const token = bearer ?? form.get('token') ?? undefined;
  const reply = webApi.answer(path.replace(/^\/api\//, ''), token, Object.fromEntries(form));
  await sleep(reply.delayMs, undefined, { signal });
  if (reply.dropped) incoming.socket.destroy();
  else {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(reply.body));
  }
}

/** Slack takes the bytes as they are, or as the one part of a form. */
async function readUpload(body: Buffer<ArrayBuffer>, type: string): Promise<Buffer> {
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const [part = ''] = form.values();
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}

/** The code of the refusal, if it was refused. */
function useResponseUrl(responseUrls: ResponseUrls, path: string, body: string): string | undefined {
  try {
    responseUrls.use(path, JSON.parse(body));
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
