import { describe, expect, it } from 'vitest';
import { PayfullAccount } from '../../providers/payfull.ts';
import { startPayfullSimulator } from '../../sandbox/payfull.ts';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { describeProvider } from './contract.ts';
import { credentials, payfull, simulator } from './payfullAccount.ts';

const order = orderTo({ payment: 'T4U_8d8125d10a_481a77f38', details: {} });

describeProvider({
  name: 'payfull',
  create: (url, http) => payfull(url, {}, http),
  startSimulator: () => startPayfullSimulator(credentials),
  secrets: [credentials.password],
  input: (transaction_id) => ({ transaction_id }),
  stock: {
    cancellable: 'T4U_medium',
    dropped: 'T4U_dropped',
    slow: 'T4U_slow',
    refused: ['T4U_settled', 'T4U_settled_meanwhile', 'T4U_cancelled', 'T4U_failed', 'T4U_unknown'],
  },
  success: 'cancelled',
  successAnswer: ({ payment }) => ({
    contentType: 'application/json',
    body: JSON.stringify({
      type: 'Cancel',
      transaction_id: payment,
      status: 1,
      ErrorCode: '00',
      ErrorMSG: '',
    }),
  }),
});

/** Half past midnight in Turkey, and still the day before in London. */
const now = () => new Date('2026-11-20T21:30:00Z');
const made = (madeAt: string | null) => ({ ...order, evidence: { ...order.evidence, madeAt } });

