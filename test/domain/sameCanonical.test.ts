import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Canonical, canonicalJson, isCanonical, isSame } from '../../src/domain/canonical.ts';

describe('isCanonical', () => {
  it.each([
    '{"a":1,"b":[{"c":"\u20ac","d":null}]}',
    // JSON.parse puts such names into another order.
    '{"10":true,"9":false}',
    '"\ud83d\ude00"',
  ])('takes %s', (text) => {
    expect(isCanonical(text, parse(text))).toBe(true);
  });

  it.each([
    ['white space', '{"a": 1}'],
    ['another order', '{"b":1,"a":2}'],
    ['another order deeper in', '[{"b":1,"a":2}]'],
    ['a name twice', '{"a":1,"a":1}'],
    ['a number in another form', '[1.0]'],
    ['an escape that need not be', '"\\u0061"'],
  ])('refuses %s', (_what, text) => {
    expect(isCanonical(text, parse(text))).toBe(false);
  });

  it.each([
    ['a fraction', '[0.5]'],
    ['a number that a double can not hold', '[9007199254740993]'],
    ['a lone surrogate', '"\\ud800"'],
    ['a lone surrogate in a name', '{"\\ud800":1}'],
  ])('has no answer to %s, which has no canonical form', (_what, text) => {
    expect(() => isCanonical(text, parse(text))).toThrow(RangeError);
  });

  it('agrees with canonicalJson', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        const value = parse(text);
        expect(textOrFault(() => String(isCanonical(text, value)))).toBe(
          textOrFault(() => String(canonicalJson(value) === text)),
        );
      }),
    );
  });
});

describe('isSame', () => {
  it('says of two values whether they have one canonical form', () => {
    const value = fc.jsonValue({ maxDepth: 2 }).map((one) => parse(JSON.stringify(one)));
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(isSame(a, parse(JSON.stringify(a)))).toBe(true);
        expect(isSame(a, b)).toBe(isDeepStrictEqual(a, b));
      }),
    );
  });

  it.each([
    [{ a: null }, {}],
    [{}, { a: null }],
    [[], {}],
    [{}, []],
    [[1], [1, 2]],
    [{ a: 1 }, { b: 1 }],
    [null, {}],
    [0, null],
  ] as const)('tells %j from %j', (a, b) => {
    expect(isSame(a, b)).toBe(false);
  });
});

const Parsed = z.custom<Canonical>();
function parse(text: string): Canonical {
  return Parsed.parse(JSON.parse(text));
}

function textOrFault(work: () => string): string {
  try {
    return work();
  } catch {
    return 'has no canonical form';
  }
}
