import { describe, expect, it } from 'vitest';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { paymentwall, simulator } from './paymentwallAccount.ts';

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

  it.each([
    ['b4990', '1', 'cannot_tell'],
    ['brecurring', '2', 'cannot_tell'],
    ['brefunded', '1', 'cancelled'],
    ['bdeclined', '1', 'final'],
    ['bunknown', '1', 'cannot_tell'],
  ])(
    'after a ticket for %s of kind %s was sent never invites to another: %s',
    async (payment, ticket, standing) => {
      const sim = await simulator();
      const subject = { payment, details: { ticket }, key: 'c1', sent: { reference: null } };
      const evidence = await paymentwall(sim.url).lookUp(subject);
      expect(evidence.standing, evidence.says).toBe(standing);
      expect(evidence.says).not.toContain('can be opened');
    },
  );

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
    ['no page at all, as where the API is off', 404, {}, 'cannot_tell'],
    ['a payment that is declined', 200, { ...payment, risk: 'declined' }, 'final'],
    ['a refund of a declined payment', 200, { ...payment, risk: 'declined', refunded: true }, 'cancelled'],
    ['a text about refunds', 200, { ...payment, refunded: 'true' }, 'cannot_tell'],
  ])('reads %s', async (_what, status, body, standing) => {
    const sim = await answering(json(status, body));
    expect((await paymentwall(sim.url).lookUp(target)).standing).toBe(standing);
  });

  it.each([
    ['active', { active: 1, expired: 0 }, 'cancellable'],
    ['active, with no word about its end', { active: 1 }, 'cancellable'],
    ['not active', { active: 0, expired: 0 }, 'cancelled'],
    ['run out', { active: 0, expired: 1 }, 'final'],
    ['null', null, 'final'],
    ['of a state that is not documented', { active: 2 }, 'cannot_tell'],
  ])('reads a subscription that is %s', async (_what, subscription, standing) => {
    const sim = await answering(json(200, { ...payment, subscription }));
    const evidence = await paymentwall(sim.url).lookUp({ ...target, details: { ticket: '2' } });
    expect(evidence.standing).toBe(standing);
  });

  it('knows no amount in a currency that does not exist', async () => {
    const sim = await answering(json(200, { ...payment, currency: 'COINS' }));
    expect(await paymentwall(sim.url).lookUp(target)).toMatchObject({
      standing: 'cancellable',
      amount: null,
    });
  });
});
