/** Who takes part in a request, as humans: some have several Slack accounts. */
import { type Aliases, isAnybodyTwice, type Person } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import { lapseReasons } from '../language/dispatch.ts';
import { endByClock } from './endByClock.ts';
import type { Records } from './ports.ts';
import type { Story } from './story.ts';

/** Whoever asked, and whoever approved so far. */
export function partiesOf({ request, approvals }: Pick<Story, 'request' | 'approvals'>): readonly Person[] {
  return [request.requester, ...approvals.map(({ person }) => person)];
}

/**
 * Ends a request in which one human counted twice, because the accounts were declared to be theirs only afterwards.
 * To be called with the request locked. @returns the request as it stands then.
 */
export async function lapseIfOneCountedTwice(
  records: Records,
  { request, approvals }: Pick<Story, 'request' | 'approvals'>,
  aliases: Aliases,
  at: Date,
): Promise<Request> {
  const mayLapse = request.state === 'pending' || request.state === 'approved';
  return mayLapse && isAnybodyTwice(partiesOf({ request, approvals }), aliases)
    ? endByClock(records, request, 'lapsed', lapseReasons.samePerson, at)
    : request;
}
