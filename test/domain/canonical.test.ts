import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Canonical, canonicalJson } from '../../src/domain/canonical.ts';

// https://www.rfc-editor.org/rfc/rfc8785
describe('canonicalJson, as RFC 8785 has it', () => {
  it('writes no white space and keeps the order of lists (3.2.1)', () => {
    expect(canonicalJson({ list: [3, 1, [], {}], text: 'a b' })).toBe('{"list":[3,1,[],{}],"text":"a b"}');
  });

  it('writes literals as they are (3.2.2)', () => {
    expect(canonicalJson([null, true, false])).toBe('[null,true,false]');
  });

  it('escapes what must be escaped, as short as can be, and nothing else (3.2.2.2)', () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
    expect(canonicalJson('\b\t\n\f\r\0\u001f')).toBe('"\\b\\t\\n\\f\\r\\u0000\\u001f"');
    expect(canonicalJson('\u007f\u0080\u2028\ufeff😀</script>')).toBe(
      '"\u007f\u0080\u2028\ufeff😀</script>"',
    );
  });

  it('does not normalise Unicode: what looks the same stays different (3.1)', () => {
    expect(canonicalJson('\u00e9')).not.toBe(canonicalJson('e\u0301'));
  });

  it.each([
    [0, '0'],
    // A negative zero is written as ECMAScript writes it, without its sign (3.2.2.3).
    [-0, '0'],
    [-7, '-7'],
    [1_000_000, '1000000'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [Number.MIN_SAFE_INTEGER, '-9007199254740991'],
  ])('writes %d as %s', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it('sorts names by UTF-16 code units, so that an emoji comes before a Hebrew letter (3.2.3)', () => {
    const names = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    };
    expect(canonicalJson(names)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it('sorts by code units, not as a language would, and numbers as text', () => {
    expect(canonicalJson({ b: 1, B: 1, a: 1, ä: 1, '': 1, '10': 1, '9': 1, aa: 1 })).toBe(
      '{"":1,"10":1,"9":1,"B":1,"a":1,"aa":1,"b":1,"ä":1}',
    );
  });

  it('sorts at every depth', () => {
    expect(canonicalJson({ b: [{ d: 1, c: { f: 1, e: 2 } }], a: null })).toBe(
      '{"a":null,"b":[{"c":{"e":2,"f":1},"d":1}]}',
    );
  });

  it('treats __proto__ as any other name', () => {
    const odd: Record<string, Canonical> = Object.fromEntries([
      ['__proto__', 1],
      ['a', 2],
    ]);
    expect(canonicalJson(odd)).toBe('{"__proto__":1,"a":2}');
  });
});

describe('canonicalJson refuses', () => {
  it.each([2 ** 53, -(2 ** 53), 1e21, 0.5, 1e-7, Number.NaN, Infinity, -Infinity])(
    'the number %d',
    (number) => {
      expect(() => canonicalJson({ in: [number] })).toThrow(RangeError);
    },
  );

  it.each([
    ['high', '\ud83d'],
    ['low', '\ude00'],
    ['high before a letter', '\ud83dx'],
    ['pair the wrong way round', '\ude00\ud83d'],
  ])('a lone surrogate (%s), in a text and in a name', (_which, text) => {
    expect(() => canonicalJson({ in: [`a${text}b`] })).toThrow(RangeError);
    expect(() => canonicalJson({ in: { [`a${text}b`]: 1 } })).toThrow(RangeError);
  });
});

// Only for the type: what JSON reads is canonical but for its numbers.
const Anything = z.custom<Canonical>();

describe('canonicalJson of anything', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('"', '\\', '\n', '\u2028', '\ufb33', '😀'),
    ),
  });
  // A name with an escape is sometimes misread by JSON.parse itself: https://github.com/nodejs/node/issues/63785
  const bareName = text.filter((one) => JSON.stringify(one).length === one.length + 2);
  const { anything } = fc.letrec<{ anything: Canonical }>((tie) => ({
    anything: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('anything'), { maxLength: 4 }),
      fc.dictionary(bareName, tie('anything'), { maxKeys: 4 }),
    ),
  }));

  const reversed = (value: Canonical): Canonical => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(reversed);
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([name, member]) => [name, reversed(member)]),
    );
  };

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of names', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is the same when it is read and written again', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const once = canonicalJson(value);
        expect(canonicalJson(Anything.parse(JSON.parse(once)))).toBe(once);
      }),
    );
  });
});
