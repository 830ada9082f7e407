import { describe, expect, it } from 'vitest';
import { createFreedompay, FreedompayAccount } from '../../providers/freedompay.ts';
import { startFreedompaySimulator } from '../../sandbox/freedompay.ts';
import { signFields, toXml } from '../../sandbox/freedompayWebhook.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { HttpCall } from '../../src/http.ts';
import { stoppedAfterTest } from './answering.ts';
import { create, credentials, order, PAYMENT, SECRET } from './freedompayAnswers.ts';

const held = {
  pg_status: 'ok',
  pg_payment_id: PAYMENT,
  pg_payment_status: 'success',
  pg_captured: '0',
  pg_amount: '480',
  pg_currency: 'KZT',
  pg_payment_date: '2026-11-20 14:05:09',
  pg_salt: 's',
};

/** What the adapter makes of an answer that is signed rightly, and the calls that it made for it. */
async function lookUp(changes: Parameters<typeof toXml>[1], settings: object = {}) {
  const fields = { ...held, ...changes };
  const body = toXml('response', { ...fields, pg_sig: signFields('status_v2', fields, SECRET) });
  const account = { provider: 'freedompay', url: 'https://api.freedompay.kz', ...credentials, ...settings };
  const calls: HttpCall[] = [];
  const provider = createFreedompay(FreedompayAccount.parse(account), (call) => {
    calls.push(call);
    return Promise.resolve({ status: 200, body });
  });
  const sent = { reference: '7777777778' };
  return { evidence: await provider.lookUp({ ...order, sent }), calls };
}

