import { describe, expect, it } from 'vitest';
import { PaymentwallAccount } from '../../providers/paymentwall.ts';
import { startPaymentwallSimulator } from '../../sandbox/paymentwall.ts';
import { json } from '../../sandbox/simulator.ts';
import { answering, orderTo } from './answering.ts';
import { describeProvider } from './contract.ts';
import { credentials, key, paymentwall, secret, simulator } from './paymentwallAccount.ts';

describeProvider({
  name: 'paymentwall',
  create: (url, over) => paymentwall(url, {}, over),
  startSimulator: () => startPaymentwallSimulator(credentials),
  secrets: [key, secret],
  input: (ref) => ({ ref, ticket: '1' }),
  stock: {
    cancellable: 'b480',
    dropped: 'bdropped',
    slow: 'bslow',
    // Paymentwall documents no error for a payment in a wrong state, only for these.
    refused: ['bforeign', 'bunknown'],
  },
  success: 'accepted',
  successAnswer: () => ({ contentType: 'application/json', body: '{"result":1}' }),
});

describe('a Paymentwall ticket on the wire', () => {
  const small = { payment: 'b4990', details: { ticket: '1' } };

  it('is a signed form with exactly these bytes', async () => {
    const sim = await answering(json(200, { result: 1 }));
    await paymentwall(sim.url).cancel(
      orderTo({ payment: 'b1563', details: { ticket: '1' } }, 'Paid twice & refused ✓'),
    );

    expect(sim.calls).toHaveLength(1);
    const [call] = sim.calls;
    expect(call?.method).toBe('POST');
    expect(call?.path).toBe('/developers/api/ticket');
    expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(call?.body).toBe(
      'key=f04150f73d04e47029548e526b2b12ec&ref=b1563&type=1&message=Paid+twice+%26+refused+%E2%9C%93' +
        '&sign_version=2&sign=41a49cb351d71da3a9f3fa45e47e658b',
    );
  });

  it('carries the ref and the uid when both are known, as in the example of the page', async () => {
    const sim = await answering(json(200, { result: 1 }));
    const details = { ticket: '1', uid: '218069' };
    await paymentwall(sim.url).cancel(orderTo({ payment: 'b1563', details }, 'Please cancel asap'));
    expect(sim.calls[0]?.body).toBe(
      'key=f04150f73d04e47029548e526b2b12ec&ref=b1563&uid=218069&type=1&message=Please+cancel+asap' +
        '&sign_version=2&sign=700d3feec903fa65a021cf211ac022d0',
    );
  });

  it('names the user alone, with SHA-256 and in test mode, where that is set', async () => {
    const sim = await answering(json(200, { result: 1 }));
    const outcome = await paymentwall(sim.url, { sign_version: 3, test_mode: true }).cancel(
      orderTo({ payment: 'uid:maria@example.com', details: { ticket: '2' } }),
    );
    expect(sim.calls[0]?.body).toBe(
      'key=f04150f73d04e47029548e526b2b12ec&uid=maria%40example.com&type=2&message=Paid+twice&test_mode=1' +
        '&sign_version=3&sign=5322366c7b50ae8b4c6fe65179ba48f79d77833cde94a24b40fb8d84990bf5c2',
    );
    expect(outcome).toEqual({ type: 'accepted', reference: null, says: 'Test ticket: nothing will happen.' });
  });

  it("is the page's own form in version 1, to the signature that the page prints", async () => {
    const sim = await answering(json(200, { result: 1 }));
    const details = { ticket: '1', uid: '218069' };
    const order = orderTo({ payment: 'b1563', details }, 'Please cancel asap');
    await paymentwall(sim.url, { sign_version: 1 }).cancel(order);
    expect(sim.calls[0]?.body).toBe(
      'key=f04150f73d04e47029548e526b2b12ec&ref=b1563&uid=218069&type=1&message=Please+cancel+asap' +
        '&sign=9dc4316d3a3d6951d94d1edf6ce735f5',
    );
  });

  it.each([1, 2, 3] as const)('never says test_mode in live mode, version %i', async (sign_version) => {
    const sim = await answering(json(200, { result: 1 }));
    await paymentwall(sim.url, { sign_version }).cancel(orderTo(small));
    await paymentwall(sim.url, { sign_version }).lookUp({ ...small, key: 'c1' });
    const [ticket, question] = sim.calls;
    expect(new URLSearchParams(ticket?.body).has('test_mode')).toBe(false);
    expect(question?.query.has('test_mode')).toBe(false);
    expect(question?.query.get('sign_version')).toBe(sign_version === 1 ? null : String(sign_version));
  });

  it.each([1, 2, 3] as const)('is accepted by the simulator in version %i', async (sign_version) => {
    const sim = await simulator();
    const provider = paymentwall(sim.url, { sign_version });
    expect((await provider.cancel(orderTo(small))).type).toBe('accepted');
    expect((await provider.lookUp({ ...small, key: 'c1', sent: { reference: null } })).standing).toBe(
      'cancelled',
    );
  });

  it('is accepted by the simulator whatever the reason says', async () => {
    const sim = await simulator();
    for (const reason of ['a=1&b=2', '100% + line\r\ntwo', '请尽快取消订单 😀', 'half a pair \ud83d']) {
      const outcome = await paymentwall(sim.url).cancel(orderTo(small, reason));
      expect(outcome.type, reason).toBe('accepted');
    }
  });

  it('is refused by the simulator when the secret is wrong', async () => {
    const sim = await simulator();
    const outcome = await paymentwall(sim.url, { secret: 'wrong' }).cancel(orderTo(small));
    expect(outcome).toMatchObject({ type: 'refused', code: 'You have no access to the developers API' });
    expect(sim.effects('b4990')).toBe(0);
  });
});

