import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancellationEvent, signSibsWebhook } from '../../sandbox/sibsWebhook.ts';
import type { RawWebhook, ReadWebhook } from '../../src/domain/provider.ts';
import { credentials, KEY, PAYMENT, publishedWebhooks, sibs } from './sibsAccount.ts';

const webhook_key = '6fNDiYU0T0/evFpmfycNai/AqF24i+rT0OmuVw0/sGQ=';

const read = (raw: RawWebhook, settings: object = {}): ReadWebhook =>
  sibs('http://127.0.0.1:1', { webhook_key, ...settings }).readWebhook(raw);

const event = (changes: object = {}) => ({
  ...cancellationEvent('s2CB2CH3U91PdGDHsacJ', KEY, credentials.terminal_id),
  ...changes,
});
const signed = (changes: object = {}) => signSibsWebhook({ webhook_key }, 'shop-pl', event(changes));

const TAG = 'x-authentication-tag';
const IV = 'x-initialization-vector';

/** With the bytes of a header changed. */
function withHeader(raw: RawWebhook, name: string, change: (bytes: Buffer) => Uint8Array): RawWebhook {
  const bytes = change(Buffer.from(raw.headers[name] ?? '', 'base64'));
  return { ...raw, headers: { ...raw.headers, [name]: Buffer.from(bytes).toString('base64') } };
}

const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte)));

/** As the facts say, by other means than the adapter's: AES-256-GCM, the tag apart from the text. */
async function encryptAgain(key: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>, text: string) {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const algorithm = { name: 'AES-GCM', iv, tagLength: 128 };
  const both = await crypto.subtle.encrypt(algorithm, imported, new TextEncoder().encode(text));
  const body = Buffer.from(both.slice(0, -16)).toString('base64');
  const headers = {
    [IV]: Buffer.from(iv).toString('base64'),
    [TAG]: Buffer.from(both.slice(-16)).toString('base64'),
  };
  return { method: 'POST', target: '/webhooks/shop-pl', headers, body };
}

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('the encryption of a SIBS web-hook', () => {
  it('is opened as published, and acknowledged in the words that SIBS wants', () => {
    const [good] = publishedWebhooks();
    const settings = { webhook_key: good?.key, terminal_id: '50994' };
    const notificationID = 'de64fbe2-0e6e-4d94-b50c-3dac491e76ff';
    expect(good && read(good.raw, settings)).toEqual({
      authentic: true,
      notice: {
        id: notificationID,
        payment: '8vfDedn6RvmEC3WNZTRm',
        meaning: 'look_up',
        reference: null,
        says: 'SIBS reported on this payment.',
      },
      reply: {
        status: 200,
        contentType: 'application/json',
        body: `{"statusCode":"200","statusMsg":"Success","notificationID":"${notificationID}"}`,
      },
    });
  });

  it('is refused as published with a byte of the tag missing', () => {
    const [, damaged] = publishedWebhooks();
    expect(damaged).toBeDefined();
    expect(damaged && read(damaged.raw, { webhook_key: damaged.key }).authentic).toBe(false);
  });

  it.each([4, 8, 12, 13, 14, 15])('is refused with a right tag cut to %i bytes', (length) => {
    const raw = withHeader(signed(), TAG, (tag) => tag.subarray(0, length));
    expect(read(signed()).authentic).toBe(true);
    expect(read(raw)).toEqual({ authentic: false, why: 'not encrypted with our key' });
  });

  it('agrees with a second reading of the page for 10,000 random keys, vectors and events', async () => {
    const id = fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/);
    const same = fc.asyncProperty(
      bytes(32),
      bytes(12),
      id,
      fc.string({ unit: 'binary' }),
      async (key, iv, given, note) => {
        const text = JSON.stringify(event({ notificationID: given, note }));
        const raw = await encryptAgain(new Uint8Array(key), new Uint8Array(iv), text);
        const settings = { webhook_key: Buffer.from(key).toString('base64') };
        const result = read(raw, settings);
        expect(result).toMatchObject({
          authentic: true,
          notice: { id: given, key: KEY, meaning: 'look_up' },
        });
        const body = flip(Buffer.from(raw.body, 'base64')).toString('base64');
        expect(read({ ...raw, body }, settings).authentic).toBe(false);
      },
    );
    await fc.assert(same, { numRuns: 10_000, seed: 20_261_121 });
  }, 60_000);
});

