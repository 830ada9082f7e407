/** One person with several Slack accounts, whatever they do with them. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/domain/decide.ts';
import { aliasesOf, asKnown, isAnybodyTwice, type Person } from '../../src/domain/person.ts';
import type { Need } from '../../src/domain/policy.ts';
import { aRequest } from './aRequest.ts';

const ALIASES = [
  ['U1', 'U2'],
  ['U3', 'U4', 'U5'],
];
const humanOf = ({ user }: Person) => aliasesOf(user, ALIASES)[0];
const at = (user: string): Person => ({ team: 'T_ACME', user });

describe('a person', () => {
  it.each([
    ['who asked with another account is known by that', 'U2', ['U1', 'U3'], { ...at('U1'), alias: 'U2' }],
    ['who approved with another account is known by that', 'U5', ['U1', 'U4'], { ...at('U4'), alias: 'U5' }],
    ['who takes part with this account is known by it', 'U2', ['U2'], at('U2')],
    ['who is new comes with the account that they use', 'U2', ['U3'], at('U2')],
    ['who has one account only is known by it', 'U9', ['U1'], at('U9')],
  ])('%s', (_what, user, known, expected) => {
    expect(asKnown(at(user), known.map(at), ALIASES)).toEqual(expected);
  });

  it.each([
    ['with two accounts of theirs', ['U1', 'U3', 'U2'], true],
    ['with one', ['U1', 'U3', 'U9'], false],
    ['with the same one twice, which is one', ['U1', 'U1'], false],
  ])('who takes part %s', (_what, users, expected) => {
    expect(isAnybodyTwice(users.map(at), ALIASES)).toBe(expected);
  });
});

describe('whoever clicks with whichever account', () => {
  const user = fc.constantFrom('U1', 'U2', 'U3', 'U4', 'U5', 'U6');
  const needs = fc.constantFrom<readonly Need[]>(
    [{ group: 'finance', count: 1 }],
    [{ group: 'finance', count: 2 }],
    [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 2 },
    ],
  );
  const click = fc.record({ user, groups: fc.subarray(['finance', 'risk'], { minLength: 1 }) });
  const clicks = fc.array(click, { maxLength: 12 });
  const declaredAt = fc.integer({ min: 0, max: 12 });

  /** Everybody approves as often as they click, and the accounts are declared after so many clicks. */
  function play(requester: string, rule: readonly Need[], all: readonly Click[], after: number) {
    let request = aRequest({ requester: at(requester), rule: { policy: 'p1', needs: rule } });
    const approvals: { person: Person; groups: readonly string[] }[] = [];
    for (const [n, { user: clicked, groups }] of all.entries()) {
      const aliases = n < after ? [] : ALIASES;
      const parties = [request.requester, ...approvals.map(({ person }) => person)];
      if (request.state === 'pending' && isAnybodyTwice(parties, aliases))
        request = { ...request, state: 'lapsed' };
      const person = asKnown(at(clicked), parties, aliases);
      const act = { type: 'approve', saw: request.digest, note: null } as const;
      const by = { person, membership: { live: true, groups } } as const;
      const verdict = decide(request, act, by, approvals, request.requestedAt);
      if (!verdict.counts) continue;
      approvals.push({ person, groups });
      request = { ...request, state: verdict.state };
    }
    return { request, approvals };
  }
  type Click = { user: string; groups: readonly string[] };

  it('nobody approves what they asked for, and nobody counts twice', () => {
    fc.assert(
      fc.property(user, needs, clicks, (requester, rule, all) => {
        const { request, approvals } = play(requester, rule, all, 0);
        const humans = approvals.map(({ person }) => humanOf(person));
        expect(humans).not.toContain(humanOf(request.requester));
        expect(new Set(humans).size).toBe(humans.length);
        const wanted = rule.reduce((sum, { count }) => sum + count, 0);
        expect(request.state === 'pending' || humans.length >= wanted).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('what was approved after the declaration was approved by as many humans as it needs', () => {
    fc.assert(
      fc.property(user, needs, clicks, declaredAt, (requester, rule, all, after) => {
        const early = play(requester, rule, all.slice(0, after), after);
        const late = play(requester, rule, all, after);
        fc.pre(late.request.state === 'approved' && early.request.state !== 'approved');
        const humans = late.approvals.map(({ person }) => humanOf(person));
        expect(humans).not.toContain(humanOf(late.request.requester));
        expect(new Set(humans).size).toBe(humans.length);
      }),
      { numRuns: 200 },
    );
  });
});
