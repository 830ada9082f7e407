import { describe, expect, it } from 'vitest';
import {
  freezeAgainst,
  judgeFreeze,
  judgeLift,
  readFreezeNumber,
  type Scope,
  stops,
} from '../../src/domain/freeze.ts';
import type { Membership, Person } from '../../src/domain/person.ts';

const MARIA = { team: 'T_HOME', user: 'U_MARIA' };
const PAVEL = { team: 'T_HOME', user: 'U_PAVEL' };
const LENA = { team: 'T_HOME', user: 'U_LENA' };

const ALL: Scope = { type: 'all' };
const shop = (account: string): Scope => ({ type: 'account', account });
const person = ({ user }: Person): Scope => ({ type: 'person', users: ['U_ALIAS', user] });
const request = { account: 'shop-pl', requester: MARIA };

describe('a freeze stops a request', () => {
  it.each<[string, Scope, boolean]>([
    ['of everything', ALL, true],
    ['of its account', shop('shop-pl'), true],
    ['of another account', shop('shop-tr'), false],
    ['of who asked for it', person(MARIA), true],
    ['of who approved it', person(PAVEL), true],
    ['of somebody else', person(LENA), false],
    ['of who asked for it, seen from another workspace', person({ ...MARIA, team: 'T_OTHER' }), true],
  ])('%s: %s is %s', (_what, scope, stopped) => {
    expect(stops(scope, request, [{ person: PAVEL }])).toBe(stopped);
  });
});

describe('an act does not count under a freeze', () => {
  it.each<[act: Parameters<typeof freezeAgainst>[1], scope: Scope, counts: boolean]>([
    ['approve', ALL, false],
    ['approve', shop('shop-pl'), false],
    ['approve', shop('shop-tr'), true],
    ['approve', person(MARIA), false],
    ['approve', person(LENA), false],
    ['approve', person(PAVEL), false],
    ['reject', ALL, true],
    ['reject', shop('shop-pl'), true],
    ['reject', person(MARIA), true],
    ['reject', person(PAVEL), true],
    ['reject', person(LENA), false],
    ['find_refused', ALL, true],
    ['find_cancelled', person(LENA), false],
    ['find', person(LENA), false],
    ['withdraw', ALL, true],
    ['withdraw', person(LENA), true],
  ])('%s by Lena under %j: it counts is %s', (act, scope, counts) => {
    expect(freezeAgainst([{ scope }], act, LENA, request, [{ person: PAVEL }])).toEqual(
      counts ? undefined : { scope },
    );
  });

  it('but for one that is against it among several', () => {
    const freezes = [{ scope: shop('shop-tr') }, { scope: ALL }];
    expect(freezeAgainst(freezes, 'approve', LENA, request, [])).toBe(freezes[1]);
  });
});

const member = (...groups: string[]): Membership => ({ live: true, groups });
const GONE: Membership = { live: false, why: 'your account is deactivated' };
const APPROVERS = ['finance', 'risk'];

describe('freezing', () => {
  it.each<[string, Membership, Scope[], ReturnType<typeof judgeFreeze>]>([
    ['a live approver', member('risk'), [], undefined],
    ['an approver while all is frozen', member('risk'), [ALL], undefined],
    ['somebody who is in no group', member(), [], 'not_an_approver'],
    ['somebody whose group approves nothing', member('sales'), [], 'not_an_approver'],
    ['somebody who left', GONE, [], 'not_live'],
    ['an approver who is frozen', member('risk'), [person(PAVEL)], 'frozen'],
    ['an approver while another is frozen', member('risk'), [person(LENA)], undefined],
  ])('by %s', (_who, membership, standing, refusal) => {
    const scopes = standing.map((scope) => ({ scope }));
    expect(judgeFreeze({ person: PAVEL, membership }, APPROVERS, scopes)).toBe(refusal);
  });
});

describe('agreeing to lift', () => {
  const by = { person: PAVEL, membership: member('finance') };
  it.each<[string, Person[], Scope[], ReturnType<typeof judgeLift>]>([
    ['is for an approver', [], [ALL], undefined],
    ['is for a second one', [LENA], [ALL], undefined],
    ['counts once by one person', [PAVEL], [ALL], 'already_agreed'],
    ['counts once by one person in two workspaces', [{ ...PAVEL, team: 'T_2' }], [ALL], 'already_agreed'],
    ['is over after two', [LENA, MARIA], [], 'already_lifted'],
    ['is not for whoever is frozen, by this freeze or another', [LENA], [ALL, person(PAVEL)], 'frozen'],
  ])('%s', (_what, lifters, standing, refusal) => {
    const freeze = { scope: ALL, lifts: lifters.map((lifter) => ({ person: lifter })) };
    const scopes = standing.map((scope) => ({ scope }));
    expect(judgeLift(freeze, by, APPROVERS, scopes)).toBe(refusal);
  });

  it('is for nobody who could not freeze', () => {
    const freeze = { scope: ALL, lifts: [] };
    expect(judgeLift(freeze, { ...by, membership: GONE }, APPROVERS, [])).toBe('not_live');
    expect(judgeLift(freeze, { ...by, membership: member('sales') }, APPROVERS, [])).toBe('not_an_approver');
  });
});

it.each([
  ['F-3', 3],
  ['f3', 3],
  ['3', 3],
  ['C-3', undefined],
  ['', undefined],
  ['F-3 now', undefined],
])('reads %j as a number of a freeze: %s', (text, number) => {
  expect(readFreezeNumber(text)).toBe(number);
});
