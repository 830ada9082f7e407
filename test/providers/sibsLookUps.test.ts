import { describe, expect, it } from 'vitest';
import { SibsAccount } from '../../providers/sibs.ts';
import { json } from '../../sandbox/simulator.ts';
import { startSibsSimulator } from '../../sandbox/sibs.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { answering, stoppedAfterTest } from './answering.ts';
import { credentials, found, orderOf, PAYMENT, published, sibs } from './sibsAccount.ts';

async function simulated(): Promise<Provider> {
  return sibs(stoppedAfterTest(await startSibsSimulator(credentials)).url);
}

async function lookUpAnswered(status: number, body: unknown, payment = PAYMENT) {
  return sibs((await answering(json(status, body))).url).lookUp({ payment, details: {}, key: 'c1' });
}

describe('a SIBS look-up', () => {
  it('is a GET with the two headers and no body', async () => {
    const sim = await answering(json(200, {}));
    await sibs(`${sim.url}/api/v1`).lookUp(orderOf(500n));
    expect(sim.calls).toMatchObject([
      {
        method: 'GET',
        path: '/api/v1/payments/1ach2CGpZ2BAKUfqJ9Rp/status',
        headers: {
          authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCIgOiAiSldUIiwia2lkIiA6I',
          'x-ibm-client-id': 'b4480347-9fc8-4790-b359-100a99c60ea3',
        },
        body: '',
      },
    ]);
  });

  it('reads the published PayByLink payment, whose numbers are text', async () => {
    const body = published('status: PayByLink paid').response;
    expect(await lookUpAnswered(200, body, 'J120XDzUq2u4UwVDSZBt')).toEqual({
      standing: 'taken',
      says: 'Paid: refund it at SIBS.',
      amount: { minor: 5_050n, currency: 'PLN' },
      madeAt: '2023-06-20T10:07:27.701Z',
      facts: { Type: 'PURS', Method: 'PAY_BY_LINK', Status: 'Success' },
    });
  });

  it.each([
    [found('AUTH', 'CARD', 'Success'), 'cancellable'],
    [found('PURS', 'BLIK', 'Pending'), 'cancellable'],
    [found('PURS', 'BLIK', 'InProcessing'), 'cancellable'],
    [found('PURS', 'BLIK', 'Success'), 'taken'],
    [found('AUTH', 'BLIK', 'Success'), 'taken'],
    [found('PURS', 'CARD', 'Success'), 'taken'],
    [found('AUTH', 'CARD', 'Pending'), 'cannot_tell'],
    [found('PURS', 'PAY_BY_LINK', 'Pending'), 'cannot_tell'],
    [found('AUTH', 'CARD', 'Declined'), 'final'],
    [found('AUTH', 'CARD', 'Error'), 'final'],
    [found('AUTH', 'CARD', 'Expired'), 'final'],
    [{ ...found('PURS', 'BLIK', 'Declined'), returnStatus: { statusCode: '10.106.0001' } }, 'final'],
    [found('AUTH', 'CARD', 'Partial'), 'cannot_tell'],
    [found('PREF', 'REFERENCE', 'Success'), 'cannot_tell'],
    [found('PURS', 'BLIK', 'Timeout'), 'final'],
    [found('AUTH', 'CARD', 'Cancelled'), 'cannot_tell'],
    [found('CANC', 'CARD', 'Success'), 'cannot_tell'],
    [found(null, 'CARD', 'Success'), 'cannot_tell'],
  ])('reads %j', async (body, standing) => {
    expect((await lookUpAnswered(200, body)).standing).toBe(standing);
  });

  it.each([
    [
      'another transaction',
      200,
      { ...found('AUTH', 'CARD', 'Success'), transactionID: 'other' },
      'cannot_tell',
    ],
    [
      'a code other than "000"',
      200,
      { ...found('AUTH', 'CARD', 'Success'), returnStatus: { statusCode: 'E0501' } },
      'cannot_tell',
    ],
    [
      'another declined transaction',
      200,
      { ...found('AUTH', 'CARD', 'Declined'), transactionID: 'other' },
      'cannot_tell',
    ],
    ['an unknown transaction', 404, {}, 'not_found'],
    ['too many calls', 429, found('AUTH', 'CARD', 'Success'), 'cannot_tell'],
    ['a redirect', 302, found('AUTH', 'CARD', 'Success'), 'cannot_tell'],
    ['an outage', 503, found('AUTH', 'CARD', 'Success'), 'cannot_tell'],
  ])('of %s (HTTP %i) promises nothing', async (_what, status, body, standing) => {
    expect((await lookUpAnswered(status, body)).standing).toBe(standing);
  });

  it.each([401, 403])('sends the operator to the credentials after HTTP %i', async (status) => {
    const { standing, says } = await lookUpAnswered(status, {});
    expect(standing).toBe('cannot_tell');
    expect(says).toContain('does not accept our token');
  });

  it('never calls a cancellation of its own a payment', async () => {
    const provider = await simulated();
    const order = orderOf(4_990n, 'holdSmall1001');
    const outcome = await provider.cancel({ ...order, evidence: await provider.lookUp(order) });
    const payment = outcome.type === 'cancelled' ? outcome.reference : null;
    const evidence = await provider.lookUp({ payment: payment ?? '', details: {}, key: 'c1' });
    expect(evidence).toMatchObject({ standing: 'cannot_tell', facts: { Status: 'Success' } });
  });

  it('sees that the payer was quicker', async () => {
    const provider = await simulated();
    const order = orderOf(6_400n, 'blikPaidMeanwhile3001');
    expect((await provider.lookUp(order)).standing).toBe('cancellable');
    expect((await provider.lookUp(order)).standing).toBe('taken');
  });
});

describe('the settings of SIBS', () => {
  const account = { provider: 'sibs', url: 'https://api.sibsgateway.com/api/v1', ...credentials };

  it('take the terminal as a number too', () => {
    expect(SibsAccount.parse({ ...account, terminal_id: 24 }).terminal_id).toBe('24');
  });

  it.each([
    { terminal_id: '12345678901' },
    { terminal_id: 'T24' },
    { terminal_id: undefined },
    { token: 'two words' },
    { client_id: '' },
    { url: 'http://api.sibsgateway.com/api/v1' },
    { secret: 'x' },
    { client_secret: 'two words' },
    { webhook_key: 'A'.repeat(44) },
    { webhook_key: 'AAAA' },
    { webhook_key: '' },
  ])('refuse %j', (change) => {
    expect(SibsAccount.safeParse({ ...account, ...change }).success).toBe(false);
  });
});
