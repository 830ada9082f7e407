import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../providers/exchange.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

describe('parseJson', () => {
  it('reads whatever JSON can say', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });

  it.each([
    ['a text', '"a: b"'],
    ['a text that looks like keys', '{"a":"{\\"a\\":1,\\"a\\":2}","b":"x\\": "}'],
    ['the same key in two objects', '{"a":{"a":1},"b":[{"a":1},{"a":2}]}'],
    ['keys of quotes, colons and backslashes', '{"\\"":1,":":2,"\\\\":3,"\\\\\\"":4,"":5}'],
    ['a key that could reach a prototype', '{"__proto__":1,"constructor":{"__proto__":2}}'],
    ['space around a colon', '{"a" \n\t:\r 1}'],
    ['nothing', '{}'],
    ['null', 'null'],
  ])('reads %s', (_what, text) => {
    expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ['a no and a yes', '{"result":0,"result":1}'],
    ['the same twice', '{"result":1,"result":1}'],
    ['a key written in two ways', '{"result":0,"r\\u0065sult":1}'],
    ['a key with space before its colon', '{"result":0,"result" :1}'],
    ['a pair deep within', '[[{"a":{"b":[{"c":1,"d":2,"c":3}]}}]]'],
    ['a prototype twice', '{"__proto__":1,"__proto__":2}'],
    ['a pair of nothing', '{"":1,"":2}'],
    ['a pair after a text of a backslash', '{"x":"\\\\","a":1,"a":2}'],
  ])('refuses a key that comes twice: %s', (_what, text) => {
    expect(() => void JSON.parse(text)).not.toThrow();
    expect(parseJson(text)).toBeUndefined();
  });

  it.each([
    ['an empty text', ''],
    ['half of it', '{"result":1'],
    ['two of it', '{"result":1}{"result":1}'],
    ['what was not UTF-8', '{"result":1,"said":"\ufffd"}'],
    ['a depth beyond reason', nested(1_000_000)],
  ])('refuses %s', (_what, text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  it.each([
    ['a text', `{"a":"${'x'.repeat(5_000_000)}"}`],
    ['a text of escapes', `{"a":"${'\\"'.repeat(2_000_000)}"}`],
    ['many keys', `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['space', `{"a"${' '.repeat(5_000_000)}:1}`],
    // With the square of their length these would take hours, and the test would run into its limit.
  ])('reads a great deal of %s in one go', (_what, text) => {
    expect(parseJson(text)).toBeDefined();
  });

  it('does not stumble over quotes that never close', () => {
    expect(parseJson(`{"a":${'"'.repeat(1_000_001)}`)).toBeUndefined();
  });

  it('marks what no record can keep: a NUL, and half a character', () => {
    expect(parseJson('{"a":"x\\u0000y","b":["\\ud83d"]}')).toEqual({ a: 'x\ufffdy', b: ['\ufffd'] });
  });
});
