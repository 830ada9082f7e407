/** Somebody reviewed a day's summary and says so. */
import { type Freeze, isOfPerson } from './freeze.ts';
import type { Membership, Person } from './person.ts';

export interface SignOff {
  readonly person: Person;
  readonly signedAt: Date;
}

export type SignOffRefusal = 'not_live' | 'not_a_reviewer' | 'frozen' | 'already_signed_off';

/** A sign-off as it is recorded, also when it does not count. */
export interface TriedSignOff extends SignOff {
  readonly channel: string;
  /** The last day of the summary. */
  readonly date: string;
  /** The groups that the person was in at that moment. */
  readonly groups: readonly string[];
  readonly refusal: SignOffRefusal | null;
}

/**
 * Gives why a sign-off does not count, or undefined when it does.
 * @param reviewers the groups whose members may sign off
 */
export function judgeSignOff(
  { signOff }: { readonly signOff: unknown },
  { person, membership }: { readonly person: Person; readonly membership: Membership },
  reviewers: readonly string[],
  standing: readonly Pick<Freeze, 'scope'>[],
): SignOffRefusal | undefined {
  if (!membership.live) return 'not_live';
  if (!membership.groups.some((group) => reviewers.includes(group))) return 'not_a_reviewer';
  if (standing.some(({ scope }) => isOfPerson(scope, person))) return 'frozen';
  return signOff === null ? undefined : 'already_signed_off';
}
