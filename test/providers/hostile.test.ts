/** Whatever comes back, no adapter takes it for a success, throws, waits beyond its deadline, or keeps what it read. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProvider } from '../../providers/index.ts';
import { startSimulators } from '../../sandbox/simulators.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Order, Outcome } from '../../src/domain/provider.ts';
import type { Http, HttpReply } from '../../src/http.ts';
import { createHttp } from '../../src/httpClient.ts';
import { listenOn } from '../sockets.ts';
import { attacks, attackWith, endless, fair, flood, type Hostile, marked } from './hostileAnswers.ts';

const MAX_BODY_BYTES = 64 * 1024;
const PATIENCE_MS = 5_000;
const DEADLINE_MS = 300;
const patient = createHttp({ timeoutMs: PATIENCE_MS, maxBodyBytes: MAX_BODY_BYTES });
const hasty = createHttp({ timeoutMs: DEADLINE_MS, maxBodyBytes: MAX_BODY_BYTES });

const simulators = await startSimulators();
afterAll(() => simulators.stop());
const demo = readFileSync(new URL('../../sandbox/demo.yaml', import.meta.url), 'utf8');
const read = readSettings(demo, 'demo.yaml', simulators.variables);
if (!read.ok) throw new Error('the demo has no settings');
const { accounts } = read.settings;

describe.each([
  ['game-world', 'b480', 'accepted'],
  ['shop-tr', 'T4U_medium', 'cancelled'],
  ['shop-ua', 'order-1002-unpaid', 'cancelled'],
  ['shop-pl', 'holdMedium1002', 'cancelled'],
  ['hotel-kz', '7777777777', 'cancelled'],
] as const)('%s', (name, reference, success) => {
  const account = accounts[name];
  if (account === undefined) throw new Error(`no account ${name}`);

  let order: Order;
  let cancelReply: HttpReply;
  let lookUpReply: HttpReply;
  beforeAll(async () => {
    const replies: HttpReply[] = [];
    const provider = createProvider(account, async (call) => {
      const reply = await patient(call);
      replies.push(reply);
      return reply;
    });
    const target = provider.readTarget({ [provider.fields[0]?.name ?? '']: reference });
    if (!target.ok) throw new Error(JSON.stringify(target.faults));
    const key = 'c1042k7f3a9d2e5b8';
    const evidence = await provider.lookUp({ ...target.target, key });
    order = { ...target.target, key, amount: evidence.amount, reason: 'Paid twice', evidence };
    await provider.cancel(order);
    [lookUpReply = lookUpReply, cancelReply = cancelReply] = replies;
  });

  const cancel = (url: string, http: Http) => createProvider({ ...account, url }, http).cancel(order);
  const lookUp = (url: string, http: Http) => createProvider({ ...account, url }, http).lookUp(order);

  /** What the adapter makes of it, once for each of its calls, with the time that both took. */
  async function suffer(attack: typeof fair, http: Http) {
    const forCancel = await attackWith(attack, cancelReply);
    const forLookUp = await attackWith(attack, lookUpReply);
    const start = performance.now();
    const [outcome, evidence] = await Promise.all([cancel(forCancel.url, http), lookUp(forLookUp.url, http)]);
    const tookMs = performance.now() - start;
    await Promise.all([...forCancel.sockets, ...forLookUp.sockets].map(closed));
    return { outcome, evidence, tookMs, forCancel, forLookUp };
  }

  it.each([
    ['as it is', fair],
    ['after a byte-order mark', marked],
  ])('reads a correct answer %s', async (_how, attack) => {
    const { outcome, evidence } = await suffer(attack, patient);
    expect(outcome.type, outcome.says).toBe(success);
    expect(evidence.standing, evidence.says).toBe('cancellable');
  });

  it.each(attacks)('concludes nothing from %s', async (_what, attack) => {
    const { outcome, evidence, tookMs, forCancel } = await suffer(attack, patient);
    expectNothingConcluded(outcome, evidence, forCancel);
    expect(tookMs).toBeLessThan(PATIENCE_MS);
  });

  it.each(endless)('concludes nothing, in time, from %s', async (_what, attack) => {
    const { outcome, evidence, tookMs, forCancel } = await suffer(attack, hasty);
    expectNothingConcluded(outcome, evidence, forCancel);
    expect(tookMs).toBeLessThan(DEADLINE_MS + 1_000);
  });

  it('hangs up on a flood, and keeps none of it', async () => {
    const before = process.memoryUsage().rss;
    const { outcome, evidence, tookMs, forCancel, forLookUp } = await suffer(flood, patient);
    expectNothingConcluded(outcome, evidence, forCancel);
    expect(outcome.says).toContain(`${MAX_BODY_BYTES} bytes`);
    expect(tookMs).toBeLessThan(PATIENCE_MS);
    // What the system's own buffers swallow comes on top of the limit.
    for (const socket of [...forCancel.sockets, ...forLookUp.sockets]) {
      expect(socket.bytesWritten).toBeLessThan(32 * 1024 * 1024);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  });

  it('sends nothing to a server that is not who it says', async () => {
    const pem = readFileSync(new URL('../fixtures/selfSigned.pem', import.meta.url));
    let requests = 0;
    const server = createServer({ key: pem, cert: pem }, (_request, response) => {
      requests += 1;
      response.end(cancelReply.body);
    });
    const url = `https://localhost:${await listenOn(server)}`;
    expect((await cancel(url, patient)).type).toBe('not_sent');
    expect((await lookUp(url, patient)).standing).toBe('cannot_tell');
    expect(requests).toBe(0);
  });
});

function expectNothingConcluded(outcome: Outcome, evidence: Evidence, { requests }: Hostile): void {
  expect(outcome.type, outcome.says).toBe('unknown');
  expect(evidence.standing, evidence.says).toBe('cannot_tell');
  expect(requests).toHaveLength(1);
  const said = JSON.stringify([outcome, evidence.says]);
  for (const secret of Object.values(simulators.variables)) expect(said).not.toContain(secret);
}

/** A caller that hangs up may do so with a reset, which is as good. */
function closed(socket: Hostile['sockets'][number]): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}
