import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulkDigestOf, bulkStateOf, type FrozenBulk } from '../../src/domain/bulk.ts';
import { isInTrouble } from '../../src/domain/bulkAct.ts';
import { isSatisfied, type Rule } from '../../src/domain/policy.ts';
import { type State, states } from '../../src/domain/request.ts';
import { strictestOf } from '../../src/domain/strictest.ts';
import { totalsOf } from '../../src/domain/totals.ts';

const linesIn = (...given: State[]) => given.map((state) => ({ state }));

const rule = (needs: Readonly<Record<string, number>>, stepUp?: string): Rule => ({
  policy: 'p1',
  needs: Object.entries(needs).map(([group, count]) => ({ group, count })),
  ...(stepUp === undefined ? {} : { stepUp }),
});

const frozen: FrozenBulk = {
  id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d0b1',
  account: 'shop-pl',
  requester: { team: 'T_HOME', user: 'U_MARIA' },
  requestedAt: new Date('2026-11-19T08:00:00Z'),
  deadline: new Date('2026-11-19T16:00:00Z'),
  rule: { policy: 'p1', needs: [{ group: 'finance', count: 1 }] },
  lines: ['a1'.repeat(32), 'b2'.repeat(32)],
};

describe('the digest of a bulk', () => {
  it.each<[string, Partial<FrozenBulk>]>([
    ['id', { id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d0b2' }],
    ['account', { account: 'shop-tr' }],
    ['requester', { requester: { team: 'T_HOME', user: 'U_TOM' } }],
    ['time', { requestedAt: new Date('2026-11-19T08:00:01Z') }],
    ['deadline', { deadline: new Date('2026-11-19T16:00:01Z') }],
    ['rule', { rule: { policy: 'p1', needs: [{ group: 'finance', count: 2 }] } }],
    ['confirmation', { rule: { ...frozen.rule, stepUp: 'I called the shop.' } }],
    ['order of lines', { lines: frozen.lines.toReversed() }],
    ['list of lines, with one less', { lines: frozen.lines.slice(1) }],
    ['list of lines, with one more', { lines: [...frozen.lines, 'c3'.repeat(32)] }],
  ])('is another with another %s', (_what, change) => {
    expect(bulkDigestOf({ ...frozen, ...change })).not.toBe(bulkDigestOf(frozen));
  });

  it('is the same for the same', () => {
    expect(bulkDigestOf(structuredClone(frozen))).toBe(bulkDigestOf(frozen));
  });
});

describe('a bulk', () => {
  it.each([
    ['pending', linesIn('lapsed', 'pending'), false],
    ['sending', linesIn('cancelled', 'approved'), false],
    ['sending', linesIn('cancelled', 'sending'), false],
    ['paused', linesIn('refused', 'approved'), true],
    ['ended', linesIn('refused', 'unknown', 'accepted'), true],
    ['ended', linesIn('rejected'), false],
  ])('is %s', (state, lines, isHalted) => {
    expect(bulkStateOf(lines, isHalted)).toBe(state);
  });

  it.each<[boolean, State[], string]>([
    [true, ['refused', 'unknown', 'approved', 'cancelled'], 'three in a row came to nothing'],
    [false, ['refused', 'unknown'], 'it is only two'],
    [false, ['refused', 'cancelled', 'refused', 'refused'], 'the last but one was cancelled'],
    [false, ['accepted', 'refused', 'refused', 'refused'], 'the last was accepted'],
    [true, ['refused', 'lapsed', 'refused', 'lapsed', 'refused'], 'what lapsed alone counts neither way'],
    [false, [], 'nothing was sent'],
  ])('halts (%s) of %j: %s', (halts, latest) => {
    expect(isInTrouble(latest, 3)).toBe(halts);
  });

  it('never halts for what went well', () => {
    const good = fc.constantFrom<State>(
      ...states.filter((one) => !['refused', 'unknown', 'approved'].includes(one)),
    );
    fc.assert(
      fc.property(fc.array(good), fc.integer({ min: 1, max: 5 }), (latest, n) => !isInTrouble(latest, n)),
    );
  });
});

describe('totals', () => {
  it('are by currency, and never across', () => {
    const amounts = [
      { minor: 100n, currency: 'PLN' },
      null,
      { minor: 7n, currency: 'EUR' },
      { minor: 250n, currency: 'PLN' },
      null,
    ];
    expect(totalsOf(amounts)).toEqual({
      money: [
        { minor: 7n, currency: 'EUR' },
        { minor: 350n, currency: 'PLN' },
      ],
      withoutAmount: 2,
    });
  });
});

describe('the strictest of several rules', () => {
  it('is the one that includes the others', () => {
    expect(strictestOf([rule({ finance: 1 }), rule({ finance: 1, risk: 1 })])).toEqual(
      rule({ finance: 1, risk: 1 }),
    );
  });

  it('wants all that any of them wants, where none includes the others', () => {
    expect(
      strictestOf([rule({ finance: 2 }, 'One.'), rule({ risk: 1 }, 'Two.'), rule({ finance: 1 }, 'One.')]),
    ).toEqual(rule({ finance: 2, risk: 1 }, 'One. Two.'));
  });

  it('is never satisfied by fewer than each of them is', () => {
    const needs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 2 }), {
      minKeys: 1,
    });
    const approvers = fc.array(fc.subarray(['a', 'b', 'c']), { maxLength: 6 });
    fc.assert(
      fc.property(needs, needs, approvers, (one, other, people) => {
        const both = strictestOf([rule(one), rule(other)]);
        if (!isSatisfied(both.needs, people)) return;
        expect(isSatisfied(rule(one).needs, people) && isSatisfied(rule(other).needs, people)).toBe(true);
      }),
    );
  });
});
