/** How far the approvals of a request have come: who gave one, and which groups are still missing. */
import { missing, type Need } from '../domain/policy.ts';
import { approvedText, placesText, waitingText } from '../language/card.ts';
import type { Story } from '../usecases/story.ts';
import { code } from './inert.ts';
import { mention, stateText } from './look.ts';

/** More are no help. */
const PEOPLE_NAMED = 20;

/** How the request stands, with the approvals that it has while it waits for more. */
export function progressText(story: Story): string {
  const state = stateText(story);
  return story.request.state === 'pending' ? waitingText({ state, ...progressOf(story) }) : state;
}

export function placesOf(needs: readonly Need[]): string {
  return placesText(needs.map(({ group, count }) => ({ group: code(group), count })));
}

export function approvedOf(story: Story): string {
  const people = story.approvals.slice(0, PEOPLE_NAMED).map(({ person }) => mention(person));
  return approvedText({ ...progressOf(story), people, wanted: placesOf(stillNeeded(story)) });
}

function progressOf(story: Story): { filled: number; places: number } {
  const places = story.request.rule.needs.reduce((sum, { count }) => sum + count, 0);
  return { filled: places - missingOf(story).length, places };
}

function missingOf({ request, approvals }: Story): readonly string[] {
  return missing(
    request.rule.needs,
    approvals.map(({ groups }) => groups),
  );
}

function stillNeeded(story: Story): Need[] {
  const groups = missingOf(story);
  return [...new Set(groups)].map((group) => ({
    group,
    count: groups.filter((one) => one === group).length,
  }));
}
