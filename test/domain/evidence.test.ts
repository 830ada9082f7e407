import { describe, expect, it } from 'vitest';
import { compareEvidence, type Evidence, standings, type Standing } from '../../src/domain/evidence.ts';
import type { Money } from '../../src/domain/money.ts';

const amounts: Readonly<Record<string, Money | null>> = {
  '480 KZT': { minor: 48000n, currency: 'KZT' },
  '481 KZT': { minor: 48100n, currency: 'KZT' },
  '480 UZS': { minor: 48000n, currency: 'UZS' },
  nothing: null,
};

function evidence(standing: Standing, amount = '480 KZT'): Evidence {
  return { standing, says: 'Something.', amount: amounts[amount] ?? null, madeAt: null, facts: {} };
}

describe('compareEvidence', () => {
  const known = standings.filter((standing) => standing !== 'cannot_tell');
  const ended = known.filter((standing) => standing !== 'cancellable');

  it.each(known)('is upheld when %s was frozen and the payment is cancellable', (frozen) => {
    expect(compareEvidence(evidence(frozen), evidence('cancellable'))).toBe('upheld');
  });

  it.each(standings.flatMap((frozen) => ended.map((fresh): [Standing, Standing] => [frozen, fresh])))(
    'is contradicted when %s was frozen and the payment is %s now',
    (frozen, fresh) => {
      expect(compareEvidence(evidence(frozen), evidence(fresh))).toBe('contradicted');
    },
  );

  it.each(known)('is silent when %s was frozen and nobody can tell now', (frozen) => {
    expect(compareEvidence(evidence(frozen), evidence('cannot_tell', 'nothing'))).toBe('silent');
  });

  it('is upheld when nobody could tell and nobody can now', () => {
    const silence = evidence('cannot_tell', 'nothing');
    expect(compareEvidence(silence, silence)).toBe('upheld');
  });

  it('is upheld when nobody could tell and the payment is cancellable', () => {
    expect(compareEvidence(evidence('cannot_tell', 'nothing'), evidence('cancellable'))).toBe('upheld');
  });

  it.each([
    ['480 KZT', '480 KZT', 'upheld'],
    ['480 KZT', '481 KZT', 'contradicted'],
    ['480 KZT', '480 UZS', 'contradicted'],
    ['480 KZT', 'nothing', 'contradicted'],
    ['nothing', '480 KZT', 'upheld'],
    ['nothing', 'nothing', 'upheld'],
  ])('with %s frozen and %s now is %s', (frozen, fresh, result) => {
    expect(compareEvidence(evidence('cancellable', frozen), evidence('cancellable', fresh))).toBe(result);
  });

  it('looks at what the provider knows, not at how it says it', () => {
    const fresh = { ...evidence('cancellable'), says: 'Other words.', madeAt: 'later', facts: { Card: '1' } };
    expect(compareEvidence(evidence('cancellable'), fresh)).toBe('upheld');
  });
});
