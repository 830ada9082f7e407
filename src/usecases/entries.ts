/** What the thread of a request tells, in the order in which it happened. */
import type { Decision, Finding, Follower, Story } from './story.ts';

export type Entry = Decision | Finding | Follower;

/**
 * Acts that did not count are in the record only, and what a person found is told with who found it.
 */
export function entriesOf({
  decisions,
  findings,
  followers,
}: Pick<Story, 'decisions' | 'findings' | 'followers'>): readonly Entry[] {
  return [
    ...decisions.filter(({ refusal }) => refusal === null),
    ...findings.filter(({ source }) => source !== 'person'),
    ...followers,
  ].toSorted((a, b) => timeOf(a).getTime() - timeOf(b).getTime());
}

export function timeOf(entry: Entry): Date {
  if ('act' in entry) return entry.decidedAt;
  return 'outcome' in entry ? entry.learntAt : entry.requestedAt;
}

/** The kind of its message. */
export function kindOf(entry: Entry): string {
  if ('act' in entry) return `thread:decision:${entry.id}`;
  return 'outcome' in entry ? `thread:outcome:${entry.id}` : `thread:again:${entry.id}`;
}
