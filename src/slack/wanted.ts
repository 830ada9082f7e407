/** Who is wanted, because their approval is missing. */
import { freezeOver } from '../domain/freeze.ts';
import { missing } from '../domain/policy.ts';
import { callToDecideText } from '../language/card.ts';
import { stoppedText } from '../language/frozenRequest.ts';
import type { Course } from '../usecases/story.ts';
import type { Setting } from './card.ts';
import { clauseOf } from './freeze.ts';

/** A request, or a bulk by one of its lines, and what keeps it waiting. */
export type Wanted = Pick<Course, 'request' | 'approvals' | 'standing'>;

/** Calls them by name, so that Slack tells them; or says what makes approvals not count. */
export function callForDecision(story: Wanted, groups: Setting['groups']): string {
  const freeze = freezeOver(story);
  if (freeze !== undefined) return stoppedText(clauseOf(freeze));
  const called = wantedFor(story, groups).map((user) => `<@${user}>`);
  return callToDecideText(called.slice(0, 20));
}

/** Their user ids. */
export function wantedFor(
  { request, approvals }: Omit<Wanted, 'standing'>,
  groups: Setting['groups'],
): readonly string[] {
  const { needs } = request.rule;
  const approved = approvals.map((approval) => approval.groups);
  const brings = (user: string) => {
    const theirs = Object.keys(groups).filter((group) => groups[group]?.includes(user));
    return missing(needs, [...approved, theirs]).length < missing(needs, approved).length;
  };
  const people = new Set(needs.flatMap(({ group }) => groups[group] ?? []));
  // Nobody is called to decide on their own request, or twice.
  people.delete(request.requester.user);
  for (const { person } of approvals) people.delete(person.user);
  return [...people].filter(brings);
}
