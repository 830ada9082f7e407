import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { json, type Simulator } from '../../sandbox/simulator.ts';
import { startSibsSimulator } from '../../sandbox/sibs.ts';
import type { Order, Provider } from '../../src/domain/provider.ts';
import { answering, stoppedAfterTest } from './answering.ts';
import { describeProvider } from './contract.ts';
import { cancelled, credentials, orderOf, PAYMENT, published, sibs } from './sibsAccount.ts';

const client_secret = 'client-secret-9d2e';
const webhook_key = '6fNDiYU0T0/evFpmfycNai/AqF24i+rT0OmuVw0/sGQ=';

describeProvider({
  name: 'sibs',
  create: (url, http) => sibs(url, { client_secret, webhook_key }, http),
  startSimulator: () => startSibsSimulator({ ...credentials, client_secret }),
  secrets: [credentials.token, credentials.client_id, client_secret, webhook_key],
  input: (transaction_id) => ({ transaction_id }),
  stock: {
    cancellable: 'holdMedium1002',
    dropped: 'holdDropped4002',
    slow: 'holdSlow4001',
    refused: [
      'holdCaptured2001',
      'holdCancelled2002',
      'cardPaid2003',
      'linkPaid2004',
      'blikFinal2005',
      'holdDeclined2006',
      'blikPaidMeanwhile3001',
      'unknown9999',
    ],
  },
  success: 'cancelled',
  successAnswer: () => ({
    contentType: 'application/json',
    body: JSON.stringify(cancelled({ amount: { value: '480.00', currency: 'PLN' } })),
  }),
});

/** The body that goes out with this order. */
async function bodySent(order: Order): Promise<string> {
  const sim = await answering(json(200, cancelled()));
  await sibs(`${sim.url}/api/v1`).cancel(order);
  expect(sim.calls).toHaveLength(1);
  return sim.calls[0]?.body ?? '';
}

describe('a SIBS cancellation', () => {
  it('is exactly this request, without the reason', async () => {
    const sim = await answering(json(200, cancelled()));
    await sibs(`${sim.url}/api/v1`).cancel(orderOf(500n));

    expect(sim.calls).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/payments/1ach2CGpZ2BAKUfqJ9Rp/cancellation',
        headers: {
          authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCIgOiAiSldUIiwia2lkIiA6I',
          'x-ibm-client-id': 'b4480347-9fc8-4790-b359-100a99c60ea3',
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body:
          '{"merchant":{"terminalId":24,"channel":"web","merchantTransactionId":"c1042k7f3a9d2e5b8"},' +
          '"transaction":{"transactionTimestamp":"2022-05-29T18:23:41.367Z",' +
          '"description":"Countersign cancellation c1042k7f3a9d2e5b8",' +
          '"amount":{"value":5.00,"currency":"PLN"},' +
          '"originalTransaction":{"id":"1ach2CGpZ2BAKUfqJ9Rp","datetime":"2022-05-29T17:23:36.105Z"}}}',
      },
    ]);
    expect(sim.calls[0]?.query.size).toBe(0);
  });

  it('means what the published request means, but for its description', async () => {
    const sent = await bodySent({ ...orderOf(500n), key: 'BO_Order Id: c9876bcasd' });
    const described = sent.replace(
      '"Countersign cancellation BO_Order Id: c9876bcasd"',
      '"This is a cancellation request"',
    );
    expect(JSON.parse(described)).toEqual(published('cancellation request (PL)').request);
  });

  it.each([
    [orderOf(4_990n), '"value":49.90,"currency":"PLN"'],
    [orderOf(1n), '"value":0.01,"currency":"PLN"'],
    [orderOf(1_250_010n, PAYMENT, 'EUR'), '"value":12500.10,"currency":"EUR"'],
    [orderOf(9_007_199_254_740_993n), '"value":90071992547409.93,"currency":"PLN"'],
    [orderOf(1_500n, PAYMENT, 'JPY'), '"value":1500,"currency":"JPY"'],
  ])('writes the amount as a decimal, never through a float', async (order, amount) => {
    expect(await bodySent(order)).toContain(amount);
  });

  it('keeps to 35 and 70 characters with the longest key', async () => {
    const Lengths = z.object({
      merchant: z.object({ merchantTransactionId: z.string().max(35) }),
      transaction: z.object({ description: z.string().max(70) }),
    });
    const sent: unknown = JSON.parse(await bodySent({ ...orderOf(500n), key: 'z'.repeat(32) }));
    expect(Lengths.parse(sent).merchant.merchantTransactionId).toBe('z'.repeat(32));
  });

  it.each([
    ['the amount', { ...orderOf(500n), amount: null }],
    ['the time', { ...orderOf(500n), evidence: { ...orderOf(500n).evidence, madeAt: null } }],
  ])('is not sent without %s of the payment', async (_what, order) => {
    const sim = await answering(json(200, cancelled()));
    expect(await sibs(sim.url).cancel(order)).toMatchObject({ type: 'refused', code: 'incomplete' });
    expect(sim.calls).toEqual([]);
  });
});

