import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasAskers, humansIn, lackingAmong, withoutAliases } from '../../src/domain/roster.ts';
import { lena, maria } from './aRequest.ts';

const roster = { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA', 'U_PAVEL2'] };
const aliases = [['U_PAVEL', 'U_PAVEL2']];

describe('the people of a roster', () => {
  it('are each there once, with the groups of all their accounts', () => {
    expect(humansIn(roster, aliases)).toEqual([
      { users: ['U_PAVEL', 'U_PAVEL2'], groups: ['finance', 'risk'] },
      { users: ['U_LENA'], groups: ['finance', 'risk'] },
    ]);
  });

  it('are as many as the accounts where none are declared one', () => {
    expect(humansIn(roster, []).map(({ users }) => users)).toEqual([['U_PAVEL'], ['U_LENA'], ['U_PAVEL2']]);
  });

  it('fill a place each, however many accounts they have', () => {
    const needs = [
      { group: 'finance', count: 2 },
      { group: 'risk', count: 1 },
    ];
    expect(lackingAmong(needs, humansIn(roster, []))).toEqual([]);
    expect(lackingAmong(needs, humansIn(roster, aliases))).toEqual(['risk']);
  });

  it('are called by none of their accounts but the one that takes part already', () => {
    const called = withoutAliases(roster, [{ ...maria, user: 'U_PAVEL2' }, lena], aliases);
    expect(called).toEqual({ finance: ['U_LENA'], risk: ['U_LENA', 'U_PAVEL2'] });
  });
});

describe('somebody may ask', () => {
  it.each([
    ['where the askers are others', ['support'], true],
    ['where an asker leaves enough approvers', ['risk'], true],
    ['but not where every asker would have to approve, too', ['finance'], false],
    ['but not where nobody is in the group', ['board'], false],
  ])('%s', (_where, askers, expected) => {
    const humans = humansIn({ support: ['U_TOM'], finance: ['U_PAVEL', 'U_LENA'], risk: ['U_MARIA'] }, []);
    const needs = [{ group: 'finance', count: 2 }];
    expect(hasAskers(needs, askers, humans)).toBe(expected);
  });
});

describe('whoever has which accounts', () => {
  const users = fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5');
  const anyRoster = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.uniqueArray(users));
  const anyAliases = fc.constantFrom<string[][]>(
    [],
    [['U1', 'U2']],
    [
      ['U1', 'U2', 'U3'],
      ['U4', 'U5'],
    ],
  );

  it('nobody is lost and nobody is there twice', () => {
    fc.assert(
      fc.property(anyRoster, anyAliases, (groups, declared) => {
        const humans = humansIn(groups, declared);
        const all = humans.flatMap((human) => human.users);
        expect(all.toSorted()).toEqual([...new Set(Object.values(groups).flat())].toSorted());
        for (const one of declared)
          expect(
            humans.filter((human) => human.users.some((user) => one.includes(user))).length,
          ).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('declaring accounts one never makes more people', () => {
    fc.assert(
      fc.property(anyRoster, anyAliases, (groups, declared) => {
        const needs = Object.keys(groups).map((group) => ({ group, count: 1 }));
        const lacking = lackingAmong(needs, humansIn(groups, declared));
        expect(lacking.length).toBeGreaterThanOrEqual(lackingAmong(needs, humansIn(groups, [])).length);
      }),
    );
  });
});
