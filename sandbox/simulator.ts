/**
 * The frame that the five provider simulators share: a real HTTP server on loopback, a stock of payments,
 * and a count of the cancellations that were really carried out.
 */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Call {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `drop` breaks the connection without a byte of answer. */
export type Answer =
  | {
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly delayMs?: number;
    }
  | 'drop';

/** A payment that is in stock, and what a person trying the simulator should expect of it. */
export interface StockItem {
  readonly reference: string;
  readonly about: string;
}

export interface Simulator {
  readonly url: string;
  readonly stock: readonly StockItem[];
  readonly calls: readonly Call[];
  /** How many cancellations of this payment the provider carried out, whether or not it could say so. */
  effects(reference: string): number;
  stop(): Promise<void>;
}

/** What a provider's own file hands in: its stock, and how it answers. `carriedOut` counts one cancellation. */
export interface Behaviour {
  readonly stock: readonly StockItem[];
  answer(call: Call, carriedOut: (reference: string) => void): Answer;
}

/** @param port 0 takes any free port. Rejects with EADDRINUSE when the port is taken. */
export async function startSimulator(behaviour: Behaviour, port = 0): Promise<Simulator> {
  const calls: Call[] = [];
  const effects = new Map<string, number>();
  const carriedOut = (reference: string) => {
    effects.set(reference, (effects.get(reference) ?? 0) + 1);
  };

  const server = createServer((incoming, response) => {
    void readCall(incoming).then((call) => {
      calls.push(call);
      return give(behaviour.answer(call, carriedOut), incoming, response);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulator has no port');

  return {
    url: `http://127.0.0.1:${address.port}`,
    stock: behaviour.stock,
    calls,
    effects: (reference) => effects.get(reference) ?? 0,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readCall(incoming: IncomingMessage): Promise<Call> {
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += String(chunk);
  const url = new URL(incoming.url ?? '/', 'http://simulator');
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body,
  };
}

function give(answer: Answer, incoming: IncomingMessage, response: ServerResponse): void {
  if (answer === 'drop') {
    incoming.socket.destroy();
    return;
  }
  const { status, contentType, body, delayMs = 0 } = answer;
  setTimeout(() => response.writeHead(status, { 'content-type': contentType }).end(body), delayMs);
}

export function json(status: number, body: unknown): Exclude<Answer, 'drop'> {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
