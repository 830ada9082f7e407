import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/decide.ts';
import { states } from '../../src/domain/request.ts';
import { aRequest, lena, maria, pavel, tom } from './aRequest.ts';
import { approve, gone, reject, request, stranger, type Try, tryIt, withdraw } from './aTry.ts';

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

describe('where something has to be confirmed', () => {
  const strict = aRequest({ rule: { ...request.rule, stepUp: 'I called the customer.' } });
  const approveStrict: Act = { type: 'approve', saw: strict.digest, note: null };

  it.each([[undefined], [false]])('an approval with confirmed: %j does not count', (confirmed) => {
    const act = confirmed === undefined ? approveStrict : { ...approveStrict, confirmed };
    expect(tryIt({ request: strict, act })).toEqual(refused('not_confirmed'));
  });

  it('a confirmed approval counts', () => {
    const act = { ...approveStrict, confirmed: true };
    expect(tryIt({ request: strict, act })).toEqual(counted('approved'));
  });

  it('a rejection needs no confirming', () => {
    expect(tryIt({ request: strict, act: reject })).toEqual(counted('rejected'));
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
