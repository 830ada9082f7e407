/** The four-eyes law: what one person's act does to one request. */
import { isSamePerson, type Membership, type Person } from './person.ts';
import { missing } from './policy.ts';
import type { Request, State } from './request.ts';

export type Act =
  /** `saw` is the digest of what was on the approver's screen; `confirmed` what they did with the rule's step-up. */
  | {
      readonly type: 'approve';
      readonly saw: string;
      readonly note: string | null;
      readonly confirmed?: boolean;
    }
  | { readonly type: 'reject'; readonly note: string }
  | { readonly type: 'withdraw' };

/** An approval that counted: who, and the groups they were in when they approved. */
export interface Approval {
  readonly person: Person;
  readonly groups: readonly string[];
}

export const refusals = [
  'already_decided',
  'expired',
  'own_request',
  'not_live',
  'not_an_approver',
  'already_approved',
  'request_changed',
  'not_confirmed',
  'not_the_requester',
  'already_settled',
  'form_expired',
  'frozen',
] as const;
export type Refusal = (typeof refusals)[number];

export type Verdict =
  /** `state` is the request's next state; an approval that is not the last leaves it pending. */
  | { readonly counts: true; readonly state: State; readonly stillMissing: readonly string[] }
  | { readonly counts: false; readonly refusal: Refusal };

/**
 * Decides from its arguments alone: time, membership and earlier approvals come in, so that a recorded decision
 * can be judged again. The order of the tests is the order of usefulness to the person who is refused.
 */
export function decide(
  request: Pick<Request, 'state' | 'deadline' | 'requester' | 'digest' | 'rule'>,
  act: Act,
  by: { readonly person: Person; readonly membership: Membership },
  approvals: readonly Approval[],
  now: Date,
): Verdict {
  const { person } = by;
  if (request.state !== 'pending') return refuse('already_decided');
  if (now >= request.deadline) return refuse('expired');

  if (act.type === 'withdraw') {
    return isSamePerson(person, request.requester) ? count('withdrawn') : refuse('not_the_requester');
  }

  const second = judgeSecondPerson(request, by);
  if ('refusal' in second) return refuse(second.refusal);
  if (act.type === 'reject') return count('rejected');

  if (approvals.some((earlier) => isSamePerson(earlier.person, person))) return refuse('already_approved');
  if (act.saw !== request.digest) return refuse('request_changed');
  if (request.rule.stepUp !== undefined && act.confirmed !== true) return refuse('not_confirmed');

  const approvers = [...approvals.map((earlier) => earlier.groups), second.groups];
  const stillMissing = missing(request.rule.needs, approvers);
  return count(stillMissing.length === 0 ? 'approved' : 'pending', stillMissing);
}

/** Whoever checks another's request is somebody else, a live member, and of a group in the request's rule. */
export function judgeSecondPerson(
  { requester, rule }: Pick<Request, 'requester' | 'rule'>,
  { person, membership }: { readonly person: Person; readonly membership: Membership },
): { readonly groups: readonly string[] } | { readonly refusal: Refusal } {
  if (isSamePerson(person, requester)) return { refusal: 'own_request' };
  if (!membership.live) return { refusal: 'not_live' };
  const { groups } = membership;
  return rule.needs.some(({ group }) => groups.includes(group)) ? { groups } : { refusal: 'not_an_approver' };
}

function count(state: State, stillMissing: readonly string[] = []): Verdict {
  return { counts: true, state, stillMissing };
}

function refuse(refusal: Refusal): Verdict {
  return { counts: false, refusal };
}
