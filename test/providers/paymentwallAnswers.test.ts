import { describe, expect, it } from 'vitest';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { key, paymentwall, simulator } from './paymentwallAccount.ts';

const order = orderTo({ payment: 'b1563', details: { ticket: '1' } });

describe("Paymentwall's answer to a ticket", () => {
  const access = { result: 0, errors: ['You have no access to the developers API'] };
  const reference = { result: 0, errors: ['Either ref or uid is required'] };

  it.each([
    ['result 1', 200, { result: 1 }, 'accepted'],
    ['result "1"', 200, { result: '1' }, 'accepted'],
    ['result 1 with an error', 200, { result: 1, errors: ['Something else'] }, 'unknown'],
    ['result 1 with a documented error', 200, { result: 1, errors: access.errors }, 'unknown'],
    ['result 1 with HTTP 201', 201, { result: 1 }, 'unknown'],
    ['result 1 with HTTP 403', 403, { result: 1 }, 'unknown'],
    ['result true', 200, { result: true }, 'unknown'],
    ['no access', 200, access, 'refused'],
    ['no access with HTTP 403', 403, access, 'refused'],
    ['no ref or uid', 200, reference, 'refused'],
    ['no ref or uid with result "0"', 400, { ...reference, result: '0' }, 'refused'],
    ['no access with HTTP 408', 408, access, 'unknown'],
    ['no access with HTTP 500', 500, access, 'unknown'],
    ['no access with HTTP 302', 302, access, 'unknown'],
    ['an undocumented error', 200, { result: 0, errors: ['Ticket exists'] }, 'unknown'],
    ['result 0 without errors', 200, { result: 0 }, 'unknown'],
    ['errors without a result', 200, { errors: access.errors }, 'unknown'],
    ['HTTP 401 without a known body', 401, {}, 'refused'],
    ['HTTP 404 without a known body', 404, {}, 'unknown'],
  ])('%s', async (_what, status, body, expected) => {
    const sim = await answering(json(status, body));
    const outcome = await paymentwall(sim.url).cancel(order);
    expect(outcome.type, outcome.says).toBe(expected);
  });

  it('may begin with a byte-order mark', async () => {
    const sim = await answering({ status: 200, contentType: 'text/html', body: '\ufeff{"result":1}' });
    expect((await paymentwall(sim.url).cancel(order)).type).toBe('accepted');
  });

  it('tells the operator what to check when access is refused', async () => {
    const sim = await answering({ status: 401, contentType: 'text/plain', body: 'Unauthorized' });
    expect(await paymentwall(sim.url).cancel(order)).toEqual({
      type: 'refused',
      code: 'http_401',
      says: 'Paymentwall refused access and opened no ticket: check the key, secret and sign_version of this account.',
    });
  });

  it('is quoted when it is not documented, cut and without the project key', async () => {
    const sim = await answering(
      json(200, { result: 0, errors: [`Project ${key} is busy ${'x'.repeat(500)}`] }),
    );
    const outcome = await paymentwall(sim.url).cancel(order);
    expect(outcome.says).toContain('Project … is busy xxx');
    expect(outcome.says).not.toContain(key);
    expect(outcome.says.length).toBeLessThan(300);
  });
});

