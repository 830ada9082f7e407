/** The messages in the thread that ping people, once, when a request or a bulk waits for too long. */
import type { ActionsBlock } from '@slack/types';
import type { Reminder } from '../domain/reminders.ts';
import { escalationText, overTexts, reminderText } from '../language/reminders.ts';
import { type BulkStory, firstLineOf, standingOf } from '../usecases/bulkStory.ts';
import { approvalsOf } from '../usecases/decideOnBulk.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { bulkButtons, DECISIONS } from './bulkButtons.ts';
import { versionOf } from './bulkCard.ts';
import { decisionButtons } from './buttons.ts';
import type { Message, Setting } from './card.ts';
import { callForDecision, type Wanted, wantedFor } from './wanted.ts';

/** Slack shows who is mentioned; more would be a crowd in which nobody feels meant. */
const CALLED_AT_MOST = 20;

/** Its buttons work until the request is decided; then it calls nobody and has none any more. */
export function reminderMessage(reminder: Reminder, story: Story, setting: Setting): Message {
  if (story.request.state !== 'pending') return overMessage(reminder);
  return callingMessage(reminder, story, decisionButtons(story, reminder), setting);
}

/** The same of a bulk. */
export function bulkReminderMessage(reminder: Reminder, story: BulkStory, setting: Setting): Message {
  if (standingOf(story) !== 'pending') return overMessage(reminder);
  const { bulk, acts, standing } = story;
  const wanted = { request: firstLineOf(story), approvals: approvalsOf(acts), standing };
  const buttons = bulkButtons(bulk, DECISIONS, { place: reminder, version: versionOf(story) });
  return callingMessage(reminder, wanted, buttons, setting);
}

function overMessage(reminder: Reminder): Message {
  const text = overTexts[reminder];
  return { text, blocks: [section(text)] };
}

function callingMessage(
  reminder: Reminder,
  wanted: Wanted,
  buttons: ActionsBlock,
  setting: Setting,
): Message {
  const text = reminder === 'reminder' ? remind(wanted, setting) : escalate(wanted, setting);
  return { text, blocks: [section(text), buttons] };
}

function remind(wanted: Wanted, { groups, showTime }: Setting): string {
  return reminderText({
    call: callForDecision(wanted, groups),
    deadline: showTime(wanted.request.deadline),
  });
}

function escalate(wanted: Wanted, { groups, escalateTo = [], showTime }: Setting): string {
  const { request, approvals } = wanted;
  const people = new Set(escalateTo);
  // Nobody is called about their own request, or twice.
  people.delete(request.requester.user);
  for (const { person } of approvals) people.delete(person.user);

  const called = [...people].slice(0, CALLED_AT_MOST);
  const deciders = wantedFor(wanted, groups);
  const mentions = (isDecider: boolean) =>
    called.filter((user) => deciders.includes(user) === isDecider).map((user) => `<@${user}>`);
  return escalationText({
    deciders: mentions(true),
    others: mentions(false),
    deadline: showTime(request.deadline),
  });
}
