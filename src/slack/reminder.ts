/** The messages in the thread that ping people, once, when a request waits for too long. */
import type { Reminder } from '../domain/reminders.ts';
import { escalationText, overTexts, reminderText } from '../language/reminders.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { decisionButtons } from './buttons.ts';
import type { Message, Setting } from './card.ts';
import { callForDecision, wantedFor } from './wanted.ts';

/** Slack shows who is mentioned; more would be a crowd in which nobody feels meant. */
const CALLED_AT_MOST = 20;

/** Its buttons work until the request is decided; then it calls nobody and has none any more. */
export function reminderMessage(reminder: Reminder, story: Story, setting: Setting): Message {
  if (story.request.state !== 'pending') {
    const text = overTexts[reminder];
    return { text, blocks: [section(text)] };
  }
  const text = reminder === 'reminder' ? remind(story, setting) : escalate(story, setting);
  return { text, blocks: [section(text), decisionButtons(story, reminder)] };
}

function remind(story: Story, { groups, showTime }: Setting): string {
  return reminderText({
    call: callForDecision(story, groups),
    deadline: showTime(story.request.deadline),
  });
}

function escalate(story: Story, { groups, escalateTo = [], showTime }: Setting): string {
  const { request, approvals } = story;
  const people = new Set(escalateTo);
  // Nobody is called about their own request, or twice.
  people.delete(request.requester.user);
  for (const { person } of approvals) people.delete(person.user);

  const called = [...people].slice(0, CALLED_AT_MOST);
  const wanted = wantedFor(story, groups);
  const mentions = (isDecider: boolean) =>
    called.filter((user) => wanted.includes(user) === isDecider).map((user) => `<@${user}>`);
  return escalationText({
    deciders: mentions(true),
    others: mentions(false),
    deadline: showTime(request.deadline),
  });
}
