import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createFreedompay, FreedompayAccount } from '../../providers/freedompay.ts';
import { startFreedompaySimulator } from '../../sandbox/freedompay.ts';
import type { Simulator } from '../../sandbox/simulator.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import {
  answeredWith,
  create,
  credentials,
  failure,
  type Fields,
  http,
  order,
  PAYMENT,
  SECRET,
  signed,
  unsigned,
} from './freedompayAnswers.ts';

const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function simulate(): Promise<Simulator> {
  const simulator = await startFreedompaySimulator(credentials);
  running.push(simulator);
  return simulator;
}

function lookUpAnsweredWith(body: string, status = 200): Promise<Evidence> {
  return answeredWith(status, body, (provider) => provider.lookUp(order));
}

describe('a look-up at Freedom Pay', () => {
  const held = {
    pg_status: 'ok',
    pg_payment_id: PAYMENT,
    pg_payment_status: 'success',
    pg_captured: '0',
    pg_amount: '480',
    pg_currency: 'KZT',
    pg_create_date: '2026-11-20 14:05:09',
    pg_refund_amount: '0',
  };
  const { pg_captured: _captured, ...unknownCapture } = held;

  it('reads amount, time and status', async () => {
    expect(await lookUpAnsweredWith(signed('status_v2', held))).toEqual({
      standing: 'cancellable',
      says: 'On hold; Freedom Pay captures a hold by itself after 5 days.',
      amount: { minor: 48000n, currency: 'KZT' },
      madeAt: '2026-11-20T14:05:09+05:00',
      facts: { Status: 'success' },
    });
  });

  it.each<[Evidence['standing'], string, Fields]>([
    ['cancellable', 'on hold', held],
    ['taken', 'captured', { ...held, pg_captured: '1' }],
    ['taken', 'captured, then refunded', { ...held, pg_captured: '1', pg_refund_amount: '-480' }],
    ['cannot_tell', 'on hold and yet refunded', { ...held, pg_refund_amount: '-40' }],
    ['cannot_tell', 'on hold and yet revoked in part', { ...held, pg_revoked_amount: '-40' }],
    ['cannot_tell', 'paid, but silent about the capture', unknownCapture],
    ['cannot_tell', 'paid, capture neither 0 nor 1', { ...held, pg_captured: '' }],
    ['cancelled', 'revoked', { ...held, pg_payment_status: 'revoked' }],
    ['cancelled', 'canceled', { ...held, pg_payment_status: 'canceled' }],
    ['cancelled', 'cancelled', { ...unknownCapture, pg_payment_status: 'cancelled' }],
    ['taken', 'revoked after its capture', { ...held, pg_payment_status: 'revoked', pg_captured: '1' }],
    ['cannot_tell', 'in a state that nobody documents', { ...held, pg_payment_status: 'successful' }],
    ['cannot_tell', 'another payment', { ...held, pg_payment_id: '7777777770' }],
    ['not_found', 'no payment (0)', { ...held, pg_payment_id: '0' }],
    ['not_found', 'not known (11068)', failure('11068')],
    ['not_found', 'not known (340)', failure('340')],
    ['cannot_tell', 'an error', failure('9999')],
    ['cannot_tell', 'a wrong signature', failure('1100')],
  ])('finds it %s when the signed answer says: %s', async (standing, _what, fields) => {
    expect(await lookUpAnsweredWith(signed('status_v2', fields))).toMatchObject({ standing });
  });

  it.each(['new', 'process', 'pending', 'partial', 'error', 'failed', 'rejected', 'incomplete', 'expired'])(
    'finds nothing on hold when the status is %s',
    async (status) => {
      const fields = { ...unknownCapture, pg_payment_status: status };
      expect(await lookUpAnsweredWith(signed('status_v2', fields))).toMatchObject({ standing: 'final' });
    },
  );

  it.each([
    ['0', 'cancelled'],
    ['1', 'taken'],
    ['', 'cannot_tell'],
  ])('reads a list of revocations, with pg_captured "%s", as %s', async (captured, standing) => {
    const revocation =
      '<pg_payment_id>7777777778</pg_payment_id><pg_payment_status>success</pg_payment_status>';
    const pg_sig = createHash('md5')
      .update(`status_v2;${captured};7777777777;success;7777777778;success;s;ok;${SECRET}`)
      .digest('hex');
    const body = `<response><pg_status>ok</pg_status><pg_payment_id>7777777777</pg_payment_id>
      <pg_payment_status>success</pg_payment_status><pg_captured>${captured}</pg_captured>
      <pg_revoked_payments><pg_revoked_payment>${revocation}</pg_revoked_payment></pg_revoked_payments>
      <pg_salt>s</pg_salt><pg_sig>${pg_sig}</pg_sig></response>`;
    expect(await lookUpAnsweredWith(body)).toMatchObject({ standing });
  });

  it.each([
    ['unsigned', unsigned(held)],
    ['signed with another secret', signed('status_v2', held, 'another')],
    ['signed for another script', signed('cancel', held)],
    ['unsigned and not known', unsigned(failure('11068'))],
  ])('cannot tell when the answer is %s', async (_what, body) => {
    expect(await lookUpAnsweredWith(body)).toMatchObject({ standing: 'cannot_tell', amount: null });
  });

  it('cannot tell when a good answer comes with HTTP 500', async () => {
    expect(await lookUpAnsweredWith(signed('status_v2', held), 500)).toMatchObject({
      standing: 'cannot_tell',
    });
  });

  it('gives no amount where the currency is missing', async () => {
    const { pg_currency: _currency, ...fields } = held;
    expect(await lookUpAnsweredWith(signed('status_v2', fields))).toMatchObject({
      standing: 'cancellable',
      amount: null,
    });
  });
});

