/** A person looks at the provider and says what became of a request that nothing else could settle. */
import { addSeconds } from './clock.ts';
import { judgeSecondPerson, type Refusal } from './decide.ts';
import type { Membership, Person } from './person.ts';
import type { Outcome } from './provider.ts';
import { isUnsettled, type Request, type State } from './request.ts';

export type Find =
  /** Wants to say what was found; nothing is said yet. */
  | { readonly type: 'find'; readonly saw: string }
  /** `reference` is the provider's own id of the cancellation, where the person saw one. */
  | (Finding & { readonly type: 'find_cancelled'; readonly reference: string | null })
  /** Not cancelled, and nothing is under way. */
  | (Finding & { readonly type: 'find_refused' });

interface Finding {
  readonly note: string;
  /** The digest and the version of the request in the person's form, and when that was opened. */
  readonly saw: string;
  readonly version: number;
  readonly openedAt: Date;
}

/** What was looked at longer ago may have changed since. */
const FORM_LASTS_SECONDS = 3600;

/** Gives why the finding does not count, or undefined when it does; decides from its arguments alone. */
export function judgeFind(
  request: Pick<Request, 'state' | 'requester' | 'digest' | 'rule' | 'version'>,
  find: Find,
  by: { readonly person: Person; readonly membership: Membership },
  now: Date,
): Refusal | undefined {
  if (!isUnsettled(request.state)) return 'already_settled';
  const second = judgeSecondPerson(request, by);
  if ('refusal' in second) return second.refusal;
  if (find.saw !== request.digest) return 'request_changed';
  if (find.type === 'find') return undefined;
  // News that came while the form was open must be seen before anything is said against it.
  const isFresh = find.version === request.version && now <= addSeconds(find.openedAt, FORM_LASTS_SECONDS);
  return isFresh ? undefined : 'form_expired';
}

/** The words are ours: the note may have to be erased one day, and stands with the decision alone. */
export function outcomeOf(find: Exclude<Find, { type: 'find' }>): Outcome {
  return find.type === 'find_cancelled'
    ? { type: 'cancelled', reference: find.reference, says: 'A person found it cancelled.' }
    : { type: 'refused', code: 'not_cancelled', says: 'A person found it not cancelled.' };
}

/** Whether a person is called: it was sent, is not settled, and nothing more is to be learnt by asking. */
export function waitsForAPerson(state: State, lookUpsEndedAt: Date | null): boolean {
  return isUnsettled(state) && lookUpsEndedAt !== null;
}
