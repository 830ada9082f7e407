/** Stories in which everything that people and providers write is as long as it can be. */
import type { Decision, Finding, Story } from '../../src/usecases/story.ts';
import type { State } from '../../src/domain/request.ts';
import { anEvidence } from '../domain/aRequest.ts';
import { aDecision, aFinding, aStory } from './aStory.ts';

const ACCOUNT = 'a'.repeat(40);
const GROUP = 'g'.repeat(40);
const AMOUNT = { minor: 999_999_999_999_999_999n, currency: 'PLN' };

function times<T>(count: number, one: (n: number) => T): T[] {
  return Array.from({ length: count }, (_one, n) => one(n));
}

/** 500 emoji, which are 1,000 UTF-16 units, and 300 characters that grow fivefold when they are escaped. */
export function longest(state: State): readonly [Story, Story] {
  return [story(state, '💥', 'x'), story(state, '&', '&')];
}

function story(state: State, word: string, letter: string): Story {
  const needs = [
    { group: GROUP, count: 10 },
    { group: `${GROUP.slice(1)}h`, count: 10 },
  ];
  const request = {
    state,
    number: 999_999_999_999,
    account: ACCOUNT,
    payment: letter.repeat(300),
    details: { ticket: letter.repeat(300), scope: letter.repeat(300) },
    partial: true,
    amount: AMOUNT,
    reason: word.repeat(500),
    evidence: {
      ...anEvidence,
      amount: AMOUNT,
      says: letter.repeat(300),
      facts: Object.fromEntries(times(20, (n) => [`Fact number ${n}`, letter.repeat(40)])),
    },
    rule: { policy: 'p1', needs, stepUp: word.repeat(500) },
  };
  const decisions = times(20, (n): Decision =>
    aDecision({
      id: `${n}`,
      person: { team: 'T_ACME', user: `U_${n}A123456789` },
      note: word.repeat(500),
      groups: [GROUP],
    }),
  );
  const reference = letter.repeat(300);
  const findings: Finding[] = [
    aFinding({ type: 'unknown', says: word.repeat(500) }),
    aFinding({ type: 'refused', code: reference, says: word.repeat(500) }),
    aFinding({ type: 'accepted', reference, says: word.repeat(500) }),
  ];
  return aStory(request, decisions, findings);
}