describe('a Paymentwall look-up', () => {
  const target = { payment: 'b480', details: { ticket: '1' }, key: 'c1' };

  it('asks nothing and says so where the Payment Status API is off', async () => {
    const sim = await simulator(false);
    const evidence = await paymentwall(sim.url, { status_api: false }).lookUp(target);
    expect(evidence.standing).toBe('cannot_tell');
    expect(evidence.says).toBe('The Payment Status API of this account is off (status_api).');
    expect(sim.calls).toHaveLength(0);
  });

  it('cannot tell where the setting says on and Paymentwall never switched it on', async () => {
    const sim = await simulator(false);
    const evidence = await paymentwall(sim.url).lookUp(target);
    expect(evidence.standing).toBe('cannot_tell');
    expect(sim.calls).toHaveLength(1);
  });

  it('cannot tell of a payment that is named by its user alone', async () => {
    const sim = await simulator();
    const evidence = await paymentwall(sim.url).lookUp({ ...target, payment: 'uid:218069' });
    expect(evidence.standing).toBe('cannot_tell');
    expect(sim.calls).toHaveLength(0);
  });

  it('is a signed query with exactly these bytes', async () => {
    const sim = await answering(json(200, {}));
    await paymentwall(sim.url).lookUp({ ...target, payment: 'b1563' });
    expect(sim.calls[0]?.method).toBe('GET');
    expect(sim.calls[0]?.path).toBe('/api/rest/payment/');
    expect(sim.calls[0]?.query.toString()).toBe(
      'key=f04150f73d04e47029548e526b2b12ec&ref=b1563&sign_version=2&sign=579c8b7750e1a2903b08ca50507892c6',
    );
  });

  it('tells the amount, the time and the method of a payment', async () => {
    const sim = await simulator();
    expect(await paymentwall(sim.url).lookUp(target)).toEqual({
      standing: 'cancellable',
      says: 'Paid and not refunded; a ticket can be opened.',
      amount: { minor: 48_000n, currency: 'USD' },
      madeAt: '2014-12-24T16:33:52.000Z',
      facts: { Method: 'cc', Risk: 'approved' },
    });
  });

  it.each([
    ['b4990', '1', 'cancellable'],
    ['breview', '1', 'cancellable'],
    ['brefunded', '1', 'cancelled'],
    ['bdeclined', '1', 'final'],
    ['bunknown', '1', 'cannot_tell'],
    ['bforeign', '1', 'cannot_tell'],
    ['brecurring', '2', 'cancellable'],
    ['b4990', '2', 'final'],
    ['b4990', '3', 'cancellable'],
  ])('finds %s for a ticket of kind %s %s', async (payment, ticket, standing) => {
    const sim = await simulator();
    const evidence = await paymentwall(sim.url).lookUp({ payment, details: { ticket }, key: 'c1' });
    expect(evidence.standing, evidence.says).toBe(standing);
  });

  it.each([
    ['b480', '1'],
    ['brecurring', '2'],
  ])('finds %s cancelled after its ticket of kind %s was decided', async (payment, ticket) => {
    const sim = await simulator();
    const details = { ticket };
    await paymentwall(sim.url).cancel(orderTo({ payment, details }));
    expect((await paymentwall(sim.url).lookUp({ payment, details, key: 'c1' })).standing).toBe('cancelled');
  });

  it('sees that a payment was refunded meanwhile', async () => {
    const sim = await simulator();
    const meanwhile = { ...target, payment: 'brefundedmeanwhile' };
    expect((await paymentwall(sim.url).lookUp(meanwhile)).standing).toBe('cancellable');
    expect((await paymentwall(sim.url).lookUp(meanwhile)).standing).toBe('cancelled');
  });

  it('does not find a ref that belongs to another user than the one given', async () => {
    const sim = await simulator();
    const of = (uid: string) => paymentwall(sim.url).lookUp({ ...target, details: { ticket: '1', uid } });
    expect((await of('218069')).standing).toBe('cancellable');
    expect((await of('someone')).standing).toBe('not_found');
  });

  const payment = {
    object: 'payment',
    id: 'b480',
    created: 1_490_101_573,
    amount: '100.00',
    currency: 'USD',
    refunded: false,
    risk: 'approved',
    uid: 'user40012',
  };
  it.each([
    ['the payment in a list of one', 200, [payment], 'cancellable'],
    ['two payments', 200, [payment, payment], 'cannot_tell'],
    ['another payment', 200, { ...payment, id: 'b481' }, 'cannot_tell'],
    ['a risk that is not documented', 200, { ...payment, risk: 'odd' }, 'cannot_tell'],
    ['no word about refunds', 200, { ...payment, refunded: undefined }, 'cannot_tell'],
    ['a time beyond the calendar', 200, { ...payment, created: 9e15 }, 'cannot_tell'],
    ['an error', 200, { error: 'No such payment' }, 'cannot_tell'],
    ['the payment with HTTP 500', 500, payment, 'cannot_tell'],
  ])('reads %s', async (_what, status, body, standing) => {
    const sim = await answering(json(status, body));
    expect((await paymentwall(sim.url).lookUp(target)).standing).toBe(standing);
  });

  it('knows no amount in a currency that does not exist', async () => {
    const sim = await answering(json(200, { ...payment, currency: 'COINS' }));
    expect(await paymentwall(sim.url).lookUp(target)).toMatchObject({
      standing: 'cancellable',
      amount: null,
    });
  });
});
