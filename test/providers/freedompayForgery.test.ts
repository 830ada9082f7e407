import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resultOf, signFreedompayWebhook } from '../../sandbox/freedompayWebhook.ts';
import type { RawWebhook } from '../../src/domain/provider.ts';
import { create, PAYMENT, SECRET } from './freedompayAnswers.ts';

const NAME = 'hotel-kz';
const account = { secret: SECRET };
const provider = create('https://api.freedompay.kz');
const genuine = signFreedompayWebhook(account, NAME, resultOf(PAYMENT));

/** The genuine call-back with its form changed after it was signed. */
function tampered(change: (form: URLSearchParams) => void): RawWebhook {
  const form = new URLSearchParams(genuine.body);
  change(form);
  return { ...genuine, body: form.toString() };
}

/** Signed by hand: the values as they are given, which is their order. */
function byHand(values: Record<string, string>, script = NAME, secret = SECRET): RawWebhook {
  const text = [script, ...Object.values(values), secret].join(';');
  const pg_sig = createHash('md5').update(text).digest('hex');
  return { ...genuine, body: new URLSearchParams({ ...values, pg_sig }).toString() };
}

describe('a call-back to an account of Freedom Pay', () => {
  it('is authentic when its values are signed in the order of their names', () => {
    const byHandToo = byHand({ pg_payment_id: PAYMENT, pg_salt: 's' });
    for (const raw of [genuine, byHandToo]) expect(provider.readWebhook(raw).authentic).toBe(true);
  });

  it.each(Object.keys(resultOf(PAYMENT)))('is not authentic once its %s is changed or gone', (field) => {
    for (const change of [
      (form: URLSearchParams) => form.set(field, `${form.get(field)}1`),
      (form: URLSearchParams) => form.delete(field),
    ]) {
      expect(provider.readWebhook(tampered(change))).toEqual({
        authentic: false,
        why: 'Its signature is wrong.',
      });
    }
  });

  it.each([
    ['with a field more', tampered((form) => form.append('pg_extra', ''))],
    ['with another salt', tampered((form) => form.set('pg_salt', 'x'))],
    ['without a salt', byHand({ pg_payment_id: PAYMENT })],
    ['with an empty salt', byHand({ pg_payment_id: PAYMENT, pg_salt: '' })],
    ['without a signature', tampered((form) => form.delete('pg_sig'))],
    ['with an empty signature', tampered((form) => form.set('pg_sig', ''))],
    [
      'with half a signature',
      tampered((form) => form.set('pg_sig', (form.get('pg_sig') ?? '').slice(0, 16))),
    ],
    [
      'with its signature in capitals',
      tampered((form) => form.set('pg_sig', (form.get('pg_sig') ?? '').toUpperCase())),
    ],
    ['with its signature twice', tampered((form) => form.append('pg_sig', form.get('pg_sig') ?? ''))],
    ['signed with another secret', signFreedompayWebhook({ secret: 'other' }, NAME, resultOf(PAYMENT))],
    [
      'signed for another account',
      { ...signFreedompayWebhook(account, 'other', resultOf(PAYMENT)), target: genuine.target },
    ],
    [
      'signed for no script',
      { ...signFreedompayWebhook(account, '', resultOf(PAYMENT)), target: genuine.target },
    ],
    ['signed for no script and sent to none', signFreedompayWebhook(account, '', resultOf(PAYMENT))],
    ['by GET', { ...genuine, method: 'GET', target: `${genuine.target}?${genuine.body}`, body: '' }],
    ['by PUT', { ...genuine, method: 'PUT' }],
    ['as plain text', { ...genuine, headers: { 'content-type': 'text/plain' } }],
    [
      'as a form of another kind',
      { ...genuine, headers: { 'content-type': 'multipart/form-data; boundary=x' } },
    ],
    ['without a type', { ...genuine, headers: {} }],
    ['empty', { ...genuine, body: '' }],
    ['as JSON', { ...genuine, body: '{"pg_payment_id":"1"}' }],
    ['too long', tampered((form) => form.set('pg_description', 'x'.repeat(17_000)))],
    [
      'too long, though signed',
      signFreedompayWebhook(account, NAME, resultOf(PAYMENT, { pg_description: 'x'.repeat(17_000) })),
    ],
    ['with broken XML', { ...genuine, body: 'pg_xml=%3Crequest%3E' }],
    [
      'with a DOCTYPE',
      {
        ...genuine,
        body: signFreedompayWebhook(account, NAME, resultOf(PAYMENT), { as: 'xml' }).body.replace(
          '%3Crequest%3E',
          '%3C!DOCTYPE+r%3E%3Crequest%3E',
        ),
      },
    ],
    ['with prototypes for names', { ...genuine, body: '__proto__=1&constructor=2&pg_salt=s&pg_sig=s' }],
  ])('is not authentic %s', (_how, raw) => {
    const read = provider.readWebhook(raw);
    expect(read.authentic).toBe(false);
    expect(read.authentic || read.why).toMatch(/^[A-Z].*[.]$/);
    expect(JSON.stringify(read)).not.toContain(SECRET);
  });
});
