import { describe, expect, it } from 'vitest';
import { TranzzoAccount } from '../../providers/tranzzo.ts';
import { json } from '../../sandbox/simulator.ts';
import { startTranzzoSimulator } from '../../sandbox/tranzzo.ts';
import { answering, orderTo, stoppedAfterTest } from './answering.ts';
import { credentials, transaction, tranzzo } from './tranzzoAccount.ts';

const order = orderTo({ payment: '123', details: {} });
const init = transaction({ status: 'init', status_code: '2123' });

const success = (method: string) => transaction({ method, status: 'success', status_code: '1000' });

async function lookUpAnswered(status: number, body: unknown) {
  return tranzzo((await answering(json(status, body))).url).lookUp(order);
}

describe('a Tranzzo look-up', () => {
  it('is a GET under the plural, without a body', async () => {
    const sim = await answering(json(200, []));
    await tranzzo(sim.url).lookUp(order);
    expect(sim.calls).toMatchObject([
      {
        method: 'GET',
        path: '/api/v1/pos/dc728de1-51ef-4ef1-80f7-3b44b07b5667/orders/123',
        headers: {
          'x-api-key': 'endpoints-key-4f1c',
          'x-api-auth': 'CPAY api-key-77aa:ktMdTyollYMRkEfvgqbaWmvFiXPy1a80',
        },
        body: '',
      },
    ]);
    expect(sim.calls[0]?.query.size).toBe(0);
  });

  it('gives the amount, the time and the initials of the payer', async () => {
    expect(await lookUpAnswered(200, [{ ...init, amount: '1500.50' }])).toEqual({
      standing: 'cancellable',
      says: 'Not paid: the payment page is unused.',
      amount: { minor: 150050n, currency: 'UAH' },
      madeAt: '2018-10-10T10:10:22.100',
      facts: { Method: 'purchase', Status: 'init', Payer: 'T. H.' },
    });
  });

  it.each([
    ['an unused page', [init], 'cancellable'],
    ['an unused page for a hold', [{ ...init, method: 'auth' }], 'cancellable'],
    ['init, but not hosted', [{ ...init, mode: 'direct' }], 'cannot_tell'],
    ['processing', [{ ...init, status: 'pending' }], 'cannot_tell'],
    ['our cancellation', [transaction()], 'cancelled'],
    ['a failure by itself', [transaction({ status_code: '4009' })], 'final'],
    ['a purchase', [success('purchase')], 'taken'],
    ['a hold', [success('auth')], 'final'],
    ['a hold that was captured', [success('auth'), success('capture')], 'taken'],
    ['a hold that was freed', [success('auth'), success('void')], 'final'],
    ['a refunded purchase', [success('purchase'), success('refund')], 'taken'],
    ['a cancellation beside a payment', [transaction(), success('purchase')], 'taken'],
    ['a cancellation beside an open try', [transaction(), init], 'cannot_tell'],
    ['a cancellation after a failed try', [transaction({ status_code: '4009' }), transaction()], 'cancelled'],
    ['a cancellation beside a hold', [transaction(), success('auth')], 'final'],
    ['init of a payout', [{ ...init, method: 'credit' }], 'cannot_tell'],
    ['6007 of a refund', [transaction({ method: 'refund' })], 'final'],
    ['6007 without failure', [transaction({ status: 'pending' })], 'cannot_tell'],
    ['a failure that is called pending', [transaction({ status_code: '9000' })], 'cannot_tell'],
    ['a failure that is called a success', [transaction({ status_code: '1000' })], 'cannot_tell'],
    ['a status that nobody documented', [transaction({ status: 'rejected' })], 'cannot_tell'],
    ['another such status', [transaction({ status: 'antifraud' })], 'cannot_tell'],
    ['no transactions', [], 'not_found'],
    ['another order', [{ ...init, order_id: '124' }], 'cannot_tell'],
    ['another POS among ours', [init, { ...init, pos_id: 'other' }], 'cannot_tell'],
    ['no array', {}, 'cannot_tell'],
  ])('reads %s', async (_what, body, standing) => {
    expect((await lookUpAnswered(200, body)).standing).toBe(standing);
  });

  it.each([
    [404, { message: 'Not found', args: { code: 'P-404' } }],
    [404, []],
    [429, [transaction()]],
    [500, [init]],
    [502, [transaction()]],
    [302, []],
  ])('cannot tell after HTTP %i with %j', async (status, body) => {
    expect((await lookUpAnswered(status, body)).standing).toBe('cannot_tell');
  });

  it.each([
    [401, 'no'],
    [403, 'no'],
    [404, { message: 'Invalid pos_id field or credentials', args: { code: 'S-404' } }],
  ])('sends the operator to the credentials after HTTP %i with %j', async (status, body) => {
    const { standing, says } = await lookUpAnswered(status, body);
    expect(standing).toBe('cannot_tell');
    expect(says).toContain('does not accept our credentials');
  });

  it.each([
    [404, 'Tranzzo knows no such order, or not at the address in the settings.'],
    [429, 'Tranzzo takes no more calls just now; ask again in some minutes.'],
    [500, 'Tranzzo gave no usable answer (HTTP 500).'],
  ])('says what to do after HTTP %i', async (status, says) => {
    expect((await lookUpAnswered(status, [])).says).toBe(says);
  });

  it('names the void for money on hold, and says that it is not offered here', async () => {
    const { says } = await lookUpAnswered(200, [success('auth')]);
    expect(says).toBe('The money is on hold, and Countersign does not offer a void: void it at Tranzzo.');
  });

  it('asks about the order after a cancellation too, for that has no id of its own', async () => {
    const sim = await answering(json(200, [transaction()]));
    const evidence = await tranzzo(sim.url).lookUp({ ...order, sent: { reference: 'x' } });
    expect(evidence.standing).toBe('cancelled');
    expect(sim.calls.map(({ path }) => path)).toEqual([`/api/v1/pos/${credentials.pos_id}/orders/123`]);
  });

  it.each([
    ['order-1003-unpaid', 'cancellable', 1_250_000n],
    ['order-2001-paid', 'taken', 31_500n],
    ['order-2004-cancelled', 'cancelled', 12_000n],
  ])('sees %s in the simulator', async (payment, standing, minor) => {
    const sim = stoppedAfterTest(await startTranzzoSimulator(credentials));
    const evidence = await tranzzo(sim.url).lookUp({ ...order, payment });
    expect(evidence).toMatchObject({ standing, amount: { minor, currency: 'UAH' } });
  });

  it('sees a cancellation whose answer was lost, and no second one is carried out', async () => {
    const sim = stoppedAfterTest(await startTranzzoSimulator(credentials));
    const dropped = { ...order, payment: 'order-4002-dropped' };
    expect((await tranzzo(sim.url).cancel(dropped)).type).toBe('unknown');
    expect((await tranzzo(sim.url).lookUp(dropped)).standing).toBe('cancelled');
    expect((await tranzzo(sim.url).cancel(dropped)).type).toBe('refused');
    expect(sim.effects('order-4002-dropped')).toBe(1);
  });

  it('sees that the payer was quicker', async () => {
    const sim = stoppedAfterTest(await startTranzzoSimulator(credentials));
    const racing = { ...order, payment: 'order-3001-paid-meanwhile' };
    expect((await tranzzo(sim.url).lookUp(racing)).standing).toBe('cancellable');
    expect((await tranzzo(sim.url).lookUp(racing)).standing).toBe('taken');
  });
});