describe('the SIBS simulator', () => {
  it.each([
    [{ token: 'wrong' }, 'E0101'],
    [{ client_id: 'wrong' }, 'E0101'],
    [{ terminal_id: '25' }, 'E0101'],
  ])('refuses an account with %j', async (settings, expected) => {
    const sim = stoppedAfterTest(await startSibsSimulator(credentials));
    const outcome = await sibs(sim.url, settings).cancel(orderOf(500n, 'holdSmall1001'));
    expect(outcome).toMatchObject({ type: 'refused', code: expected });
    expect(sim.effects('holdSmall1001')).toBe(0);
  });
});

async function simulated(): Promise<{ sim: Simulator; provider: Provider }> {
  const sim = stoppedAfterTest(await startSibsSimulator(credentials));
  return { sim, provider: sibs(sim.url) };
}

/** An order for a part of what a look-up found. */
async function orderPart(provider: Provider, payment: string, minor: bigint): Promise<Order> {
  const order = orderOf(minor, payment);
  return { ...order, evidence: await provider.lookUp(order) };
}

const AMOUNT_WANTED = 'Enter the amount of the part with a point, e.g. 49.90.';

describe('a part of a SIBS payment', () => {
  it('can be cancelled until nothing is left, and never beyond', async () => {
    const { sim, provider } = await simulated();
    const cancel = async (minor: bigint) =>
      provider.cancel(await orderPart(provider, 'holdMedium1002', minor));

    const first = await cancel(18_000n);
    expect(first.type).toBe('cancelled');
    expect(await cancel(30_001n)).toMatchObject({ type: 'refused', code: 'E0520' });
    const second = await cancel(30_000n);
    expect(second.type).toBe('cancelled');
    expect(second).not.toEqual(first);
    expect((await cancel(1n)).type).toBe('refused');
    expect(sim.effects('holdMedium1002')).toBe(2);
    expect(sim.calls.at(1)?.body).toContain('"amount":{"value":180.00,"currency":"PLN"}');
  });

  it.each(['49.90', '5', '0.01'])('is read from the form: %s', (part) => {
    const read = sibs('http://127.0.0.1:1').readTarget({ transaction_id: PAYMENT, part });
    expect(read).toEqual({ ok: true, target: { payment: PAYMENT, details: {}, part } });
  });

  it('is the whole when the form leaves it empty', () => {
    const read = sibs('http://127.0.0.1:1').readTarget({ transaction_id: PAYMENT });
    expect(read).toEqual({ ok: true, target: { payment: PAYMENT, details: {}, part: null } });
  });

  it.each(['0', '0.00', '49,90', '-5', '1e3', '5.', '12 500', '1.23456', '٥'])(
    'is refused in the form: %s',
    (part) => {
      const read = sibs('http://127.0.0.1:1').readTarget({ transaction_id: PAYMENT, part });
      expect(read).toEqual({ ok: false, faults: { part: AMOUNT_WANTED } });
    },
  );

  it('needs an amount when the form says that it is a part', () => {
    const read = sibs('http://127.0.0.1:1').readTarget({ transaction_id: PAYMENT, scope: 'part' });
    expect(read).toEqual({ ok: false, faults: { part: AMOUNT_WANTED } });
  });

  it('is not guessed when the form says the whole and an amount too', () => {
    const read = sibs('http://127.0.0.1:1').readTarget({
      transaction_id: PAYMENT,
      scope: 'whole',
      part: '5',
    });
    const sentence = 'Choose a part of the payment above, or leave the amount empty for the whole.';
    expect(read).toEqual({ ok: false, faults: { part: sentence } });
  });
});
