import { describe, expect, it } from 'vitest';
import { json } from '../../sandbox/simulator.ts';
import { answering } from './answering.ts';
import { cancelled, orderOf, PAYMENT, published, publishedCodes, sibs } from './sibsAccount.ts';

async function cancelAnswered(status: number, body: unknown) {
  return sibs((await answering(json(status, body))).url).cancel(orderOf(500n));
}

const code = (statusCode: string) => ({ returnStatus: { statusCode } });

describe('the answer to a SIBS cancellation', () => {
  it.each([
    ['cancellation answer, field set', 'cancelled'],
    ['capture (PT page)', 'unknown'],
  ])('is read as published: "%s"', async (name, type) => {
    const body = published(name).response;
    expect(body).toBeTypeOf('object');
    expect((await cancelAnswered(200, body)).type).toBe(type);
  });

  it('gives the new id as the reference', async () => {
    expect(await cancelAnswered(200, cancelled())).toMatchObject({ reference: 's2CB2CH3U91PdGDHsacJ' });
  });

  it.each([
    ['Success', 200, cancelled(), 'cancelled'],
    ['Success without an amount', 200, cancelled({ amount: undefined }), 'cancelled'],
    ['the amount as text', 200, cancelled({ amount: { value: '5.0', currency: 'PLN' } }), 'cancelled'],
    ['another amount', 200, cancelled({ amount: { value: 480, currency: 'PLN' } }), 'unknown'],
    ['another currency', 200, cancelled({ amount: { value: 5, currency: 'EUR' } }), 'unknown'],
    [
      'an amount that nobody can read',
      200,
      cancelled({ amount: { value: 'five', currency: 'PLN' } }),
      'unknown',
    ],
    ['the id of the original', 200, cancelled({ transactionID: PAYMENT }), 'unknown'],
    ['no id', 200, cancelled({ transactionID: undefined }), 'unknown'],
    ['an empty id', 200, cancelled({ transactionID: ' ' }), 'unknown'],
    ['Pending', 200, cancelled({ paymentStatus: 'Pending' }), 'accepted'],
    ['InProcessing', 200, cancelled({ paymentStatus: 'InProcessing' }), 'accepted'],
    ['Declined', 200, cancelled({ paymentStatus: 'Declined' }), 'refused'],
    ['Timeout', 200, cancelled({ paymentStatus: 'Timeout' }), 'unknown'],
    ['Error', 200, cancelled({ paymentStatus: 'Error' }), 'unknown'],
    ['Partial', 200, cancelled({ paymentStatus: 'Partial' }), 'unknown'],
    ['no status', 200, cancelled({ paymentStatus: null }), 'unknown'],
    ['"000" alone', 200, code('000'), 'unknown'],
    ['0 as a number', 200, cancelled({ returnStatus: { statusCode: 0 } }), 'unknown'],
    ['no returnStatus', 200, cancelled({ returnStatus: undefined }), 'unknown'],
    ['Success beside E0520', 200, cancelled({ returnStatus: { statusCode: 'E0520' } }), 'unknown'],
    ['Success beside E0612 (HTTP 409)', 409, cancelled({ returnStatus: { statusCode: 'E0612' } }), 'unknown'],
    ['Expired', 200, cancelled({ paymentStatus: 'Expired' }), 'unknown'],
    [
      'Pending without an id',
      200,
      cancelled({ paymentStatus: 'Pending', transactionID: undefined }),
      'unknown',
    ],
    ['Success with HTTP 201', 201, cancelled(), 'unknown'],
    ['Success with HTTP 400', 400, cancelled(), 'unknown'],
  ])('with %s (HTTP %i) is not misread', async (_what, status, body, type) => {
    const outcome = await cancelAnswered(status, body);
    expect(outcome.type, outcome.says).toBe(type);
  });

  it.each([
    [200, code('E0520'), 'refused', 'E0520'],
    [409, code('E0520'), 'refused', 'E0520'],
    [200, code('E0501'), 'refused', 'E0501'],
    [200, code('E0612'), 'refused', 'E0612'],
    [200, code('E0613'), 'refused', 'E0613'],
    [200, code('10.106.0001'), 'refused', '10.106.0001'],
    [400, code('E0101'), 'refused', 'E0101'],
    [400, {}, 'refused', 'http_400'],
    [401, {}, 'refused', 'http_401'],
    [403, {}, 'refused', 'http_403'],
    [404, {}, 'refused', 'http_404'],
    [405, {}, 'refused', 'http_405'],
    [429, {}, 'refused', 'http_429'],
    [400, code('12.110.1201'), 'refused', '12.110.1201'],
    [400, code('12.110.1301'), 'refused', '12.110.1301'],
    [400, code('000'), 'unknown', undefined],
    [401, code('000'), 'unknown', undefined],
    [200, code('12.110.1201'), 'unknown', undefined],
    [409, code('12.110.1301'), 'unknown', undefined],
    [400, code('00.110.1601'), 'unknown', undefined],
    [400, code('T9999'), 'unknown', undefined],
    [404, code('T9999'), 'unknown', undefined],
    [302, code('E0520'), 'unknown', undefined],
    [502, code('E0520'), 'unknown', undefined],
    [200, code('00.110.1601'), 'unknown', undefined],
    [200, code('E9999'), 'unknown', undefined],
    [200, code('constructor'), 'unknown', undefined],
    [409, {}, 'unknown', undefined],
    [408, code('E0520'), 'unknown', undefined],
    [500, code('E0520'), 'unknown', undefined],
    [503, code('T9999'), 'unknown', undefined],
  ])('HTTP %i with %j is %s', async (status, body, type, expected) => {
    const outcome = await cancelAnswered(status, body);
    expect(outcome).toMatchObject(expected === undefined ? { type } : { type, code: expected });
    expect(outcome.says).toMatch(/\S \S.*[.]$/);
  });

  it.each(publishedCodes().filter((each) => /^(E|10\.)/.test(each)))(
    'says in a sentence what %s means, and that nothing was done',
    async (each) => {
      for (const status of [200, 400, 409]) {
        const outcome = await cancelAnswered(status, code(each));
        expect(outcome).toMatchObject({ type: 'refused', code: each });
        expect(outcome.says).toMatch(/\S \S.*[.]$/);
      }
    },
  );

  it.each(publishedCodes().filter((each) => !/^(E|10\.)/.test(each)))(
    'leaves open what %s did',
    async (each) => {
      expect((await cancelAnswered(200, code(each))).type).toBe('unknown');
    },
  );

  it.each([
    ['E0101', 401],
    ['E0501', 403],
    ['', 401],
  ])('sends the operator to the credentials with code "%s" and HTTP %i', async (each, status) => {
    const outcome = await cancelAnswered(status, code(each));
    expect(outcome.type).toBe('refused');
    expect(outcome.says).toContain('does not accept our token');
  });

  it.each([
    ['E0520', 'refund'],
    ['E0613', 'refund'],
    ['E0612', 'cancelled already'],
  ])('names the remedy of %s: %s', async (each, remedy) => {
    expect((await cancelAnswered(409, code(each))).says).toContain(remedy);
  });
});