describe('a SIBS web-hook', () => {
  it('about a cancellation names our key and its own id, and only asks to look up', () => {
    expect(read(signed())).toMatchObject({
      authentic: true,
      notice: {
        id: 'notice-of-s2CB2CH3U91PdGDHsacJ',
        payment: null,
        key: KEY,
        meaning: 'look_up',
        reference: 's2CB2CH3U91PdGDHsacJ',
        says: 'SIBS reported on this cancellation.',
      },
    });
  });

  it.each(['AUTH', 'PURS', 'PREF', 'CAPTURE'])('about a payment (%s) asks to look that up', (paymentType) => {
    const result = read(signed({ paymentType, transactionID: PAYMENT }));
    expect(result).toMatchObject({ notice: { payment: PAYMENT, meaning: 'look_up', reference: null } });
  });

  it.each(['Success', 'Pending', 'Declined', 'Timeout', undefined])(
    'never proves a cancellation by itself, with the status %s',
    (paymentStatus) => {
      for (const paymentType of ['AUTH', 'PURS', 'CANC', 'RFND', 'CAPT', null, undefined]) {
        expect(read(signed({ paymentType, paymentStatus }))).toMatchObject({
          notice: { meaning: 'look_up' },
        });
      }
    },
  );

  it.each([
    ['another terminal', { merchant: { transactionId: KEY, terminalId: 25 } }],
    ['a key that is not of ours', { merchant: { transactionId: 'Order Id: r7cxvi0saj', terminalId: 24 } }],
    ['no key', { merchant: { terminalId: 24 } }],
    ['no merchant', { merchant: undefined }],
  ])('is acknowledged and means nothing with %s', (_what, changes) => {
    const notice = { meaning: 'nothing', payment: null, reference: null };
    const result = read(signed(changes));
    expect(result).toMatchObject({ authentic: true, notice, reply: { status: 200 } });
    expect(result).not.toHaveProperty('notice.key');
  });

  it.each([
    ['the terminal as text', { merchant: { transactionId: KEY, terminalId: '24' } }],
    ['no terminal', { merchant: { transactionId: KEY } }],
  ])('is ours with %s', (_what, changes) => {
    expect(read(signed(changes))).toMatchObject({ notice: { key: KEY, meaning: 'look_up' } });
  });

  it.each([
    ['another key', signSibsWebhook({ webhook_key: 'A'.repeat(43) + '=' }, 'shop-pl', event())],
    ['a changed body', { ...signed(), body: flip(Buffer.from(signed().body, 'base64')).toString('base64') }],
    ['a cut body', { ...signed(), body: signed().body.slice(0, -8) }],
    ['plain JSON', { ...signed(), body: JSON.stringify(event()) }],
    ['an empty body', { ...signed(), body: '' }],
    ['a changed vector', withHeader(signed(), IV, flip)],
    ['a vector of 16 bytes', withHeader(signed(), IV, (iv) => Buffer.concat([iv, iv.subarray(0, 4)]))],
    ['a changed tag', withHeader(signed(), TAG, flip)],
    ['a tag of 17 bytes', withHeader(signed(), TAG, (tag) => Buffer.concat([tag, tag.subarray(0, 1)]))],
    ['no headers', { ...signed(), headers: {} }],
    ['GET', { ...signed(), method: 'GET' }],
    ['a megabyte', signed({ note: 'x'.repeat(1_000_000) })],
    ['no notification id', signed({ notificationID: undefined })],
    ['a notification id of 101 characters', signed({ notificationID: 'x'.repeat(101) })],
    ['a notification id with a line break', signed({ notificationID: 'a\nb' })],
    ['no transaction id', signed({ transactionID: undefined })],
    ['a list in it', signSibsWebhook({ webhook_key }, 'shop-pl', [event()])],
  ])('is turned away with %s', (_what, raw) => {
    const result = read(raw);
    expect(result.authentic).toBe(false);
    const told = JSON.stringify(result);
    for (const secret of [webhook_key, credentials.token, credentials.client_id])
      expect(told).not.toContain(secret);
  });

  it('opens with a vector of 16 bytes only for those who do not follow the page', async () => {
    const key = new Uint8Array(Buffer.from(webhook_key, 'base64'));
    const raw = await encryptAgain(key, new Uint8Array(16), JSON.stringify(event()));
    expect(read(raw).authentic).toBe(false);
  });

  it('is turned away while the account has no key for web-hooks', () => {
    expect(read(signed(), { webhook_key: undefined })).toEqual({
      authentic: false,
      why: 'this account has no webhook_key',
    });
  });
});
