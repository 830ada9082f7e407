import { expect, it } from 'vitest';
import { commitmentTo } from '../../src/domain/commitment.ts';
import { breaches } from '../../src/record/breaches.ts';
import { type Body, type Event, NO_REQUEST } from '../../src/record/entry.ts';
import { createHistory } from '../../src/record/history.ts';
import { judge } from '../../src/record/judge.ts';
import type { Recorded } from '../../src/record/judged.ts';
import { judgeHouse } from '../../src/record/judgeHouse.ts';
import { asked, byLena, decided, LENA, life, MARIA, moment, SALT, sent } from './aLife.ts';

type Data<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];
const PAVEL = { team: 'T_ACME', user: 'U_PAVEL' };
const OLGA = { team: 'T_ACME', user: 'U_OLGA' };

/** Olga freezes everything. */
function froze(changes: Partial<Data<'freeze'>> = {}): Event {
  const data = {
    freeze: 1,
    scope: 'all' as const,
    account: null,
    users: [],
    person: OLGA,
    groups: ['finance'],
    refusal: null,
    reason: commitmentTo(SALT, 'Suspicious night'),
  };
  return { type: 'freeze', data: { ...data, ...changes } };
}

function agreed(person: typeof PAVEL, changes: Partial<Data<'lift'>> = {}): Event {
  return { type: 'lift', data: { freeze: 1, person, groups: ['finance'], refusal: null, ...changes } };
}

function erased(...numbers: number[]): Event {
  return { type: 'erasure', data: { by: 'ops', why: 'asked for it', erased: numbers } };
}

type Events = [seq: number, event: Event][];

/** Entries of the house at these places in the chain. */
function house(...events: Events): Recorded[] {
  return events.map(([seq, event], index) => {
    const head = { v: 1, key: '0123456789abcdef', request: NO_REQUEST, n: index + 1, at: moment(0) } as const;
    const body: Body = { ...head, after: { seq: 1, hash: 'ab'.repeat(32) }, ...event };
    return { seq, body };
  });
}

function judgeAll(of: readonly Recorded[], request: readonly Recorded[] = []): string[] {
  const history = createHistory();
  const found = [...judgeHouse(of, history).breaches, ...judge(request, history).breaches];
  return found.map(({ entry, says }) => `${entry.seq} ${says}`);
}

// Asked at 2, approved by Pavel at 5 and by Lena at 8, sent at 11.
const whole = life(asked(), decided(), byLena, sent());
const by = ({ user }: typeof PAVEL) => ({
  scope: 'person' as const,
  account: null,
  users: ['U_ALIAS', user],
});

it.each<[string, Events, string[]]>([
  ['a freeze of all before it is sent', [[10, froze()]], [`11 ${breaches.stopped('F-1')}`]],
  [
    'a freeze of its account before the second approval',
    [[7, froze({ scope: 'account', account: 'shop-pl' })]],
    [`8 ${breaches.refused.frozen}`, `11 ${breaches.stopped('F-1')}`],
  ],
  ['a freeze of another account', [[7, froze({ scope: 'account', account: 'shop-tr' })]], []],
  ['a freeze of its requester', [[10, froze(by(MARIA))]], [`11 ${breaches.stopped('F-1')}`]],
  ['a freeze of one who approved', [[10, froze(by(PAVEL))]], [`11 ${breaches.stopped('F-1')}`]],
  [
    'a freeze of one who is to approve',
    [[7, froze(by(LENA))]],
    [`8 ${breaches.refused.frozen}`, `11 ${breaches.stopped('F-1')}`],
  ],
  ['a freeze of somebody else', [[1, froze(by(OLGA))]], []],
  ['a freeze after it was sent', [[12, froze()]], []],
  [
    'a freeze that two lifted before',
    [
      [1, froze()],
      [3, agreed(PAVEL)],
      [4, agreed(LENA)],
    ],
    [],
  ],
  [
    'a freeze that one lifted',
    [
      [9, froze()],
      [10, agreed(PAVEL)],
    ],
    [`11 ${breaches.stopped('F-1')}`],
  ],
  [
    'a freeze that one lifted twice',
    [
      [7, froze(by(LENA))],
      [9, agreed(PAVEL)],
      [10, agreed(PAVEL)],
    ],
    [
      `10 ${breaches.refusedOnFreeze.already_agreed}`,
      `8 ${breaches.refused.frozen}`,
      `11 ${breaches.stopped('F-1')}`,
    ],
  ],
  [
    'a freeze that was lifted afterwards',
    [
      [9, froze()],
      [12, agreed(PAVEL)],
      [13, agreed(LENA)],
    ],
    [`11 ${breaches.stopped('F-1')}`],
  ],
  ['a freeze that did not count', [[9, froze({ freeze: null, refusal: 'not_an_approver', groups: [] })]], []],
])('judges a request that was sent by %s', (_what, events, says) => {
  expect(judgeAll(house(...events), whole)).toEqual(says);
});

