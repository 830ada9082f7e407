import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { json } from '../../sandbox/simulator.ts';
import { startTranzzoSimulator } from '../../sandbox/tranzzo.ts';
import { answering, orderTo, stoppedAfterTest } from './answering.ts';
import { describeProvider } from './contract.ts';
import { credentials, transaction, tranzzo } from './tranzzoAccount.ts';

const order = orderTo({ payment: '123', details: {} }, 'Tom Hanks paid twice');

async function cancelAnswered(status: number, body: unknown) {
  return tranzzo((await answering(json(status, body))).url).cancel(order);
}

describeProvider({
  name: 'tranzzo',
  create: (url, http) => tranzzo(url, {}, http),
  startSimulator: () => startTranzzoSimulator(credentials),
  secrets: [credentials.endpoints_key, credentials.api_key, credentials.api_secret],
  input: (order_id) => ({ order_id }),
  stock: {
    cancellable: 'order-1002-unpaid',
    dropped: 'order-4002-dropped',
    slow: 'order-4001-slow',
    refused: [
      'order-2001-paid',
      'order-2002-held',
      'order-2003-captured',
      'order-2004-cancelled',
      'order-2005-failed',
      'order-2006-processing',
      'order-3001-paid-meanwhile',
      'order-9999-unknown',
    ],
  },
  success: 'cancelled',
  successAnswer: ({ payment }) => ({
    contentType: 'application/json',
    body: JSON.stringify([transaction({ order_id: payment })]),
  }),
});

describe('a Tranzzo cancellation', () => {
  it('is exactly this request, without the reason', async () => {
    const sim = await answering(json(200, [transaction()]));
    await tranzzo(sim.url).cancel(order);

    expect(sim.calls).toMatchObject([
      {
        method: 'POST',
        path: '/api/v1/pos/dc728de1-51ef-4ef1-80f7-3b44b07b5667/order/123/cancel',
        headers: {
          'x-api-key': 'endpoints-key-4f1c',
          'x-api-auth': 'CPAY api-key-77aa:ktMdTyollYMRkEfvgqbaWmvFiXPy1a80',
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: '{}',
      },
    ]);
    expect(sim.calls[0]?.query.size).toBe(0);
  });

  it('keeps an order id with a hash sign inside the path', async () => {
    const sim = await answering(json(200, []));
    await tranzzo(sim.url).cancel({ ...order, payment: 'shop:#12.3' });
    expect(sim.calls[0]?.path).toBe(`/api/v1/pos/${credentials.pos_id}/order/shop%3A%2312.3/cancel`);
  });

  const Examples = z.object({
    examples: z.array(z.object({ name: z.string(), response: z.object({ body: z.unknown() }) })),
  });
  const file = readFileSync(new URL('../vectors/tranzzo-examples.json', import.meta.url), 'utf8');
  const { examples } = Examples.parse(JSON.parse(file));
  const published = new Map(examples.map(({ name, response }) => [name, response.body]));

  it.each([
    [200, 'cancel unpaid hosted payment: success', 'cancelled'],
    [200, 'cancel, object form', 'cancelled'],
    [401, 'bad or missing credentials / pos_id', 'refused'],
    [400, 'validation error', 'refused'],
  ])('reads HTTP %i with the published "%s" as %s', async (status, name, type) => {
    const body = published.get(name);
    expect(body).toBeDefined();
    expect((await cancelAnswered(status, body)).type).toBe(type);
  });

  it.each([
    ['an array of one', [transaction()], 'cancelled'],
    ['one object', transaction(), 'cancelled'],
    ['the code as a number', [transaction({ status_code: 6007 })], 'cancelled'],
    [
      'the identifier of the POS in capitals',
      transaction({ pos_id: credentials.pos_id.toUpperCase() }),
      'cancelled',
    ],
    ['an array of two', [transaction(), transaction()], 'unknown'],
    ['an empty array', [], 'unknown'],
    ['another order', [transaction({ order_id: '124' })], 'unknown'],
    ['another POS', [transaction({ pos_id: '00000000-0000-4000-8000-000000000000' })], 'unknown'],
    ['a failure by itself', [transaction({ status_code: '4009' })], 'refused'],
    ['a failure that nobody documented', [transaction({ status_code: '4999' })], 'unknown'],
    ['6007 of a refund', [transaction({ method: 'refund' })], 'unknown'],
    ['a failure without a code', [transaction({ status_code: null })], 'unknown'],
    ['a success with the code 6007', [transaction({ status: 'success' })], 'unknown'],
    ['a status that nobody documented', [transaction({ status: 'rejected' })], 'unknown'],
    ['an error without a meaning', { message: 'Oops', args: { code: 'X-1' } }, 'unknown'],
  ])('reads %s', async (_what, body, type) => {
    expect((await cancelAnswered(200, body)).type).toBe(type);
  });

  it.each([
    [400, { message: 'Invalid operation', args: { code: 4150 } }, 'refused', '4150'],
    [404, { message: 'Not found', args: [{ field_name: 'order_id' }] }, 'refused', 'http_404'],
    [405, { message: 'Method not allowed', args: { code: 'P-405' } }, 'refused', 'P-405'],
    [406, { message: 'Not acceptable', args: { code: 'P-406' } }, 'refused', 'P-406'],
    [429, 'slow down', 'refused', 'http_429'],
    [401, 'no', 'refused', 'http_401'],
    [403, 'no', 'refused', 'http_403'],
    [302, { message: 'Invalid pos_id field or credentials', args: { code: 'S-404' } }, 'unknown', undefined],
    [404, { message: 'Invalid pos_id field or credentials', args: { code: 'S-404' } }, 'refused', 'S-404'],
    [200, { message: 'Invalid pos_id field or credentials', args: { code: 'S-404' } }, 'refused', 'S-404'],
    [400, [transaction()], 'unknown', undefined],
    [404, '<html>', 'unknown', undefined],
    [408, { message: 'Time-out', args: { code: 'P-408' } }, 'unknown', undefined],
    [409, { message: 'Conflict', args: { code: 'P-409' } }, 'unknown', undefined],
    [500, { message: 'Error', args: { code: 'S-404' } }, 'unknown', undefined],
    [503, { message: 'Unavailable', args: { code: 'P-503' } }, 'unknown', undefined],
  ])('reads HTTP %i with %j as %s', async (status, body, type, code) => {
    const outcome = await cancelAnswered(status, body);
    expect(outcome).toMatchObject(code === undefined ? { type } : { type, code });
    expect(outcome.says).toMatch(/\S \S.*[.]$/);
  });

  it('sends the operator to the credentials when the code is S-404', async () => {
    const sim = stoppedAfterTest(await startTranzzoSimulator(credentials));
    const reference = 'order-1001-unpaid';
    const outcome = await tranzzo(sim.url, { api_secret: 'wrong' }).cancel({ ...order, payment: reference });
    expect(outcome).toMatchObject({ type: 'refused', code: 'S-404' });
    expect(outcome.says).toContain('credentials');
    expect(sim.effects(reference)).toBe(0);
  });

  it('repeats at most 200 characters of Tranzzo, and no secret', async () => {
    const message = `CPAY ${credentials.api_key}:${credentials.api_secret} ${'💸'.repeat(500)}`;
    const { says } = await cancelAnswered(400, { message, args: [] });
    expect(says).not.toContain(credentials.api_key);
    expect(says).not.toContain(credentials.api_secret);
    expect(/"(.*)"/u.exec(says)?.[1]).toBe(`CPAY …:… ${'💸'.repeat(191)}`);
  });
});
