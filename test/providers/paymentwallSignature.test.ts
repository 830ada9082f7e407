import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readPingback, sign } from '../../providers/paymentwallWebhook.ts';
import { key, secret } from './paymentwallAccount.ts';

type Form = Parameters<typeof sign>[0];
const Version = z.literal([1, 2, 3]);
const Vector = z.object({
  kind: z.string(),
  sign_version: Version,
  params: z.record(z.string(), z.unknown()),
  secret: z.string(),
  signature: z.string(),
  note: z.string(),
});
const file = readFileSync(new URL('../vectors/paymentwall.json', import.meta.url), 'utf8');
const vectors = z.array(Vector).nonempty().parse(JSON.parse(file));

/** As PHP turns a value into text, which is how the vendor's code signs it. */
function phpText(value: unknown): string {
  return value === true ? '1' : String(value);
}

function texts(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, phpText(value)]));
}

function form(params: Readonly<Record<string, unknown>>): Form {
  const List = z.record(z.string(), z.unknown()).transform(texts);
  const Value = z.union([List, z.unknown().transform(phpText)]);
  return z.record(z.string(), Value).parse(params);
}

describe('a Paymentwall signature', () => {
  // Version 1 is a rule of its own for pingbacks, below.
  it.each(vectors.filter(({ sign_version }) => sign_version !== 1))(
    'agrees with the vendor: $note',
    ({ params, sign_version, secret: own, signature }) => {
      expect(sign(form(params), own, sign_version)).toBe(signature);
    },
  );

  it.each(vectors.filter(({ kind }) => kind === 'pingback'))(
    'of a pingback agrees with the vendor: $note',
    ({ params, sign_version, secret: own, signature }) => {
      const query = new URLSearchParams({ ...texts(params), sig: signature });
      const raw = { method: 'GET', target: `/webhooks/games?${query.toString()}`, headers: {}, body: '' };
      expect(readPingback(raw, { secret: own, sign_version }).authentic).toBe(true);
    },
  );

  it('leaves no vector out', () => {
    const checked = vectors.filter(({ kind, sign_version }) => sign_version !== 1 || kind === 'pingback');
    expect(checked).toHaveLength(32);
  });

  it('is the one that the page prints for its example', () => {
    const example = { key, ref: 'b1563', uid: '218069', type: '1', message: 'Please cancel asap' };
    expect(sign(example, secret, 1)).toBe('9dc4316d3a3d6951d94d1edf6ce735f5');
  });

  it('sorts the entries of a list by number, as PHP does', () => {
    const goods = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [String(index), 'x']));
    const text = Array.from({ length: 11 }, (_, index) => `goodsid[${index}]=x`).join('');
    expect(sign({ goodsid: goods }, secret, 2)).toBe(md5(text + secret));
  });
});

describe('10,000 random forms', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/);
  const value = fc.string({ unit: 'binary', maxLength: 30 });
  const forms = fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value, { maxKeys: 4 })), {
    maxKeys: 10,
  });

  it('are signed as the facts say', () => {
    fc.assert(
      fc.property(forms, value, fc.constantFrom(1, 2, 3), (params, own, version) => {
        expect(sign(params, own, version)).toBe(signedByTheBook(params, own, version));
      }),
      { numRuns: 10_000, seed: 1042 },
    );
  });
});

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** Keys in byte order; `key=value` or `key[sub]=value`, nothing between; the secret; MD5, or SHA-256 for version 3. */
function signedByTheBook(params: Form, own: string, version: 1 | 2 | 3): string {
  const digest = createHash(version === 3 ? 'sha256' : 'md5');
  for (const outer of inByteOrder(params)) {
    const entry = params[outer] ?? '';
    if (typeof entry === 'string') digest.update(`${outer}=${entry}`);
    else for (const inner of inByteOrder(entry)) digest.update(`${outer}[${inner}]=${entry[inner] ?? ''}`);
  }
  return digest.update(own).digest('hex');
}

function inByteOrder(params: object): string[] {
  return Object.keys(params).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
