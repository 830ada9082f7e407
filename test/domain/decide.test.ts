import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Act, type Approval, decide, type Verdict } from '../../src/domain/decide.ts';
import type { Membership, Person } from '../../src/domain/person.ts';
import { isSatisfied } from '../../src/domain/policy.ts';
import { type Request, states } from '../../src/domain/request.ts';
import { aRequest, lena, maria, pavel, tom } from './aRequest.ts';

const request = aRequest();
const inTime = new Date('2026-11-19T09:00:00.000Z');
const finance: Membership = { live: true, groups: ['finance'] };
const stranger: Membership = { live: true, groups: [] };
const gone: Membership = { live: false, why: 'deactivated' };

const approve: Act = { type: 'approve', saw: request.digest, note: null };
const reject: Act = { type: 'reject', note: 'It was captured already.' };
const withdraw: Act = { type: 'withdraw' };

interface Try {
  request: Request;
  act: Act;
  person: Person;
  membership: Membership;
  approvals: readonly Approval[];
  now: Date;
}

/** Pavel of finance approves Maria's request in time, unless something is changed. */
function tryIt(changes: Partial<Try> = {}): Verdict {
  const { person, membership, ...rest }: Try = {
    request,
    act: approve,
    person: pavel,
    membership: finance,
    approvals: [],
    now: inTime,
    ...changes,
  };
  return decide(rest.request, rest.act, { person, membership }, rest.approvals, rest.now);
}

const refused = (refusal: string) => ({ counts: false, refusal });
const counted = (state: string, stillMissing: string[] = []) => ({ counts: true, state, stillMissing });

describe('an approval', () => {
  it('by a second person of the group is enough where one is needed', () => {
    expect(tryIt()).toEqual(counted('approved'));
  });

  it('refuses the requester, even if an approver', () => {
    expect(tryIt({ person: maria })).toEqual(refused('own_request'));
  });

  it('refuses the requester who comes with the id of another team', () => {
    expect(tryIt({ person: { ...maria, team: 'T_OTHER' } })).toEqual(refused('own_request'));
  });

  it('refuses someone who is no live, full member any more', () => {
    expect(tryIt({ membership: gone })).toEqual(refused('not_live'));
  });

  it.each([[[]], [['risk']], [['financ', 'finance-readers']]])('refuses a member of %j only', (groups) => {
    expect(tryIt({ membership: { live: true, groups } })).toEqual(refused('not_an_approver'));
  });

  it('refuses everyone where the rule names no group', () => {
    const lax = aRequest({ rule: { policy: 'p1', needs: [] } });
    expect(tryIt({ request: lax, act: { ...approve, saw: lax.digest } })).toEqual(refused('not_an_approver'));
  });

  it.each([
    ['of another state of the request', aRequest({ reason: 'Fraud' }).digest],
    ['that is cut short', request.digest.slice(0, 12)],
    ['in capitals', request.digest.toUpperCase()],
    ['that is empty', ''],
  ])('refuses a digest %s', (_what, saw) => {
    expect(tryIt({ act: { ...approve, saw } })).toEqual(refused('request_changed'));
  });
});

describe('where two of finance and one of risk are needed', () => {
  const needs = [
    { group: 'finance', count: 2 },
    { group: 'risk', count: 1 },
  ];
  const large = aRequest({ rule: { policy: 'p1', needs } });
  const approveLarge: Act = { type: 'approve', saw: large.digest, note: null };
  const byPavel = { person: pavel, groups: ['finance'] };
  const byLena = { person: lena, groups: ['finance', 'risk'] };
  const tryLarge = (changes: Partial<Try>) => tryIt({ request: large, act: approveLarge, ...changes });

  it('the first approval leaves it pending and says who is missing', () => {
    expect(tryLarge({})).toEqual(counted('pending', ['finance', 'risk']));
  });

  it('the last approval approves it', () => {
    expect(tryLarge({ person: tom, approvals: [byPavel, byLena] })).toEqual(counted('approved'));
  });

  it('nobody approves twice', () => {
    expect(tryLarge({ approvals: [byPavel] })).toEqual(refused('already_approved'));
  });

  it('nobody approves again for another group or from another team', () => {
    const again = {
      person: { ...pavel, team: 'T_OTHER' },
      membership: { live: true, groups: ['risk'] },
    } as const;
    expect(tryLarge({ ...again, approvals: [byPavel] })).toEqual(refused('already_approved'));
  });

  it('one who approved may still reject', () => {
    expect(tryLarge({ act: reject, approvals: [byPavel] })).toEqual(counted('rejected'));
  });
});

describe('a rejection', () => {
  it('by one approver ends it', () => {
    expect(tryIt({ act: reject })).toEqual(counted('rejected'));
  });

  it.each([
    ['the requester', { person: maria }, 'own_request'],
    ['someone who left', { membership: gone }, 'not_live'],
    ['a stranger', { membership: stranger }, 'not_an_approver'],
  ])('is refused to %s', (_who, changes, refusal) => {
    expect(tryIt({ act: reject, ...changes })).toEqual(refused(refusal));
  });
});

describe('a withdrawal', () => {
  it.each([
    ['the requester', { person: maria }],
    ['the requester who is in no group', { person: maria, membership: stranger }],
    ['the requester who left', { person: maria, membership: gone }],
    ['the requester from another team', { person: { ...maria, team: 'T_OTHER' } }],
    [
      'the requester after a first approval',
      { person: maria, approvals: [{ person: pavel, groups: ['finance'] }] },
    ],
  ])('is taken from %s', (_who, changes) => {
    expect(tryIt({ act: withdraw, ...changes })).toEqual(counted('withdrawn'));
  });

  it('is refused to everyone else', () => {
    expect(tryIt({ act: withdraw })).toEqual(refused('not_the_requester'));
  });
});

