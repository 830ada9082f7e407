/** Stories in which everything that people and providers write is as long as it can be. */
import type { Context, Scene } from '../../src/usecases/context.ts';
import type { Decision, Finding } from '../../src/usecases/story.ts';
import type { State } from '../../src/domain/request.ts';
import { anEvidence } from '../domain/aRequest.ts';
import { aDecision, aFinding, aStory } from './aStory.ts';

const ACCOUNT = 'a'.repeat(40);
const GROUP = 'g'.repeat(40);
const AMOUNT = { minor: 999_999_999_999_999_999n, currency: 'PLN' };

function times<T>(count: number, one: (n: number) => T): T[] {
  return Array.from({ length: count }, (_one, n) => one(n));
}

const person = (n: number) => ({ team: 'T_ACME', user: `U_${n}A123456789` });
const AT = new Date('2026-11-19T09:00:00.000Z');

/** As much as there may be beside a request. */
const aLongContext: Context = {
  watchers: times(100, (n) => ({ person: person(n), since: AT })),
  ofPayment: {
    named: times(3, (n) => ({
      number: 999_999_999_990 + n,
      state: 'accepted' as const,
      requester: person(n),
      requestedAt: AT,
    })),
    others: 97,
    isAll: false,
  },
  ofRequester: {
    requests: 500,
    cancelled: 499,
    sums: times(150, () => AMOUNT),
    withoutAmount: 250,
    isAll: false,
  },
};

/** 500 emoji, which are 1,000 UTF-16 units, and 300 characters that grow fivefold when they are escaped. */
export function longest(state: State): readonly [Scene, Scene] {
  return [story(state, '💥', 'x'), story(state, '&', '&')];
}

function story(state: State, word: string, letter: string): Scene {
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
    ticket: `https://help.example.com/${letter.repeat(175)}`,
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
      person: person(n),
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
  return aStory(request, decisions, findings, undefined, state === 'pending' ? aLongContext : null);
}