describe('the settings and the form of Tranzzo', () => {
  const account = { provider: 'tranzzo', ...credentials };

  it('go to the one host of Tranzzo unless told otherwise', () => {
    expect(TranzzoAccount.parse(account).url).toBe('https://cpay.tranzzo.com');
  });

  it.each([
    ['a POS that is no UUID', { pos_id: '../..' }],
    ['a secret with a line break', { api_secret: 'a\nX-Injected: b' }],
    ['an unknown key', { apikey: 'x' }],
    ['plain http', { url: 'http://cpay.tranzzo.com' }],
  ])('refuse %s without repeating a secret', (_what, change) => {
    const read = TranzzoAccount.safeParse({ ...account, ...change });
    expect(read.success).toBe(false);
    expect(read.error?.message).not.toContain('Injected');
  });

  it.each(['123', 'shop:#12.3', '2024-118734', 'x'.repeat(256)])('take the order id %s', (order_id) => {
    const target = { payment: order_id, details: {}, part: null };
    expect(tranzzo('http://127.0.0.1:1').readTarget({ order_id })).toEqual({ ok: true, target });
  });

  it.each(['.', '..', '.hidden', 'a..b', 'a/b', 'a%2fb', 'a?b', '12\n', 'x'.repeat(257)])(
    'refuse the order id %j',
    (order_id) => {
      expect(tranzzo('http://127.0.0.1:1').readTarget({ order_id }).ok).toBe(false);
    },
  );
});
