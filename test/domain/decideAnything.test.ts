import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { missing } from '../../src/domain/policy.ts';
import { states } from '../../src/domain/request.ts';
import { aRequest } from './aRequest.ts';
import { gone, reject, type Try, tryIt, withdraw } from './aTry.ts';

// From few values each, so that people, digests and moments coincide often.
const groups = fc.subarray(['finance', 'risk', 'staff']);
const person = fc.record({
  team: fc.constantFrom('T1', 'T2'),
  user: fc.constantFrom('U1', 'U2', 'U3', 'U4'),
});
const digest = fc.constantFrom('aa', 'bb');
const need = fc.record({ group: fc.constantFrom('finance', 'risk'), count: fc.integer({ min: 1, max: 2 }) });
const request = fc.record({
  state: fc.oneof({ weight: 4, arbitrary: fc.constant('pending' as const) }, fc.constantFrom(...states)),
  deadline: fc.constantFrom(2, 3, 4).map(toMoment),
  requester: person,
  digest,
  rule: fc.record({ policy: fc.constant('p1'), needs: fc.array(need, { maxLength: 2 }) }),
});
const approve = fc.record({ type: fc.constant('approve' as const), saw: digest, note: fc.constant(null) });
const member = fc.record({ live: fc.constant(true as const), groups });
const anyTry: fc.Arbitrary<Try> = fc.record({
  request: request.map(aRequest),
  act: fc.oneof({ weight: 3, arbitrary: approve }, fc.constantFrom(reject, withdraw)),
  person,
  membership: fc.oneof({ weight: 4, arbitrary: member }, fc.constant(gone)),
  approvals: fc.uniqueArray(fc.record({ person, groups }), {
    maxLength: 3,
    selector: (one) => one.person.user,
  }),
  now: fc.constantFrom(0, 1, 2, 3, 4).map(toMoment),
});
const RUNS = { numRuns: 1000 };

it('the requester neither approves nor rejects', () => {
  fc.assert(
    fc.property(anyTry, (one) => {
      fc.pre(one.person.user === one.request.requester.user && one.act.type !== 'withdraw');
      expect(tryIt(one).counts).toBe(false);
    }),
    RUNS,
  );
});

it('nobody else withdraws', () => {
  fc.assert(
    fc.property(anyTry, (one) => {
      fc.pre(one.person.user !== one.request.requester.user);
      expect(tryIt({ ...one, act: withdraw }).counts).toBe(false);
    }),
    RUNS,
  );
});

it('nothing counts from the deadline on', () => {
  fc.assert(
    fc.property(anyTry, (one) => {
      fc.pre(one.now >= one.request.deadline);
      expect(tryIt(one).counts).toBe(false);
    }),
    RUNS,
  );
});

it('nothing counts once the request is decided', () => {
  fc.assert(
    fc.property(anyTry, (one) => {
      fc.pre(one.request.state !== 'pending');
      expect(tryIt(one).counts).toBe(false);
    }),
    RUNS,
  );
});

it('an approval that counts is by a live member of a named group, who saw this, for the first time', () => {
  fc.assert(
    fc.property(anyTry, (one) => {
      fc.pre(one.act.type === 'approve' && tryIt(one).counts);
      const { membership, act, approvals, request: asked } = one;
      const named = asked.rule.needs.map((wanted) => wanted.group);
      expect(membership.live && membership.groups.some((group) => named.includes(group))).toBe(true);
      expect(act).toMatchObject({ saw: asked.digest });
      expect(approvals.map((earlier) => earlier.person.user)).not.toContain(one.person.user);
    }),
    RUNS,
  );
});

it('approvals that meet the rule together, and only those, approve it', () => {
  fc.assert(
    fc.property(anyTry, (one) => {
      const verdict = tryIt(one);
      fc.pre(verdict.counts && one.act.type === 'approve' && one.membership.live);
      const all = [...one.approvals.map((earlier) => earlier.groups), one.membership.groups];
      const stillMissing = missing(one.request.rule.needs, all);
      const state = stillMissing.length === 0 ? 'approved' : 'pending';
      expect(verdict).toEqual({ counts: true, state, stillMissing });
    }),
    RUNS,
  );
});

function toMoment(hours: number): Date {
  return new Date(hours * 3_600_000);
}
