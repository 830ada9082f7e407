/** The last look before anything is sent: the law, judged again from the record alone. */
import type { Refusal } from './decide.ts';
import { digestOf } from './digest.ts';
import { isSamePerson, type Person } from './person.ts';
import { isSatisfied } from './policy.ts';
import type { Request } from './request.ts';

interface Recorded {
  readonly act: string;
  readonly person: Person | null;
  readonly groups: readonly string[];
  readonly saw: string | null;
  readonly decidedAt: Date;
  readonly refusal: Refusal | null;
}

/**
 * Whether the request is still what its digest says, nothing ended it, and enough distinct people who did not ask
 * for it approved exactly that, in time. Nobody is never enough, whatever the rule says.
 */
export function maySend(request: Request, decisions: readonly Recorded[]): boolean {
  if (digestOf(request) !== request.digest) return false;
  const counted = decisions.filter(({ refusal }) => refusal === null);
  if (counted.some(({ act }) => act !== 'approve')) return false;

  const approvals = counted.filter(
    ({ person, saw, decidedAt }) =>
      person !== null &&
      !isSamePerson(person, request.requester) &&
      saw === request.digest &&
      decidedAt < request.deadline,
  );
  const byPerson = new Map(approvals.map(({ person, groups }) => [person?.user, groups]));
  return byPerson.size > 0 && isSatisfied(request.rule.needs, [...byPerson.values()]);
}
