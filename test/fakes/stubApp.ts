/** An app of a few lines at the fake Slack: it notes what it is sent, acknowledges as told, and calls any method. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type FakeSlack, type Options, startFakeSlack } from './slack/server.ts';

type Body = Readonly<Record<string, unknown>>;

export interface StubApp {
  readonly slack: FakeSlack;
  /** Every payload, oldest first. */
  readonly bodies: readonly Body[];
  /** What the next payload is acknowledged with. */
  ackNextWith(body: object): void;
  /** @param token the bot token when absent; null for none. */
  call(method: string, args?: Body, token?: string | null): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startStubApp(options: Omit<Options, 'transport'> = {}): Promise<StubApp> {
  const slack = await startFakeSlack({ ...options, transport: 'http' });
  const bodies: Body[] = [];
  const acks: object[] = [];
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    incoming.on('end', () => {
      bodies.push(readPayload(text));
      const ack = acks.shift();
      response.end(ack === undefined ? '' : JSON.stringify(ack));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the app has no port');
  slack.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);

  return {
    slack,
    bodies,
    ackNextWith: (body) => void acks.push(body),
    async call(method, args = {}, token = slack.tokens.bot) {
      const response = await fetch(`${slack.apiUrl}${method}`, {
        method: 'POST',
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
        body: encode(args),
      });
      return response.json();
    },
    async stop() {
      await slack.stop();
      server.close();
      await once(server, 'close');
    },
  };
}

function encode(args: Body): URLSearchParams {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(args)) {
    form.set(key, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
}

function readPayload(text: string): Body {
  const form = new URLSearchParams(text);
  const payload: unknown = JSON.parse(form.get('payload') ?? '{}');
  return { ...Object.fromEntries(form), ...(typeof payload === 'object' ? payload : {}) };
}
