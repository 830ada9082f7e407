import { describe, expect, it } from 'vitest';
import { type Answer, json, startSimulator } from '../../sandbox/simulator.ts';
import { startSibsSimulator } from '../../sandbox/sibs.ts';
import { answering, stoppedAfterTest } from './answering.ts';
import { cancelled, credentials, found, orderOf, PAYMENT, sibs } from './sibsAccount.ts';

const OURS = 's2CB2CH3U91PdGDHsacJ';

/** A SIBS that knows the hold and, under its own id, our cancellation. */
async function afterSending(cancellation: Answer, payment = json(200, found('AUTH', 'CARD', 'Success'))) {
  const sim = stoppedAfterTest(
    await startSimulator({
      stock: [],
      answer: ({ path }) => (path === `/payments/${OURS}/status` ? cancellation : payment),
    }),
  );
  const lookUp = (reference: string | null) =>
    sibs(sim.url).lookUp({ payment: PAYMENT, details: {}, key: 'c1', sent: { reference } });
  return { sim, lookUp };
}

const ours = (paymentStatus: string, changes: object = {}) =>
  json(200, cancelled({ transactionID: OURS, paymentStatus, ...changes }));

describe('a SIBS look-up after a cancellation was sent', () => {
  it('asks about the cancellation first, and takes its word', async () => {
    const { sim, lookUp } = await afterSending(ours('Success', { paymentType: 'CANC' }));
    const evidence = await lookUp(OURS);
    expect(evidence).toMatchObject({
      standing: 'cancelled',
      says: 'SIBS says that our cancellation succeeded.',
      amount: { minor: 500n, currency: 'PLN' },
    });
    expect(sim.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /payments/${OURS}/status`,
    ]);
  });

  it.each([
    ['Success, without a type', ours('Success')],
    ['Success, of a type that nobody printed', ours('Success', { paymentType: 'RVSL' })],
  ])('reads %s as cancelled', async (_what, cancellation) => {
    const { lookUp } = await afterSending(cancellation);
    expect((await lookUp(OURS)).standing).toBe('cancelled');
  });

  it.each([
    ['Pending', ours('Pending')],
    ['InProcessing', ours('InProcessing')],
    ['a status that nobody documented', ours('Partial')],
    ['Success beside an error code', ours('Success', { returnStatus: { statusCode: 'E0520' } })],
    ['Success of another transaction', ours('Success', { transactionID: 'another' })],
    ['Success without an id', ours('Success', { transactionID: undefined })],
    ['Success under HTTP 502', json(502, cancelled({ transactionID: OURS }))],
    ['an outage', json(503, {})],
    ['no answer', 'drop' as const],
  ])('cannot tell with %s, and leaves the payment alone', async (_what, cancellation) => {
    const { sim, lookUp } = await afterSending(cancellation);
    expect((await lookUp(OURS)).standing).toBe('cannot_tell');
    expect(sim.calls).toHaveLength(1);
  });

  it.each([
    ['Declined', ours('Declined')],
    ['Error', ours('Error')],
    ['Timeout', ours('Timeout')],
    ['a code of its own', ours('Declined', { returnStatus: { statusCode: '10.106.0001' } })],
    ['Success of a hold', ours('Success', { paymentType: 'AUTH' })],
    ['Success of a purchase', ours('Success', { paymentType: 'PURS' })],
    ['Success of a capture', ours('Success', { paymentType: 'CAPTURE' })],
    ['an id that SIBS does not know', json(404, {})],
  ])('goes back to the payment after %s', async (_what, cancellation) => {
    const hold = await afterSending(cancellation);
    expect((await hold.lookUp(OURS)).standing).toBe('cancellable');
    const paid = await afterSending(cancellation, json(200, found('PURS', 'BLIK', 'Success')));
    expect((await paid.lookUp(OURS)).standing).toBe('taken');
  });

  it.each([
    ['nobody knows its id', null],
    ['its id is that of the payment', PAYMENT],
    ['its id can go into no path', '../../admin'],
    ['its id is empty', ''],
  ])('asks only about the payment when %s, which never proves a cancellation', async (_what, reference) => {
    const { sim, lookUp } = await afterSending(ours('Success'));
    expect((await lookUp(reference)).standing).toBe('cancellable');
    expect(sim.calls.map(({ path }) => path)).toEqual([`/payments/${PAYMENT}/status`]);
  });

  it('learns from the simulator what became of a cancellation that was only accepted', async () => {
    const provider = sibs(stoppedAfterTest(await startSibsSimulator(credentials)).url);
    const order = orderOf(23_000n, 'holdUndecided1005');
    const outcome = await provider.cancel({ ...order, evidence: await provider.lookUp(order) });
    expect(outcome.type).toBe('accepted');
    const sent = { reference: outcome.type === 'accepted' ? outcome.reference : null };
    expect((await provider.lookUp({ ...order, sent })).standing).toBe('cannot_tell');
    expect((await provider.lookUp({ ...order, sent })).standing).toBe('cancelled');
  });
});

describe('the secret beside the client id', () => {
  it('is sent in a header of its own, for looking up and for cancelling', async () => {
    const sim = await answering(json(200, {}));
    const provider = sibs(sim.url, { client_secret: 'client-secret-9d2e' });
    await provider.lookUp(orderOf(500n));
    await provider.cancel(orderOf(500n));
    expect(sim.calls.map(({ headers }) => headers['x-ibm-client-secret'])).toEqual([
      'client-secret-9d2e',
      'client-secret-9d2e',
    ]);
  });

  it('is left out when the account has none', async () => {
    const sim = await answering(json(200, {}));
    await sibs(sim.url).lookUp(orderOf(500n));
    expect(sim.calls[0]?.headers).not.toHaveProperty('x-ibm-client-secret');
  });

  it('is checked by the simulator', async () => {
    const sim = stoppedAfterTest(await startSibsSimulator({ ...credentials, client_secret: 'right' }));
    const look = (client_secret: string) =>
      sibs(sim.url, { client_secret }).lookUp(orderOf(500n, 'holdSmall1001'));
    expect((await look('wrong')).standing).toBe('cannot_tell');
    expect((await look('right')).standing).toBe('cancellable');
  });
});