describe('the simulator of Freedom Pay', () => {
  it.each(['gateway', 'merchant'] as const)(
    'shows a cancelled payment as cancelled in the %s API',
    async (api) => {
      const simulator = await simulate();
      const provider = create(simulator.url, api);
      expect(await provider.lookUp(order)).toMatchObject({ standing: 'cancellable' });
      await provider.cancel(order);
      expect(await provider.lookUp(order)).toMatchObject({ standing: 'cancelled' });
      expect(simulator.effects(PAYMENT)).toBe(1);
    },
  );

  it('answers cancel.php with the status alone, which is unknown until it is looked up', async () => {
    const simulator = await simulate();
    expect(await create(simulator.url, 'merchant').cancel(order)).toMatchObject({ type: 'unknown' });
    expect(simulator.effects(PAYMENT)).toBe(1);
  });

  it('captures one payment between the first look and the cancellation', async () => {
    const simulator = await simulate();
    const provider = create(simulator.url);
    const meanwhile = { ...order, payment: '7777770002' };
    expect(await provider.lookUp(meanwhile)).toMatchObject({ standing: 'cancellable' });
    expect(await provider.lookUp(meanwhile)).toMatchObject({ standing: 'taken' });
    const outcome = await provider.cancel(meanwhile);
    expect(outcome.type).toBe('unknown');
    expect(outcome.says).toContain('120');
    expect(simulator.effects('7777770002')).toBe(0);
  });

  it('cancels one payment and answers with an error, so that only a look-up finds the truth', async () => {
    const simulator = await simulate();
    const provider = create(simulator.url);
    const falseError = { ...order, payment: '7777778003' };
    expect(await provider.cancel(falseError)).toMatchObject({ type: 'unknown' });
    expect(await provider.lookUp(falseError)).toMatchObject({ standing: 'cancelled' });
  });

  it.each([
    ['7777770001', 'taken'],
    ['7777770003', 'cancelled'],
    ['7777770004', 'final'],
    ['9999999999', 'not_found'],
  ])('has %s in stock, which is %s and stays so', async (payment, standing) => {
    const simulator = await simulate();
    const provider = create(simulator.url);
    expect(await provider.lookUp({ ...order, payment })).toMatchObject({ standing });
    await provider.cancel({ ...order, payment });
    expect(await provider.lookUp({ ...order, payment })).toMatchObject({ standing });
    expect(simulator.effects(payment)).toBe(0);
  });

  it.each([
    ['secret', { secret: 'wrong' }, /secret/],
    ['merchant', { merchant_id: '1' }, /merchant_id/],
  ])('does nothing for a wrong %s, and the answer names it', async (_what, wrong, cause) => {
    const simulator = await simulate();
    const settings = { provider: 'freedompay', url: simulator.url, ...credentials, ...wrong };
    const outcome = await createFreedompay(FreedompayAccount.parse(settings), http).cancel(order);
    expect(outcome.type).toBe('unknown');
    expect(outcome.says).toMatch(cause);
    expect(simulator.effects(PAYMENT)).toBe(0);
  });
});
