import { describe, expect, it } from 'vitest';
import { judgeSignOff } from '../../src/domain/signOff.ts';

const person = { team: 'T_HOME', user: 'U_LENA' };
const live = { person, membership: { live: true, groups: ['risk', 'finance'] } } as const;
const of = (scope: Parameters<typeof judgeSignOff>[3][number]['scope']) => [{ scope }];
const OPEN = { signOff: null };

describe('a sign-off', () => {
  it.each<[string, Parameters<typeof judgeSignOff>, string | undefined]>([
    ['counts by somebody of a group that may', [OPEN, live, ['finance'], []], undefined],
    ['does not count by somebody of none', [OPEN, live, ['audit'], []], 'not_a_reviewer'],
    ['does not count where no group may', [OPEN, live, [], []], 'not_a_reviewer'],
    [
      'does not count by somebody who is not live',
      [OPEN, { person, membership: { live: false, why: 'guest' } }, ['finance'], []],
      'not_live',
    ],
    [
      'does not count by somebody who is frozen',
      [OPEN, live, ['finance'], of({ type: 'person', users: ['U_LENA'] })],
      'frozen',
    ],
    [
      'counts while others are frozen, or all',
      [OPEN, live, ['finance'], [...of({ type: 'all' }), ...of({ type: 'person', users: ['U_TOM'] })]],
      undefined,
    ],
    ['does not count twice', [{ signOff: { person } }, live, ['finance'], []], 'already_signed_off'],
  ])('%s', (_what, given, refusal) => {
    expect(judgeSignOff(...given)).toBe(refusal);
  });
});
