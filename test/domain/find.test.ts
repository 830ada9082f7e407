import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Find, judgeFind, outcomeOf, waitsForAPerson } from '../../src/domain/find.ts';
import type { Membership, Person } from '../../src/domain/person.ts';
import { isUnsettled, type Request, states } from '../../src/domain/request.ts';
import { settle } from '../../src/domain/settle.ts';
import { aRequest, lena, maria, pavel } from './aRequest.ts';

const request = aRequest({ state: 'unknown', version: 7 });
const OPENED = new Date('2026-11-19T12:00:00.000Z');
const member: Membership = { live: true, groups: ['finance'] };
const stranger: Membership = { live: true, groups: ['staff'] };
const gone: Membership = { live: false, why: 'your account is deactivated' };

const said = { note: 'The hold is gone.', saw: request.digest, version: 7, openedAt: OPENED };
const trial = { type: 'find', saw: request.digest } as const satisfies Find;
const cancelled = { type: 'find_cancelled', reference: 'r1', ...said } as const satisfies Find;
const refused = { type: 'find_refused', ...said } as const satisfies Find;
const finds: readonly Find[] = [trial, cancelled, refused];

interface Try {
  readonly request: Request;
  readonly person: Person;
  readonly membership: Membership;
  readonly now: Date;
}

/** Pavel of finance has looked at what became of Maria's request, unless something is changed. */
function tryIt(find: Find, changes: Partial<Try> = {}) {
  const one: Try = { request, person: pavel, membership: member, now: after(600), ...changes };
  return judgeFind(one.request, find, { person: one.person, membership: one.membership }, one.now);
}

function after(seconds: number): Date {
  return new Date(OPENED.getTime() + seconds * 1000);
}

describe.each(finds)('what a person found ($type)', (find) => {
  it.each(['unknown', 'accepted'] as const)('counts by a second person when the request is %s', (state) => {
    expect(tryIt(find, { request: aRequest({ state, version: 7 }) })).toBeUndefined();
  });

  it.each(states.filter((state) => !isUnsettled(state)))('does not count when the request is %s', (state) => {
    expect(tryIt(find, { request: aRequest({ state, version: 7 }) })).toBe('already_settled');
  });

  it.each<[string, Partial<Try>, string]>([
    ['the requester, even if an approver', { person: maria }, 'own_request'],
    ['the requester from another team', { person: { ...maria, team: 'T_OTHER' } }, 'own_request'],
    ['somebody who is no live member', { membership: gone }, 'not_live'],
    ['a stranger', { membership: stranger }, 'not_an_approver'],
    ['somebody of no group', { membership: { live: true, groups: [] } }, 'not_an_approver'],
  ])('does not count by %s', (_who, changes, refusal) => {
    expect(tryIt(find, changes)).toBe(refusal);
  });

  it('does not count about another request than the one that was on screen', () => {
    expect(tryIt({ ...find, saw: aRequest({ reason: 'Fraud' }).digest })).toBe('request_changed');
  });

  it('counts by somebody of any group that the rule names', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const large = aRequest({ state: 'unknown', version: 7, rule: { policy: 'p1', needs } });
    const risk: Membership = { live: true, groups: ['risk'] };
    const theirs = { ...find, saw: large.digest };
    expect(tryIt(theirs, { request: large, person: lena, membership: risk })).toBeUndefined();
  });
});

describe.each([cancelled, refused])('a form ($type)', (find) => {
  it('is taken for an hour, and no longer', () => {
    expect(tryIt(find, { now: after(3600) })).toBeUndefined();
    expect(tryIt(find, { now: after(3600.001) })).toBe('form_expired');
  });

  it('is not taken when there was news since it was opened', () => {
    expect(tryIt({ ...find, version: 6 })).toBe('form_expired');
    expect(tryIt(find, { request: { ...request, version: 8 } })).toBe('form_expired');
  });
});

it('nobody settles alone what they asked for, and nobody from outside, whatever else holds', () => {
  const anyTry = fc.record({
    state: fc.constantFrom(...states),
    person: fc.constantFrom(maria, pavel, lena),
    membership: fc.constantFrom(member, stranger, gone),
    find: fc.constantFrom(...finds),
    version: fc.constantFrom(6, 7),
    seconds: fc.constantFrom(0, 3600, 3601),
  });
  fc.assert(
    fc.property(anyTry, ({ state, person, membership, find, version, seconds }) => {
      const one = { request: aRequest({ state, version }), person, membership, now: after(seconds) };
      if (tryIt(find, one) !== undefined) return;
      expect(person).not.toBe(maria);
      expect(membership).toBe(member);
      expect(isUnsettled(state)).toBe(true);
    }),
  );
});

describe('what was found', () => {
  it.each(['unknown', 'accepted'] as const)(
    'ends a request that is %s, and never sends it again',
    (state) => {
      expect(settle(state, outcomeOf(cancelled))).toBe('cancelled');
      expect(settle(state, outcomeOf(refused))).toBe('refused');
    },
  );

  it('carries the reference and not the note, which may have to be erased', () => {
    expect(outcomeOf(cancelled)).toMatchObject({ type: 'cancelled', reference: 'r1' });
    expect(JSON.stringify([outcomeOf(cancelled), outcomeOf(refused)])).not.toContain(said.note);
  });
});

describe('a person is called', () => {
  it.each(states)(
    'when nothing more is to be learnt by asking, or not, for a request that is %s',
    (state) => {
      expect(waitsForAPerson(state, OPENED)).toBe(isUnsettled(state));
      expect(waitsForAPerson(state, null)).toBe(false);
    },
  );
});
