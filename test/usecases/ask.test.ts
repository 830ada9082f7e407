import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, type Money } from '../../src/domain/money.ts';
import { sizeOf } from '../../src/usecases/sizeOf.ts';
import { anEvidence } from '../domain/aRequest.ts';

const pln = (minor: bigint): Money => ({ minor, currency: 'PLN' });

/** How much is cancelled of a payment of which earlier parts took something. */
function size(part: string | null, amount: Money | null, gone = 0n, needsAmount = true) {
  return sizeOf({ payment: 'p1', details: {}, part }, { ...anEvidence, amount }, gone, needsAmount);
}

const allOf = (amount: Money | null) => ({ ok: true, amount });
const fault = (field: string, says: string) => ({ ok: false, faults: { [field]: says } });

describe('of a payment of 480.00 PLN', () => {
  it('the whole is all of it', () => {
    expect(size(null, pln(48_000n))).toEqual(allOf(pln(48_000n)));
  });

  it('the whole is what earlier parts left', () => {
    expect(size(null, pln(48_000n), 47_999n)).toEqual(allOf(pln(1n)));
  });

  it.each([
    ['0.01', 1n],
    ['50', 5000n],
    ['49.9', 4990n],
    ['49.90', 4990n],
    ['480.00', 48_000n],
  ])('a part of %s is %i minor units', (part, minor) => {
    expect(size(part, pln(48_000n))).toEqual(allOf(pln(minor)));
  });

  it.each([
    ['480.01', 0n],
    ['480.00', 1n],
    ['0.02', 47_999n],
  ])('a part of %s is too large where %i are gone', (part, gone) => {
    expect(size(part, pln(48_000n), gone)).toEqual(
      fault('part', 'The part is larger than what is left of the payment.'),
    );
  });

  it.each(['0', '0.00', '-1', '1e2', '49.905', 'half', '', '49,90', '1 000', '50 PLN'])(
    'a part of "%s" is no amount',
    (part) => {
      expect(size(part, pln(48_000n))).toEqual(fault('part', 'Enter an amount in PLN such as 12.50.'));
    },
  );

  it.each([
    ['the whole', null, 48_000n],
    ['a part', '0.01', 48_000n],
    ['the whole, where too much is gone', null, 48_001n],
  ])('nothing is left for %s', (_what, part, gone) => {
    expect(size(part, pln(48_000n), gone)).toEqual(
      fault('part', 'Nothing is left of this payment: earlier requests cancelled all of it.'),
    );
  });
});

describe('of a payment of nobody knows how much', () => {
  it('the whole can be cancelled where the provider needs no amount', () => {
    expect(size(null, null, 0n, false)).toEqual(allOf(null));
  });

  it('nothing can be cancelled where the provider needs the amount', () => {
    expect(size(null, null, 0n, true)).toEqual(
      fault('account', 'The provider could not be asked how much the payment is; please try again later.'),
    );
  });

  it.each([true, false])(
    'no part can be cancelled, whether the provider needs the amount or not',
    (needs) => {
      expect(size('1.00', null, 0n, needs)).toEqual(
        fault('part', 'The provider did not say how much the payment is, so no part can be cancelled.'),
      );
    },
  );
});

describe('of any payment', () => {
  const currency = fc.constantFrom('PLN', 'JPY', 'KWD', 'CLF');
  const minor = fc.bigInt({ min: 1n, max: 1000n });

  it('a part fits exactly where it is not larger than what is left', () => {
    fc.assert(
      fc.property(currency, minor, minor, minor, (code, whole, gone, wanted) => {
        const part = { minor: wanted, currency: code };
        const result = size(decimalText(part), { minor: whole, currency: code }, gone);
        expect(result.ok).toBe(wanted <= whole - gone);
        expect(result.ok ? result.amount : part).toEqual(part);
      }),
    );
  });

  it('parts, one after the other, never come to more than the whole, and the rest ends it', () => {
    fc.assert(
      fc.property(currency, minor, fc.array(minor, { maxLength: 8 }), (code, whole, parts) => {
        const amount = { minor: whole, currency: code };
        let gone = 0n;
        for (const wanted of parts) {
          const taken = size(decimalText({ minor: wanted, currency: code }), amount, gone);
          gone += taken.ok ? (taken.amount?.minor ?? 0n) : 0n;
          expect(gone).toBeLessThanOrEqual(whole);
        }
        const rest = size(null, amount, gone);
        expect(rest.ok ? rest.amount?.minor : 0n).toBe(whole - gone);
      }),
    );
  });
});
