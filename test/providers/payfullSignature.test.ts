import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sign } from '../../providers/payfull.ts';
import { answering, orderTo } from './answering.ts';
import { payfull } from './payfullAccount.ts';

describe('a Payfull hash', () => {
  const Vector = z.object({
    params: z.record(z.string(), z.union([z.string(), z.number()]).transform(String)),
    secret: z.string(),
    signature: z.string(),
    note: z.string(),
  });
  const file = readFileSync(new URL('../vectors/payfull.json', import.meta.url), 'utf8');

  it.each(z.array(Vector).length(36).parse(JSON.parse(file)))(
    'agrees with the vendor: $note',
    ({ params, secret, signature }) => {
      expect(sign(params, secret)).toBe(signature);
    },
  );

  it('agrees with the facts over 10,000 random forms', () => {
    const name = fc.stringMatching(/^[a-z_]{1,16}$/);
    const value = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 10 }), value, (params, password) => {
        expect(sign(params, password)).toBe(hashedByTheBook(params, password));
      }),
      { numRuns: 10_000, seed: 1042 },
    );
  });
});

describe('what Payfull is sent', () => {
  it('is ASCII and never empty, so that all ways to count and to skip agree', async () => {
    const sim = await answering({ status: 200, contentType: 'text/plain', body: '' });
    const provider = payfull(sim.url);
    const subject = { payment: 'T4U_8d8125d10a_481a77f38', details: {}, key: 'c1042k7f3a9d2e5b8' };
    await provider.cancel(orderTo(subject, 'Zahlung zurück 😀'));
    await provider.lookUp(subject);
    await provider.lookUp({ ...subject, sent: { reference: null } });

    expect(sim.calls).toHaveLength(5);
    for (const { body } of sim.calls) {
      for (const [name, value] of new URLSearchParams(body)) expect(value, name).toMatch(/^[ -~]+$/);
    }
  });
});

/** Sorted by name in byte order; empty values skipped; length in characters, then the value; HMAC-SHA256. */
function hashedByTheBook(params: Readonly<Record<string, string>>, password: string): string {
  const hmac = createHmac('sha256', Buffer.from(password));
  const names = Object.keys(params).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    const bytes = Buffer.from(params[name] ?? '');
    // In UTF-8 each character has one byte that does not continue another.
    const length = bytes.filter((byte) => (byte & 0xc0) !== 0x80).length;
    if (length > 0) hmac.update(String(length)).update(bytes);
  }
  return hmac.digest('hex');
}
