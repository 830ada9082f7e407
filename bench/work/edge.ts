/**
 * What is outside of Countersign, in a process of its own: a Slack without limits that takes everything, and a provider
 * that answers at once. It tells its parent of cards, and when the first byte of each cancellation came.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerAsPayfull } from './payfull.ts';
import { answerAsSlack } from './slack.ts';

const Word = z.object({ quietMs: z.number() });

let lastCall = process.hrtime.bigint();

async function beSlack(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await readBody(incoming));
  const { answer, card } = answerAsSlack(
    (incoming.url ?? '').replace('/api/', ''),
    form,
    `http://${incoming.headers.host}`,
  );
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  if (card !== undefined) process.send?.({ card });
  lastCall = process.hrtime.bigint();
}

async function beProvider(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = process.hrtime.bigint();
  const form = new URLSearchParams(await readBody(incoming));
  response.writeHead(200, { 'content-type': 'application/json' }).end(answerAsPayfull(form, String(at)));
  if (form.get('type') === 'Cancel')
    process.send?.({ cancelled: form.get('transaction_id'), at: String(at) });
  lastCall = process.hrtime.bigint();
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming.setEncoding('utf8')) body += String(chunk);
  return body;
}

type Listen = (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;

async function listen(answer: Listen): Promise<number> {
  const server = createServer((incoming, response) => void answer(incoming, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

process.on('message', (message) => {
  const { quietMs } = Word.parse(message);
  const wait = setInterval(() => {
    if (process.hrtime.bigint() - lastCall < BigInt(quietMs) * 1_000_000n) return;
    clearInterval(wait);
    process.send?.({ isQuiet: true });
  }, 5);
});
process.on('disconnect', () => process.exit(0));

process.send?.({ slackPort: await listen(beSlack), providerPort: await listen(beProvider) });
