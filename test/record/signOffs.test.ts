/** What is about no request, judged: that a summary is signed off once, by somebody who may, and after it was made. */
import { expect, it } from 'vitest';
import { breaches } from '../../src/record/breaches.ts';
import { type Body, type Event, NO_REQUEST } from '../../src/record/entry.ts';
import { createHouseHistory } from '../../src/record/houseHistory.ts';
import { judgeHouse } from '../../src/record/judgeHouse.ts';
import { moment } from './aLife.ts';

const of = { channel: 'C_FINANCE', date: '2026-11-18' };
const LENA = { team: 'T_HOME', user: 'U_LENA' };

const made: Event = { type: 'summary', data: { ...of, figures: {} } };

function signed(changes: Partial<Extract<Event, { type: 'sign_off' }>['data']> = {}): Event {
  return { type: 'sign_off', data: { ...of, person: LENA, groups: ['finance'], refusal: null, ...changes } };
}

const frozen: Event = {
  type: 'freeze',
  data: {
    freeze: 1,
    scope: 'person',
    account: null,
    users: ['U_LENA'],
    person: { team: 'T_HOME', user: 'U_TOM' },
    groups: ['finance'],
    refusal: null,
    reason: 'ab'.repeat(32),
  },
};

function judge(events: readonly Event[], history = createHouseHistory()): string[] {
  const entries = events.map((event, index) => {
    const head = { v: 1, key: '0123456789abcdef', request: NO_REQUEST, n: index + 1, at: moment(0) } as const;
    const body: Body = { ...head, after: { seq: 1, hash: 'ab'.repeat(32) }, ...event };
    return { seq: index + 1, body };
  });
  return judgeHouse(entries, history).breaches.map(({ entry, says }) => `${entry.seq} ${says}`);
}

it.each<[string, readonly Event[], string[]]>([
  ['one sign-off', [made, signed()], []],
  ['tries that did not count', [made, signed({ refusal: 'not_live', groups: [] }), signed()], []],
  ['a second sign-off', [made, signed(), signed()], [`3 ${breaches.refusedOnSummary.already_signed_off}`]],
  ['one of no summary', [signed()], [`1 ${breaches.noSummary}`]],
  ['one of another channel', [made, signed({ channel: 'C_OTHER' })], [`2 ${breaches.noSummary}`]],
  [
    'one by somebody of no group',
    [made, signed({ groups: [] })],
    [`2 ${breaches.refusedOnSummary.not_a_reviewer}`],
  ],
  ['one by somebody who is frozen', [made, frozen, signed()], [`3 ${breaches.refusedOnSummary.frozen}`]],
  ['a day that is summarised twice', [made, made], [`2 ${breaches.summarisedAgain}`]],
])('judges %s', (_what, events, says) => {
  expect(judge(events)).toEqual(says);
});

it('judges no sign-off by a summary that may have been unreadable', () => {
  const history = createHouseHistory();
  history.isComplete = false;
  expect(judge([signed()], history)).toEqual([]);
});
