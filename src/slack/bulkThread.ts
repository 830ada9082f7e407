/** What the thread of a bulk tells after the card: who did what, how far sending is, and what nobody knows. */
import { bulkNameOf } from '../domain/bulk.ts';
import type { BulkAct, HandAct } from '../domain/bulkAct.ts';
import { canBeAskedAgain } from '../domain/request.ts';
import {
  bulkActText,
  bulkResultText,
  callForLinesText,
  callToGoOnText,
  countsText,
  moreLinesText,
  NO_LINES_WAIT,
  progressText,
} from '../language/bulkCourse.ts';
import {
  type BulkStory,
  countedActs,
  isExpired,
  standingOf,
  waitingForAPerson,
} from '../usecases/bulkStory.ts';
import { barOf } from './bar.ts';
import { section } from './blocks.ts';
import { askBulkAgainButton, bulkButtons, DECISIONS } from './bulkButtons.ts';
import { callToDecideOn, versionOf } from './bulkCard.ts';
import { bulkStateOfStory, countsOf, findingLine, sayLine } from './bulkLook.ts';
import type { Message, Setting } from './card.ts';
import { mention } from './look.ts';
import { say } from './passages.ts';

/** Whoever has to look gets so many at a time. */
const CALLED_FOR = 10;
const PEOPLE_CALLED = 20;

/** What was done last has the buttons for what can be done next. */
export function bulkActMessage(story: BulkStory, act: BulkAct, { groups }: Setting): Message {
  const { bulk } = story;
  const text = bulkActText(act, act.person === null ? '' : mention(act.person));
  const said = say(text, act.note);
  const add = (call: string, offered: readonly HandAct[]): Message => ({
    text: `${said.text} ${call}`,
    blocks: [
      ...said.blocks,
      section(call),
      bulkButtons(bulk, offered, { place: act.id, version: versionOf(story) }),
    ],
  });
  const isLast = countedActs(story).at(-1)?.id === act.id;
  const standing = standingOf(story);
  if (isLast && act.act === 'approve' && standing === 'pending') {
    return add(callToDecideOn(story, groups), DECISIONS);
  }
  if (isLast && act.act === 'pause' && standing === 'paused') {
    return add(callToGoOnText(secondPeople(story, groups)), ['go_on', 'stop']);
  }
  return said;
}

/** Everybody who may look after somebody else's request. */
function secondPeople({ bulk }: BulkStory, groups: Setting['groups']): readonly string[] {
  const people = new Set(bulk.rule.needs.flatMap(({ group }) => groups[group] ?? []));
  people.delete(bulk.requester.user);
  return [...people].slice(0, PEOPLE_CALLED).map((user) => mention({ team: '', user }));
}

/** A bar and the same in numbers; while it goes on, a button that stops it. */
export function progressMessage(story: BulkStory): Message {
  const { bulk, lines } = story;
  const of = lines.length;
  const done = lines.filter(({ request }) => !['approved', 'sending'].includes(request.state)).length;
  const state = bulkStateOfStory(story);
  const numbers = progressText({ name: bulkNameOf(bulk), done, of, counts: countsText(countsOf(story)) });
  const buttons = bulkButtons(bulk, ['stop'], { place: 'progress', version: versionOf(story) });
  return {
    text: `${numbers} ${state}`,
    blocks: [
      section(`*${state}*\n${barOf(done, of)}\n${numbers}`),
      ...(standingOf(story) === 'sending' ? [buttons] : []),
    ],
  };
}

/** Each line that waits for a person has its own button, as a request has. */
export function bulkCallMessage(story: BulkStory, { groups }: Setting): Message {
  const waiting = waitingForAPerson(story);
  if (waiting.length === 0) return { text: NO_LINES_WAIT, blocks: [section(NO_LINES_WAIT)] };
  const text = callForLinesText({
    count: waiting.length,
    people: secondPeople(story, groups).join(' '),
  });
  const shown = waiting.slice(0, CALLED_FOR);
  const more = waiting.length - shown.length;
  return {
    text: [text, ...shown.map(({ request }) => sayLine(request))].join('\n'),
    blocks: [
      section(text),
      ...shown.map(({ request }) => findingLine(request)),
      ...(more === 0 ? [] : [section(moreLinesText(more))]),
    ],
  };
}

/** What the requester is told directly, with a button for what of it can be asked again. */
export function bulkResultMessage(story: BulkStory, link: string | undefined): Message {
  const name = bulkNameOf(story.bulk);
  const bulk = link === undefined ? name : `<${link}|${name}>`;
  const text = bulkResultText({ bulk, state: bulkStateOfStory(story), isExpired: isExpired(story) });
  const isOver = standingOf(story) === 'ended';
  const again = isOver && story.lines.some(({ request }) => canBeAskedAgain(request.state));
  return { text, blocks: [section(text), ...(again ? [askBulkAgainButton(story.bulk)] : [])] };
}
