/** A small server beside everything else, in both transports: whether the process lives, can work, and how it does. */
import { createServer } from 'node:http';
import { close, listen } from '../servers.ts';
import type { Readiness } from './readiness.ts';

export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface Shown {
  readonly readiness: Pick<Readiness, 'read'>;
  /** In Prometheus' own format. */
  readonly metrics: { readonly contentType: string; read(): Promise<string> };
}

const WITHIN_MS = 10_000;

export async function startServer(
  where: { readonly port: number; readonly host: string },
  { readiness, metrics }: Shown,
): Promise<Server> {
  async function answer(path: string): Promise<Answer> {
    switch (path) {
      // That it answers at all is what is asked.
      case '/healthz':
        return plain(200, 'alive');
      case '/readyz': {
        const { isReady, ...parts } = await readiness.read();
        return {
          ...plain(isReady ? 200 : 503, ''),
          contentType: 'application/json',
          body: JSON.stringify(parts),
        };
      }
      case '/metrics':
        return { status: 200, contentType: metrics.contentType, body: await metrics.read() };
      default:
        return plain(404, 'not here');
    }
  }

  const server = createServer(
    { requestTimeout: WITHIN_MS, headersTimeout: WITHIN_MS },
    (request, response) => {
      const [path = ''] = (request.url ?? '').split('?');
      const isAsking = request.method === 'GET' || request.method === 'HEAD';
      void (isAsking ? answer(path) : Promise.resolve(plain(405, 'only GET')))
        .catch(() => plain(500, 'not known'))
        .then(({ status, contentType, body }) =>
          response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body),
        );
    },
  );
  server.maxConnections = 64;
  const port = await listen(server, where);
  return { port, stop: () => close(server) };
}

function plain(status: number, says: string): Answer {
  return { status, contentType: 'text/plain', body: `${says}\n` };
}
