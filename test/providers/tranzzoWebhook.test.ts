import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { signTranzzoData } from '../../providers/tranzzoWebhook.ts';
import { signTranzzoWebhook } from '../../sandbox/tranzzoWebhook.ts';
import type { RawWebhook, ReadWebhook } from '../../src/domain/provider.ts';
import { credentials, transaction, tranzzo } from './tranzzoAccount.ts';

const read = (raw: RawWebhook, settings: object = {}): ReadWebhook =>
  tranzzo('http://127.0.0.1:1', settings).readWebhook(raw);

const signed = (changes: object = {}) => signTranzzoWebhook(credentials, 'shop-ua', transaction(changes));

/** The form with one part changed. */
function withPart(raw: RawWebhook, part: 'data' | 'signature', change: (text: string) => string): RawWebhook {
  const form = new URLSearchParams(raw.body);
  form.set(part, change(form.get(part) ?? ''));
  return { ...raw, body: form.toString() };
}

const otherStart = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);

/** The id under which it is recorded; undefined when it was turned away. */
function idOf(raw: RawWebhook): string | undefined {
  const result = read(raw);
  return result.authentic ? result.notice.id : undefined;
}

const Vectors = z.object({
  webhook_vectors: z.array(
    z.object({
      note: z.string(),
      raw: z.string(),
      data: z.string(),
      secret: z.string(),
      signature: z.string(),
    }),
  ),
});
const file = readFileSync(new URL('../vectors/tranzzo-examples.json', import.meta.url), 'utf8');
const vectors = Vectors.parse(JSON.parse(file)).webhook_vectors;

/** As the facts say: base64url with padding of the raw SHA-1 of secret, data and secret again. */
async function signAgain(data: string, secret: string): Promise<string> {
  const bytes = new TextEncoder().encode([secret, data, secret].join(''));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return btoa(String.fromCharCode(...digest)).replace(/[+/]/g, (sign) => (sign === '+' ? '-' : '_'));
}

describe('the signature of a Tranzzo web-hook', () => {
  it.each(vectors)('is that of the vendor: $note', ({ data, secret, signature }) => {
    expect(signTranzzoData(data, secret)).toBe(signature);
  });

  it('is the published one', () => {
    expect(signTranzzoData('eyJuYW1lIjoiSm9lIiwiYWdlIjoyMH0=', 'changeme')).toBe(
      'Bcj3hb-h00HrEMIoJ5nPW5ZHlVQ=',
    );
  });

  it('agrees with a second reading of the page for 10,000 random texts and secrets', async () => {
    const Text = fc.string({ unit: 'binary', maxLength: 80 });
    const same = fc.asyncProperty(Text, Text, async (raw, secret) => {
      const data = Buffer.from(raw).toString('base64url');
      expect(signTranzzoData(data, secret)).toBe(await signAgain(data, secret));
    });
    await fc.assert(same, { numRuns: 10_000, seed: 20_261_121 });
  });
});

describe('a Tranzzo web-hook', () => {
  it('is a reason to look up, whatever it says of the payment', () => {
    for (const status of ['init', 'pending', 'success', 'failure']) {
      expect(read(signed({ status }))).toEqual({
        authentic: true,
        notice: {
          id: idOf(signed({ status })),
          payment: '123',
          meaning: 'look_up',
          reference: null,
          says: 'Tranzzo reported on this order.',
        },
        reply: { status: 200, contentType: 'text/plain', body: 'OK' },
      });
    }
  });

  it('is read from the published cancellation, signed by the vendor', () => {
    const vector = vectors.find(({ note }) => note.startsWith('cancelled payment'));
    const body = new URLSearchParams({
      data: vector?.data ?? '',
      signature: vector?.signature ?? '',
    }).toString();
    const raw = { method: 'POST', target: '/webhooks/shop-ua', headers: {}, body };
    const notice = { payment: '123', meaning: 'look_up' };
    expect(read(raw, { api_secret: 'changeme' })).toMatchObject({ authentic: true, notice });
    expect(read(raw).authentic).toBe(false);
  });

  it('is the same when it is repeated, and another when anything changed', () => {
    expect(idOf(signed())).toMatch(/^[0-9a-f]{64}$/);
    expect(idOf(signed())).toBe(idOf(signed()));
    expect(idOf(signed({ status: 'success' }))).not.toBe(idOf(signed()));
  });

  it('takes the identifier of the POS in capitals', () => {
    const raw = signed({ pos_id: credentials.pos_id.toUpperCase() });
    expect(read(raw)).toMatchObject({ notice: { meaning: 'look_up' } });
  });

  it.each([
    ['another POS', { pos_id: '00000000-0000-4000-8000-000000000000' }],
    ['an order id that the form would never take', { order_id: '../../admin' }],
    ['an order id that Postgres would never take', { order_id: 'a\u0000b' }],
  ])('is acknowledged and means nothing with %s', (_what, changes) => {
    const notice = { meaning: 'nothing', payment: null };
    expect(read(signed(changes))).toMatchObject({ authentic: true, notice, reply: { status: 200 } });
  });

  it.each([
    ['a changed signature', withPart(signed(), 'signature', otherStart)],
    ['a signature without its padding', withPart(signed(), 'signature', (text) => text.replace('=', ''))],
    ['only the start of the signature', withPart(signed(), 'signature', (text) => text.slice(0, 10))],
    ['an empty signature', withPart(signed(), 'signature', () => '')],
    [
      'the signature in hex',
      withPart(signed(), 'signature', (text) => Buffer.from(text, 'base64url').toString('hex')),
    ],
    ['changed data', withPart(signed(), 'data', (text) => `${text}AA`)],
    ['other data', withPart(signed(), 'data', () => 'e30=')],
    ["another's secret", signTranzzoWebhook({ api_secret: 'changeme' }, 'shop-ua', transaction())],
    ['no signature', { ...signed(), body: 'data=e30%3D' }],
    ['no data', { ...signed(), body: 'signature=e30%3D' }],
    ['an empty body', { ...signed(), body: '' }],
    ['JSON in place of a form', { ...signed(), body: JSON.stringify(transaction()) }],
    ['GET', { ...signed(), method: 'GET' }],
    ['a megabyte of it', { ...signed(), body: `${signed().body}&x=${'x'.repeat(1_000_000)}` }],
    ['no transaction in it', signTranzzoWebhook(credentials, 'shop-ua', { name: 'Joe', age: 20 })],
    ['an order id that is no text', signed({ order_id: 123 })],
    ['a list in it', signTranzzoWebhook(credentials, 'shop-ua', [transaction()])],
  ])('is turned away with %s', (_what, raw) => {
    const result = read(raw);
    expect(result.authentic).toBe(false);
    const told = JSON.stringify(result);
    for (const secret of [credentials.api_secret, credentials.api_key, credentials.endpoints_key, 'Joe']) {
      expect(told).not.toContain(secret);
    }
  });

  it('is turned away when its signature is right and its data are no JSON', () => {
    const data = Buffer.from('{"pos_id":').toString('base64url');
    const signature = signTranzzoData(data, credentials.api_secret);
    const body = new URLSearchParams({ data, signature }).toString();
    expect(read({ ...signed(), body }).authentic).toBe(false);
  });
});