describe("Paymentwall's form", () => {
  const provider = paymentwall('http://127.0.0.1:1');

  it.each([
    [{ ref: 'b1563', ticket: '2' }, 'b1563', { ticket: '2' }, 'recurring'],
    [{ uid: 'maria@example.com', ticket: '1' }, 'uid:maria@example.com', { ticket: '1' }, 'refund'],
    [{ ref: 'b1563', uid: '218069', ticket: '3' }, 'b1563', { ticket: '3', uid: '218069' }, 'other'],
    [{ ref: 'b1563' }, 'b1563', { ticket: '1' }, 'refund'],
  ])('reads %o', (input, payment, details, ticketKind) => {
    const target = { payment, details, ticketKind, part: null };
    expect(provider.readTarget(input)).toEqual({ ok: true, target });
  });

  it.each([
    [{}, ['ref']],
    [{ ref: 'uid:1', ticket: '1' }, ['ref']],
    [{ ref: 'b1563', uid: 'a b' }, ['uid']],
    [{ uid: 'x'.repeat(65) }, ['uid']],
    [{ ref: 'b1563', ticket: '5' }, ['ticket']],
    [{ ref: 'b-1', uid: 'ü', ticket: '' }, ['ref', 'uid', 'ticket']],
  ])('names what is wrong with %o', (input, names) => {
    const read = provider.readTarget(input);
    expect(read.ok ? [] : Object.keys(read.faults)).toEqual(names);
  });

  it('offers a refund first', () => {
    const ticket = provider.fields.find(({ name }) => name === 'ticket');
    expect(ticket?.choices?.map(({ label }) => label)).toEqual(['Refund', 'Recurring cancellation', 'Other']);
  });
});

describe("a Paymentwall account's settings", () => {
  const least = { provider: 'paymentwall', key, secret };

  it('are safe by default', () => {
    expect(PaymentwallAccount.parse(least)).toEqual({
      ...least,
      url: 'https://api.paymentwall.com',
      sign_version: 2,
      test_mode: false,
      status_api: false,
    });
  });

  it.each([
    [{ key: 'short' }, 'key'],
    [{ secret: '' }, 'secret'],
    [{ sign_version: 4 }, 'sign_version'],
    [{ sign_version: '2' }, 'sign_version'],
    [{ url: 'http://api.paymentwall.com' }, 'url'],
  ])('refuse %o', (fault, name) => {
    const { error } = PaymentwallAccount.safeParse({ ...least, ...fault });
    expect(error?.issues.map(({ path }) => path)).toEqual([[name]]);
  });
});
