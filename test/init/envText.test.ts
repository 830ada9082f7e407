import { parseEnv } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toEnvText } from '../../src/init/envText.ts';

describe('a file of variables', () => {
  it('is read by Node.js as it was meant, or is not written', () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[a-z'"`\\$#= ]{0,12}$/),
    );
    let written = 0;
    fc.assert(
      fc.property(value, (given) => {
        let text: string;
        try {
          text = toEnvText({ FIRST: given, SECOND: 'after it' });
        } catch {
          return;
        }
        written += 1;
        expect(parseEnv(text)).toEqual({ FIRST: given, SECOND: 'after it' });
      }),
      { numRuns: 2000 },
    );
    expect(written).toBeGreaterThan(1000);
  });

  it.each(['both \' and "', 'two\nlines'])('cannot hold %j', (value) => {
    expect(() => toEnvText({ SOME_SECRET: value })).toThrow(/^SOME_SECRET can't be written/);
  });
});