it.each<[string, Events, string[]]>([
  [
    'whoever is frozen and freezes',
    [
      [1, froze(by(PAVEL))],
      [2, froze({ freeze: 2, person: PAVEL })],
    ],
    [`2 ${breaches.refusedOnFreeze.frozen}`],
  ],
  [
    'whoever is frozen and lifts that',
    [
      [1, froze(by(PAVEL))],
      [2, agreed(PAVEL)],
    ],
    [`2 ${breaches.refusedOnFreeze.frozen}`],
  ],
  [
    'a third agreement',
    [
      [1, froze()],
      [2, agreed(PAVEL)],
      [3, agreed(LENA)],
      [4, agreed(OLGA)],
    ],
    [`4 ${breaches.refusedOnFreeze.already_lifted}`],
  ],
  [
    'somebody of no group who freezes',
    [[1, froze({ groups: [] })]],
    [`1 ${breaches.refusedOnFreeze.not_an_approver}`],
  ],
  [
    'somebody of no group who lifts',
    [
      [1, froze()],
      [2, agreed(PAVEL, { groups: [] })],
    ],
    [`2 ${breaches.refusedOnFreeze.not_an_approver}`],
  ],
  ['a number that is left out', [[1, froze({ freeze: 2 })]], [`1 ${breaches.freezeNumber}`]],
  ['a freeze without a number', [[1, froze({ freeze: null })]], [`1 ${breaches.freezeNumber}`]],
  ['a refused freeze with a number', [[1, froze({ refusal: 'frozen' })]], [`1 ${breaches.freezeNumber}`]],
  [
    'a freeze of an account that names none',
    [[1, froze({ scope: 'account' })]],
    [`1 ${breaches.freezesNothing}`],
  ],
  [
    'a freeze of all that names a person',
    [[1, froze({ users: ['U_PAVEL'] })]],
    [`1 ${breaches.freezesNothing}`],
  ],
  ['an agreement about nothing', [[1, agreed(PAVEL)]], [`1 ${breaches.noFreeze}`]],
  [
    'tries that do not count',
    [
      [1, froze(by(PAVEL))],
      [2, froze({ freeze: null, person: PAVEL, refusal: 'frozen' })],
      [3, agreed(PAVEL, { refusal: 'frozen' })],
      [4, agreed(MARIA, { groups: [], refusal: 'not_an_approver' })],
    ],
    [],
  ],
])('judges %s', (_what, events, says) => {
  expect(judgeAll(house(...events))).toEqual(says);
});

it('lets the reason of a freeze be erased after it, and nothing else', () => {
  expect(judgeAll(house([1, froze()], [2, erased(1)]))).toEqual([]);
  expect(judgeAll(house([1, froze()], [2, agreed(PAVEL)], [3, erased(2)]))).toEqual([
    `3 ${breaches.nothingToErase}`,
  ]);
  expect(judgeAll(house([1, erased(2)], [2, froze()]))).toEqual([`1 ${breaches.nothingToErase}`]);
});

it('holds nothing against a request where an entry of the house can’t be read', () => {
  const history = createHistory();
  judgeHouse(house([1, froze()]), history);
  history.isComplete = false;
  expect(judge(whole, history).breaches).toEqual([]);
});

it('does not count a finding or a rejection of somebody who was frozen', () => {
  const rejected = life(asked(), decided({ act: 'reject', saw: null }));
  expect(judgeAll(house([1, froze(by(PAVEL))]), rejected)).toEqual([`5 ${breaches.refused.frozen}`]);
  const withdrawn = life(asked(), decided({ act: 'withdraw', person: MARIA, saw: null }));
  expect(judgeAll(house([1, froze(by(MARIA))]), withdrawn)).toEqual([]);
});
