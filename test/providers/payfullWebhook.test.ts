import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readReturn } from '../../providers/payfullWebhook.ts';
import { signPayfullWebhook } from '../../sandbox/payfullWebhook.ts';
import type { RawWebhook } from '../../src/domain/provider.ts';
import { credentials, payfull } from './payfullAccount.ts';

const sale = {
  type: 'Sale',
  status: '1',
  ErrorMSG: '',
  ErrorCode: '00',
  transaction_id: 'T4U_small',
  total: '49.90',
  time: '08-09-2016 03:13:16',
};

function read(raw: RawWebhook) {
  return payfull('http://127.0.0.1:1').readWebhook(raw);
}

function signed(fields: Readonly<Record<string, string>>): RawWebhook {
  return signPayfullWebhook(credentials, fields);
}

/** The same return with a parameter changed, added or, where it is null, taken away, and nothing signed again. */
function changed(raw: RawWebhook, name: string, value: string | null): RawWebhook {
  const form = new URLSearchParams(raw.body);
  if (value === null) form.delete(name);
  else form.set(name, value);
  return { ...raw, body: form.toString() };
}

describe("Payfull's 3-D return", () => {
  const Vector = z.object({
    params: z.record(z.string(), z.string()),
    secret: z.string(),
    signature: z.string(),
    note: z.string(),
  });
  const file = readFileSync(new URL('../vectors/payfull-callback.json', import.meta.url), 'utf8');

  it.each(z.array(Vector).length(2).parse(JSON.parse(file)))(
    'agrees with the plug-in: $note',
    ({ params, secret, signature }) => {
      const body = new URLSearchParams({ ...params, hash: signature, _csrf: 'anything' }).toString();
      expect(readReturn({ ...signed(sale), body }, secret).authentic).toBe(true);
      expect(signPayfullWebhook({ password: secret }, params).body).toContain(signature);
    },
  );

  it('means to ask, and never cancelled', () => {
    const raw = signed(sale);
    expect(read(raw)).toEqual({
      authentic: true,
      notice: {
        id: `T4U_small:${new URLSearchParams(raw.body).get('hash')}`,
        payment: 'T4U_small',
        meaning: 'look_up',
        reference: null,
        says: 'Payfull says that a payment by 3-D Secure succeeded.',
      },
      reply: { status: 200, contentType: 'text/plain', body: 'OK' },
    });
  });

  it.each([
    [{ ...sale, type: 'Cancel' }, 'look_up'],
    [{ ...sale, status: '0', ErrorCode: '08' }, 'look_up'],
    [{ ...sale, transaction_status: 'cancelled' }, 'look_up'],
    [{ ...sale, transaction_id: '', status: '0' }, 'nothing'],
    [{ type: 'Sale', status: '0' }, 'nothing'],
  ])('of %o means %s', (fields, meaning) => {
    const answer = read(signed(fields));
    expect(answer).toMatchObject({ authentic: true, notice: { meaning } });
  });

  it('tells of a sale that failed', () => {
    const answer = read(signed({ ...sale, status: '0', transaction_id: '' }));
    const says = 'Payfull says that a payment by 3-D Secure failed.';
    expect(answer).toMatchObject({ notice: { payment: null, says } });
  });

  it('has the same id when it is repeated, and another for another event', () => {
    const ids = [sale, sale, { ...sale, time: '08-09-2016 03:13:17' }].map((fields) => {
      const answer = read(signed(fields));
      return answer.authentic ? answer.notice.id : '';
    });
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('may name its character set, and carry the token of a shop', () => {
    const headers = { 'content-type': 'Application/x-www-form-urlencoded; charset=UTF-8' };
    expect(read({ ...changed(signed(sale), '_csrf', 'x'), headers }).authentic).toBe(true);
  });
});

describe('a Payfull 3-D return that is not authentic', () => {
  const good = signed(sale);
  it.each<[string, RawWebhook]>([
    ['a GET', { ...good, method: 'GET' }],
    ['JSON', { ...good, headers: { 'content-type': 'application/json' } }],
    ['no content type', { ...good, headers: {} }],
    ['a wrong hash', changed(good, 'hash', '0'.repeat(64))],
    ['an empty hash', changed(good, 'hash', '')],
    ['half a hash', changed(good, 'hash', new URLSearchParams(good.body).get('hash')?.slice(0, 32) ?? '')],
    ['no hash', changed(good, 'hash', null)],
    ['another transaction', changed(good, 'transaction_id', 'T4U_large')],
    ['another status', changed(good, 'status', '0')],
    ['an empty value less', changed(good, 'ErrorMSG', null)],
    ['another parameter', changed(good, 'extra', '1')],
    ['a parameter twice', { ...good, body: `${good.body}&status=1` }],
    ['a parameter twice in two spellings', { ...good, body: `STATUS=0&${good.body}` }],
    ['another password', signPayfullWebhook({ password: 'other' }, sale)],
    ['an endless form', signed({ ...sale, passive_data: 'x'.repeat(9000) })],
    ['no status', signed({ type: 'Sale', transaction_id: 'T4U_small' })],
    ['a status that is none', signed({ ...sale, status: '2' })],
    ['a transaction that is none', signed({ ...sale, transaction_id: '<!channel>' })],
    ['nothing', { ...good, body: '' }],
  ])('has %s', (_what, raw) => {
    const answer = read(raw);
    expect(answer.authentic).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(credentials.password);
    expect(JSON.stringify(answer)).not.toContain('channel');
  });

  it('has anything but what Payfull signed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (body) => {
        expect(read({ ...good, body }).authentic).toBe(false);
      }),
      { numRuns: 2000, seed: 1042 },
    );
  });
});

describe('any Payfull 3-D return', () => {
  it('is verified as it was signed, whatever it carries', () => {
    const name = fc.stringMatching(/^[a-z]{1,10}$/).filter((text) => text !== 'hash');
    const fields = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 20 }), { maxKeys: 8 });
    fc.assert(
      fc.property(fields, (extra) => {
        expect(read(signed({ ...extra, ...sale })).authentic).toBe(true);
      }),
      { numRuns: 2000, seed: 1042 },
    );
  });
});
