import { describe, expect, it } from 'vitest';
import { createHistory } from '../../src/record/history.ts';
import { judge } from '../../src/record/judge.ts';
import {
  asked,
  byClock,
  byLena,
  byPavel,
  DEADLINE,
  decided,
  erased,
  learnt,
  LENA,
  life,
  longLife,
  MARIA,
  sent,
} from './aLife.ts';

const approved = [asked(), byPavel, byLena];
const unknown = [...approved, sent(), learnt({ outcome: 'unknown' })];
const found = decided({ act: 'find_cancelled', minute: 500 });
const byPerson = learnt({ source: 'person' });
const notSent = learnt({ outcome: 'not_sent' });

describe('a request that kept the law', () => {
  it.each([
    ['pending', 'with one approval', [asked(), byPavel]],
    ['pending', 'after tries in vain', [asked(), decided({ person: MARIA, refusal: 'own_request' })]],
    ['approved', 'with both', approved],
    [
      'rejected',
      'by one',
      [asked(), byPavel, decided({ act: 'reject', person: LENA, groups: ['risk'], saw: null })],
    ],
    ['withdrawn', 'by its requester', [asked(), decided({ act: 'withdraw', person: MARIA, saw: null })]],
    ['expired', 'at its deadline', [asked(), byClock('expire', DEADLINE)]],
    ['lapsed', 'while pending', [asked(), byClock('lapse')]],
    ['lapsed', 'when approved', [...approved, byClock('lapse')]],
    ['sending', 'while its attempt runs', [...approved, sent()]],
    ['cancelled', 'by an answer', [...approved, sent(), learnt()]],
    [
      'cancelled',
      'with a late try after it',
      [...approved, sent(), learnt(), decided({ minute: DEADLINE, refusal: 'already_decided' })],
    ],
    ['approved', 'when the attempt surely was not sent', [...approved, sent(), notSent]],
    ['cancelled', 'by a second attempt', [...approved, sent(), notSent, sent(2), learnt({ attempt: 2 })]],
    ['cancelled', 'by a look-up', [...unknown, learnt({ source: 'look_up' })]],
    ['cancelled', 'by what a person found', [...unknown, found, byPerson]],
    [
      'refused',
      'with news that came too late',
      [...approved, sent(), learnt({ outcome: 'refused' }), learnt({ source: 'web_hook' })],
    ],
    ['cancelled', 'with its text erased', [...approved, sent(), learnt(), erased(1, 5)]],
  ] as const)('is %s %s', (state, _how, steps) => {
    expect(judge(life(...steps), createHistory())).toEqual({ state, breaches: [] });
  });

  it('is cancelled after a long life', () => {
    expect(judge(longLife(), createHistory())).toEqual({ state: 'cancelled', breaches: [] });
  });
});
