/** Whose turn it is: which pending requests and bulks wait for one person. */
import type { Bulk, BulkState } from './bulk.ts';
import { judgeSteer } from './bulkAct.ts';
import { type Approval, decide } from './decide.ts';
import type { Membership, Person } from './person.ts';
import { missing } from './policy.ts';

/**
 * Whether an approval by this person would count now, and bring the request nearer to being sent. Somebody of a group
 * whose places are taken may still approve or reject, but nobody waits for them.
 */
export function waitsFor(
  request: Parameters<typeof decide>[0],
  approvals: readonly Approval[],
  by: { readonly person: Person; readonly membership: Membership },
  now: Date,
): boolean {
  const act = { type: 'approve', saw: request.digest, note: null, confirmed: true } as const;
  const verdict = decide(request, act, by, approvals, now);
  if (!verdict.counts) return false;
  const before = missing(
    request.rule.needs,
    approvals.map(({ groups }) => groups),
  );
  return verdict.stillMissing.length < before.length;
}

/** The same of a bulk; one that is halted waits for whoever may let it go on. */
export function bulkWaitsFor(
  bulk: Bulk,
  state: BulkState,
  approvals: readonly Approval[],
  by: { readonly person: Person; readonly membership: Membership },
  now: Date,
): boolean {
  switch (state) {
    case 'pending':
      return waitsFor({ ...bulk, state }, approvals, by, now);
    case 'paused':
      return judgeSteer(bulk, state, { type: 'go_on', saw: bulk.digest }, by) === undefined;
    case 'sending':
    case 'ended':
      return false;
  }
}