describe('a Payfull cancellation', () => {
  it('is a signed form with exactly these bytes', async () => {
    const sim = await answering(json(200, {}));
    await payfull(sim.url).cancel(order);

    expect(sim.calls).toHaveLength(1);
    const [call] = sim.calls;
    expect(call?.method).toBe('POST');
    expect(call?.path).toBe('/integration/api/v1');
    expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(call?.body).toBe(
      'merchant=merchant+name&type=Cancel&language=en&client_ip=192.168.1.1' +
        '&transaction_id=T4U_8d8125d10a_481a77f38&merchant_trx_id=c1042k7f3a9d2e5b8' +
        '&hash=27f0b2b70fcbfcee38375ec3d86c4969d80b7d4e27c4afed3aaaab48269bfaf9',
    );
  });

  it('is refused by the simulator when the password is wrong', async () => {
    const sim = await simulator();
    const outcome = await payfull(sim.url, { password: 'wrong' }).cancel({ ...order, payment: 'T4U_small' });
    expect(outcome.type).toBe('refused');
    expect(sim.effects('T4U_small')).toBe(0);
  });

  const ok = { type: 'Cancel', status: 1, ErrorCode: '00', ErrorMSG: '' };
  const no = { type: 'Cancel', status: 0, ErrorCode: '95', ErrorMSG: 'Settled' };
  it.each([
    ['status 1 and code "00"', 200, ok, 'cancelled'],
    ['status "1" and code "00"', 200, { ...ok, status: '1' }, 'cancelled'],
    ['status 1 and code 0, as "00" is as a number', 200, { ...ok, ErrorCode: 0 }, 'cancelled'],
    ['status 1 and code "0"', 200, { ...ok, ErrorCode: '0' }, 'unknown'],
    ['status 1 and another code', 200, { ...ok, ErrorCode: '95' }, 'unknown'],
    ['status 1 without a code', 200, { ...ok, ErrorCode: undefined }, 'unknown'],
    ['status true', 200, { ...ok, status: true }, 'unknown'],
    ['code "00" without a status', 200, { ...ok, status: undefined }, 'unknown'],
    ['nothing but a friendly message', 200, { ErrorMSG: 'Success Transaction' }, 'unknown'],
    ['the success of another operation', 200, { ...ok, type: 'Get' }, 'unknown'],
    ['the success of another cancellation', 200, { ...ok, merchant_trx_id: 'c2' }, 'unknown'],
    ['the success of this very cancellation', 200, { ...ok, merchant_trx_id: order.key }, 'cancelled'],
    ['success with HTTP 201', 201, ok, 'unknown'],
    ['success with HTTP 403', 403, ok, 'unknown'],
    ['status 0 and a code', 200, no, 'refused'],
    ['status "0" and a code as a number', 200, { ...no, status: '0', ErrorCode: 95 }, 'refused'],
    ['status 0 and code "00"', 200, { ...no, ErrorCode: '00' }, 'unknown'],
    ['status 0 and an empty code', 200, { ...no, ErrorCode: '' }, 'unknown'],
    ['a no with HTTP 400', 400, no, 'refused'],
    ['a no with HTTP 408', 408, no, 'unknown'],
    ['a no with HTTP 500', 500, no, 'unknown'],
    ['a no with HTTP 302', 302, no, 'unknown'],
    ['HTTP 401 without a known body', 401, {}, 'refused'],
    ['HTTP 404 without a known body', 404, {}, 'unknown'],
  ])('that is answered with %s (HTTP %i)', async (_what, status, body, expected) => {
    const sim = await answering(json(status, body));
    const outcome = await payfull(sim.url).cancel(order);
    expect(outcome.type, outcome.says).toBe(expected);
  });

  it("keeps the answer's transaction id as the reference, without asking that it be the sale's", async () => {
    const sim = await answering(json(200, { ...ok, transaction_id: 'T4U_of_the_cancel' }));
    expect(await payfull(sim.url).cancel(order)).toEqual({
      type: 'cancelled',
      reference: 'T4U_of_the_cancel',
      says: 'Payfull cancelled the payment.',
    });
  });

  describe('that succeeds after the end of the day', () => {
    it.each([
      ['20-11-2026 23:59:59', 'unknown'],
      ['21-11-2026 00:00:01', 'cancelled'],
      ['yesterday', 'cancelled'],
      [null, 'cancelled'],
    ])('of a sale of %s is %s', async (madeAt, expected) => {
      const sim = await answering(json(200, ok));
      expect((await payfull(sim.url, {}, undefined, now).cancel(made(madeAt))).type).toBe(expected);
    });

    it('says that it can be void, and what to do', async () => {
      const sim = await simulator();
      const outcome = await payfull(sim.url).cancel({
        ...made('01-01-2026 10:00:00'),
        payment: 'T4U_yesterday',
      });
      expect(outcome).toEqual({
        type: 'unknown',
        says: 'Payfull says success after the end of the day of the sale, which can be void: look at the payout, and refund if it was paid out.',
      });
      expect(sim.effects('T4U_yesterday')).toBe(0);
    });
  });

  it('that is refused names the code, the reason and the remedy', async () => {
    const sim = await answering(json(200, no));
    expect(await payfull(sim.url).cancel(order)).toEqual({
      type: 'refused',
      code: '95',
      says: 'Payfull did not cancel (95 Settled): if the payment is settled already, refund it instead.',
    });
  });

  it('that is refused at length is told shortly', async () => {
    const sim = await answering(json(200, { ...no, ErrorMSG: '😀'.repeat(500) }));
    const { says } = await payfull(sim.url).cancel(order);
    expect(Array.from(says).length).toBeLessThan(300);
    expect(says.isWellFormed()).toBe(true);
  });
});

describe("a Payfull account's settings", () => {
  const least = {
    provider: 'payfull',
    url: 'https://shop.payfull.com',
    ...credentials,
    client_ip: '10.0.0.7',
  };

  it('have English answers by default', () => {
    expect(PayfullAccount.parse(least)).toEqual({ ...least, language: 'en' });
  });

  it.each([
    [{ url: undefined }, 'url'],
    [{ password: '' }, 'password'],
    [{ merchant: '' }, 'merchant'],
    [{ merchant: 'Üye İşyeri' }, 'merchant'],
    [{ client_ip: 'UNKNOWN' }, 'client_ip'],
    [{ language: 'de' }, 'language'],
  ])('refuse %o', (fault, name) => {
    const { error } = PayfullAccount.safeParse({ ...least, ...fault });
    expect(error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });
});
