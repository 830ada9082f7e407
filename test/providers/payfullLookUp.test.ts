import { describe, expect, it } from 'vitest';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { payfull, simulator } from './payfullAccount.ts';

const morning = () => new Date('2026-11-21T08:26:09Z');

describe('a Payfull look-up', () => {
  const target = { payment: 'T4U_8d8125d10a_481a77f38', details: {}, key: 'c1042k7f3a9d2e5b8' };

  it('asks by the transaction id with exactly these bytes', async () => {
    const sim = await answering(json(200, {}));
    await payfull(sim.url).lookUp(target);
    expect(sim.calls[0]?.body).toBe(
      'merchant=merchant+name&type=Get&language=en&client_ip=192.168.1.1&get_param=TransactionStatus' +
        '&transaction_id=T4U_8d8125d10a_481a77f38' +
        '&hash=e6478219154b8220066708bb8865bf6fdb55e1bb522b33c7a00b85d533486e06',
    );
  });

  it('tells the amount and the time as Payfull wrote it', async () => {
    const sim = await simulator(morning);
    expect(
      await payfull(sim.url, {}, undefined, morning).lookUp({ ...target, payment: 'T4U_large' }),
    ).toEqual({
      standing: 'cancellable',
      says: 'Paid; can be cancelled until the day is settled.',
      amount: { minor: 1_250_000n, currency: 'TRY' },
      madeAt: '21-11-2026 11:26:09',
      facts: { Type: 'Sale' },
    });
  });

  it.each([
    ['T4U_small', 'cancellable'],
    ['T4U_settled', 'taken'],
    ['T4U_yesterday', 'taken'],
    ['T4U_cancelled', 'cancelled'],
    ['T4U_failed', 'final'],
    ['T4U_unknown', 'cannot_tell'],
  ])('finds %s %s', async (payment, standing) => {
    const sim = await simulator();
    expect((await payfull(sim.url).lookUp({ ...target, payment })).standing).toBe(standing);
  });

  it('finds a payment cancelled after its cancellation, and settled once the day was', async () => {
    const sim = await simulator();
    const standingOf = async (payment: string) =>
      (await payfull(sim.url).lookUp({ ...target, payment })).standing;
    await payfull(sim.url).cancel(orderTo({ payment: 'T4U_small', details: {} }));
    expect(await standingOf('T4U_small')).toBe('cancelled');
    expect(await standingOf('T4U_settled_meanwhile')).toBe('cancellable');
    expect(await standingOf('T4U_settled_meanwhile')).toBe('taken');
  });

  const data = {
    transaction_id: target.payment,
    transaction_status: 'success',
    total: '12.00',
    currency: 'TRY',
  };
  const found = { type: 'Get', status: 1, ErrorCode: '00', ErrorMSG: '', data };
  it.each([
    ['a known state', 200, found, 'cancellable'],
    ['no more than its own success', 200, { ...found, data: undefined }, 'cannot_tell'],
    ['another payment', 200, { ...found, data: { ...data, transaction_id: 'T4U_other' } }, 'cannot_tell'],
    [
      'a state that is not known',
      200,
      { ...found, data: { ...data, transaction_status: 'odd' } },
      'cannot_tell',
    ],
    ['a number as the total', 200, { ...found, data: { ...data, total: 12 } }, 'cancellable'],
    [
      'a payment that was refunded',
      200,
      { ...found, data: { ...data, transaction_status: 'returned' } },
      'final',
    ],
    ['our status as a text', 200, { ...found, status: '1' }, 'cancellable'],
    ['a mismatch of code and status', 200, { ...found, status: 0 }, 'cannot_tell'],
    ['a mismatch of status and code', 200, { ...found, ErrorCode: '95' }, 'cannot_tell'],
    ['a known state with HTTP 500', 500, found, 'cannot_tell'],
  ])('that is answered with %s', async (_what, status, body, standing) => {
    const sim = await answering(json(status, body));
    expect((await payfull(sim.url).lookUp(target)).standing).toBe(standing);
  });

  it('tells the amount of a payment even when its state is not known', async () => {
    const sim = await answering(json(200, { ...found, data: { ...data, transaction_status: undefined } }));
    expect(await payfull(sim.url).lookUp(target)).toMatchObject({
      standing: 'cannot_tell',
      amount: { minor: 1200n, currency: 'TRY' },
    });
  });

  it.each([
    ['21-11-2026 00:00:01', 'success', 'cancellable', 'Paid; can be cancelled until the day is settled.'],
    [
      '20-11-2026 23:59:59',
      'success',
      'taken',
      'The day of the sale is over in Turkey, so a refund is the remedy.',
    ],
    ['20-11-2026 23:59:59', 'cancelled', 'cancelled', 'Cancelled.'],
    ['an hour ago', 'success', 'cancellable', 'Paid; can be cancelled until the day is settled.'],
  ])('half past midnight, of a sale of %s that is %s', async (date, transaction_status, standing, says) => {
    const sim = await answering(json(200, { ...found, data: { ...data, transaction_status, date } }));
    const provider = payfull(sim.url, {}, undefined, () => new Date('2026-11-20T21:30:00Z'));
    expect(await provider.lookUp(target)).toMatchObject({ standing, says });
  });
});