describe('every act', () => {
  const acts = [
    ['approve', { act: approve }],
    ['reject', { act: reject }],
    ['withdraw', { act: withdraw, person: maria }],
  ] as const;
  const over = states.filter((state) => state !== 'pending');

  it.each(acts.flatMap(([name, changes]) => over.map((state) => [name, state, changes] as const)))(
    '%s comes too late for a request that is %s',
    (_name, state, changes) => {
      expect(tryIt({ ...changes, request: aRequest({ state }) })).toEqual(refused('already_decided'));
    },
  );

  it.each(acts)(
    '%s counts until the last millisecond before the deadline, and not at it',
    (_name, changes) => {
      const last = new Date(request.deadline.getTime() - 1);
      expect(tryIt({ ...changes, now: last }).counts).toBe(true);
      expect(tryIt({ ...changes, now: request.deadline })).toEqual(refused('expired'));
    },
  );
});

it('gives the reason that is of most use, where several hold', () => {
  const stale: Act = { type: 'approve', saw: '', note: null };
  const late = request.deadline;
  const again = [{ person: pavel, groups: ['finance'] }];
  const ended = aRequest({ state: 'rejected' });
  const reasons = [
    tryIt({ request: ended, now: late, person: maria, membership: gone, act: stale, approvals: again }),
    tryIt({ now: late, person: maria, membership: gone, act: stale, approvals: again }),
    tryIt({ person: maria, membership: gone, act: stale, approvals: again }),
    tryIt({ membership: gone, act: stale, approvals: again }),
    tryIt({ membership: stranger, act: stale, approvals: again }),
    tryIt({ act: stale, approvals: again }),
    tryIt({ act: stale }),
  ].map((verdict) => !verdict.counts && verdict.refusal);
  expect(reasons).toEqual([
    'already_decided',
    'expired',
    'own_request',
    'not_live',
    'not_an_approver',
    'already_approved',
    'request_changed',
  ]);
});

describe('whatever the inputs', () => {
  const groups = fc.subarray(['finance', 'risk', 'staff']);
  const person = fc.record({
    team: fc.constantFrom('T1', 'T2'),
    user: fc.constantFrom('U1', 'U2', 'U3', 'U4'),
  });
  const digest = fc.constantFrom('aa', 'bb');
  const moment = fc.integer({ min: 0, max: 4 }).map((hours) => new Date(hours * 3_600_000));
  const anyTry: fc.Arbitrary<Try> = fc.record({
    request: fc
      .record({
        state: fc.oneof(
          { weight: 4, arbitrary: fc.constant('pending' as const) },
          fc.constantFrom(...states),
        ),
        deadline: moment,
        requester: person,
        digest,
        rule: fc.record({
          policy: fc.constant('p1'),
          needs: fc.array(
            fc.record({ group: fc.constantFrom('finance', 'risk'), count: fc.integer({ min: 1, max: 2 }) }),
            {
              maxLength: 2,
            },
          ),
        }),
      })
      .map(aRequest),
    act: fc.oneof(
      fc.record({ type: fc.constant('approve' as const), saw: digest, note: fc.constant(null) }),
      fc.constantFrom(reject, withdraw),
    ),
    person,
    membership: fc.oneof(
      { weight: 4, arbitrary: fc.record({ live: fc.constant(true as const), groups }) },
      fc.constant(gone),
    ),
    approvals: fc.uniqueArray(fc.record({ person, groups }), {
      maxLength: 3,
      selector: (one) => one.person.user,
    }),
    now: moment,
  });
  const check = (property: (one: Try, verdict: Verdict) => void) =>
    fc.assert(
      fc.property(anyTry, (one) => property(one, tryIt(one))),
      { numRuns: 2000 },
    );

  it('the requester neither approves nor rejects', () => {
    check(({ request: { requester }, act, person: by }, { counts }) => {
      if (by.user === requester.user && act.type !== 'withdraw') expect(counts).toBe(false);
    });
  });

  it('nothing counts from the deadline on, or once the request is decided', () => {
    check(({ request: { deadline, state }, now }, { counts }) => {
      if (now >= deadline || state !== 'pending') expect(counts).toBe(false);
    });
  });

  it('what counts as an approval is by a live member of a named group, who saw this, for the first time', () => {
    check(({ request: { rule, digest: now }, act, person: by, membership, approvals }, { counts }) => {
      if (!counts || act.type !== 'approve') return;
      expect(membership.live && rule.needs.some(({ group }) => membership.groups.includes(group))).toBe(true);
      expect(act.saw).toBe(now);
      expect(approvals.map((earlier) => earlier.person.user)).not.toContain(by.user);
    });
  });

  it('only approvals that meet the rule together approve it', () => {
    check(({ request: { rule }, act, membership, approvals }, verdict) => {
      if (!verdict.counts || act.type !== 'approve' || !membership.live) return;
      const all = [...approvals.map((earlier) => earlier.groups), membership.groups];
      expect(verdict.state).toBe(isSatisfied(rule.needs, all) ? 'approved' : 'pending');
      expect(verdict.stillMissing.length === 0).toBe(verdict.state === 'approved');
    });
  });
});
