import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSatisfied, missing, type Need } from '../../src/domain/policy.ts';

const one = (group: string): readonly Need[] => [{ group, count: 1 }];

describe('missing', () => {
  const finance2risk1 = [
    { group: 'finance', count: 2 },
    { group: 'risk', count: 1 },
  ];

  it.each<[string, string[][], string[]]>([
    ['nobody', [], ['finance', 'finance', 'risk']],
    ['one of finance', [['finance']], ['finance', 'risk']],
    ['a stranger', [['sales']], ['finance', 'finance', 'risk']],
    ['three of finance', [['finance'], ['finance'], ['finance']], ['risk']],
    ['one of both, who fills one place', [['finance', 'risk']], ['finance', 'risk']],
    [
      'two of both',
      [
        ['finance', 'risk'],
        ['finance', 'risk'],
      ],
      ['risk'],
    ],
    ['one of both, who moves over for two of finance', [['finance', 'risk'], ['finance'], ['finance']], []],
  ])('after %s', (_who, approvers, expected) => {
    expect(missing(finance2risk1, approvers)).toEqual(expected);
  });

  it('counts a group that is named twice twice', () => {
    const twice = [...one('finance'), ...one('finance')];
    expect(missing(twice, [['finance']])).toEqual(['finance']);
  });
});

function placesOf(needs: readonly Need[]): string[] {
  return needs.flatMap(({ group, count }) => Array.from({ length: count }, () => group));
}

/** The most places that can be filled, found by trying everything. */
function most(places: readonly string[], [first, ...others]: readonly (readonly string[])[]): number {
  if (first === undefined) return 0;
  const seated = places.flatMap((place, index) =>
    first.includes(place) ? [1 + most(places.toSpliced(index, 1), others)] : [],
  );
  return Math.max(most(places, others), ...seated);
}

describe('whatever is needed and whoever approved', () => {
  const group = fc.constantFrom('a', 'b', 'c');
  const needs = fc.array(fc.record({ group, count: fc.integer({ min: 1, max: 2 }) }), { maxLength: 3 });
  const approvers = fc.array(fc.subarray(['a', 'b', 'c', 'd']), { maxLength: 5 });

  it('as few are missing as can be', () => {
    fc.assert(
      fc.property(needs, approvers, (wanted, people) => {
        const places = placesOf(wanted);
        expect(missing(wanted, people)).toHaveLength(places.length - most(places, people));
        expect(isSatisfied(wanted, people)).toBe(most(places, people) === places.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('the order of approvals makes no difference', () => {
    const inTwoOrders = approvers.chain((people) =>
      fc.tuple(fc.constant(people), fc.shuffledSubarray(people, { minLength: people.length })),
    );
    fc.assert(
      fc.property(needs, inTwoOrders, (wanted, [people, shuffled]) => {
        expect(missing(wanted, shuffled)).toHaveLength(missing(wanted, people).length);
      }),
    );
  });

  it('one person never fills two places', () => {
    fc.assert(
      fc.property(needs, approvers, (wanted, people) => {
        const filled = placesOf(wanted).length - missing(wanted, people).length;
        expect(filled).toBeLessThanOrEqual(people.length);
      }),
    );
  });

  it('one more of each group that is missing completes it', () => {
    fc.assert(
      fc.property(needs, approvers, (wanted, people) => {
        const more = missing(wanted, people).map((name) => [name]);
        expect(isSatisfied(wanted, [...people, ...more])).toBe(true);
        expect(more.length === 0 || !isSatisfied(wanted, [...people, ...more.slice(1)])).toBe(true);
      }),
    );
  });

  it('one more approval never takes a place away', () => {
    fc.assert(
      fc.property(needs, approvers, fc.subarray(['a', 'b', 'c']), (wanted, people, newcomer) => {
        const before = missing(wanted, people).length;
        const after = missing(wanted, [...people, newcomer]).length;
        expect([before, before - 1]).toContain(after);
      }),
    );
  });
});