describe('what Freedom Pay says of a payment', () => {
  it.each<[string, object, Evidence['standing'], string]>([
    ['new', {}, 'final', 'Not paid yet, so nothing is on hold.'],
    ['process', {}, 'final', 'Not paid yet, so nothing is on hold.'],
    ['pending', {}, 'final', 'Not paid yet, so nothing is on hold.'],
    ['partial', {}, 'final', 'Not paid yet, so nothing is on hold.'],
    ['error', {}, 'final', 'The payment failed, so nothing is on hold.'],
    ['failed', {}, 'final', 'The payment failed, so nothing is on hold.'],
    ['rejected', {}, 'final', 'The payment failed, so nothing is on hold.'],
    ['incomplete', {}, 'final', 'The payment was never finished, so nothing is on hold.'],
    ['expired', {}, 'final', 'The payment was never finished, so nothing is on hold.'],
    ['revoked', {}, 'cancelled', 'The hold is released.'],
    ['canceled', {}, 'cancelled', 'The hold is released.'],
    ['cancelled', {}, 'cancelled', 'The hold is released.'],
    ['success', {}, 'cancellable', 'On hold; Freedom Pay captures a hold by itself after 5 days.'],
    ['success', { pg_captured: '1' }, 'taken', 'Captured already: refund it instead.'],
    [
      'success',
      { pg_captured: '1', pg_refund_amount: '-40' },
      'taken',
      'Paid, and paid back at least in part.',
    ],
    [
      'success',
      { pg_captured: '1', pg_revoke_amount: '-40' },
      'taken',
      'Paid, and paid back at least in part.',
    ],
    ['revoked', { pg_captured: '1' }, 'taken', 'Captured already: refund it instead.'],
  ])('with the status %s and %j is %s', async (status, changes, standing, says) => {
    const { evidence } = await lookUp({ pg_payment_status: status, ...changes });
    expect(evidence).toMatchObject({ standing, says });
  });

  it.each(['2', 'true', ' 0', '00', 'no'])('is not read where pg_captured is "%s"', async (pg_captured) => {
    for (const pg_payment_status of ['success', 'revoked', 'new']) {
      const { evidence } = await lookUp({ pg_payment_status, pg_captured });
      expect(evidence.standing).toBe('cannot_tell');
    }
  });

  it.each([
    ['success', 'cancelled'],
    ['error', 'cancellable'],
    ['pending', 'cancellable'],
  ])('with a revocation in state %s is %s', async (pg_payment_status, standing) => {
    const pg_revoked_payment = { pg_payment_id: '7777777778', pg_payment_status };
    const { evidence } = await lookUp({ pg_revoked_payments: { pg_revoked_payment } });
    expect(evidence.standing).toBe(standing);
  });

  it('is not a cancellation because a refund of it succeeded', async () => {
    const pg_refund_payment = { pg_payment_id: '9', pg_payment_status: 'success', pg_amount: '-480' };
    const { evidence } = await lookUp({
      pg_refund_payments: { pg_refund_payment },
      pg_refund_amount: '-480',
    });
    expect(evidence.standing).toBe('cannot_tell');
  });

  it('is not "no such payment" while it carries one', async () => {
    const { evidence } = await lookUp({ pg_error_code: '11068' });
    expect(evidence.standing).toBe('cancellable');
  });

  it.each(['error', 'OK', 'pending', ''])('is not read where the call itself is "%s"', async (pg_status) => {
    const { evidence } = await lookUp({ pg_status });
    expect(evidence.standing).toBe('cannot_tell');
  });

  it('is asked for the payment itself, after a cancellation too', async () => {
    const { calls } = await lookUp({});
    expect(calls.map(({ body }) => new URLSearchParams(body).get('pg_payment_id'))).toEqual([PAYMENT]);
  });

  it.each([
    ['the time of the payment, of a clock in Almaty', {}, {}, '2026-11-20T14:05:09+05:00'],
    ['another clock', {}, { utc_offset: '+06:00' }, '2026-11-20T14:05:09+06:00'],
    [
      'when it was made, while it is not paid',
      { pg_payment_date: '', pg_create_date: '2026-11-20 13:00:00' },
      {},
      '2026-11-20T13:00:00+05:00',
    ],
    [
      'a time in another form as it is',
      { pg_payment_date: '2026-11-20T09:05:09Z' },
      {},
      '2026-11-20T09:05:09Z',
    ],
    ['no time', { pg_payment_date: '' }, {}, null],
  ])('tells %s', async (_what, changes, settings, madeAt) => {
    expect((await lookUp(changes, settings)).evidence.madeAt).toBe(madeAt);
  });

  it.each([
    ['a card that is masked', { pg_card_pan: '5483-18XX-XXXX-0293' }, { Card: '…0293' }],
    ['a card that is masked by stars', { pg_card_pan: '548318******0293' }, { Card: '…0293' }],
    ['no card that is not', { pg_card_pan: '5483180000000293' }, {}],
    ['initials of the payer', { pg_card_name: 'Card  de Holder' }, { Payer: 'C. d. H.' }],
    ['no payer', { pg_card_name: '' }, {}],
  ])('shows %s', async (_what, changes, facts) => {
    const { evidence } = await lookUp(changes);
    expect(evidence.facts).toEqual({ Status: 'success', ...facts });
  });

  it.each([['5'], ['+5'], ['Asia/Almaty'], ['+05:00:00'], ['']])(
    'takes no clock "%s"',
    async (utc_offset) => {
      await expect(lookUp({}, { utc_offset })).rejects.toThrow('utc_offset');
    },
  );
});

describe('a payment of the simulator whose records lag behind', () => {
  it('is cancelled only for who asks again', async () => {
    const simulator = stoppedAfterTest(await startFreedompaySimulator(credentials));
    const provider = create(simulator.url);
    const lagging = { ...order, payment: '7777778004' };
    expect(await provider.cancel(lagging)).toMatchObject({ type: 'unknown' });
    expect(await provider.lookUp(lagging)).toMatchObject({ standing: 'cancellable' });
    expect(await provider.lookUp(lagging)).toMatchObject({ standing: 'cancelled' });
    expect(simulator.effects('7777778004')).toBe(1);
  });
});
