/** Reminding those whom a request waits for, and those it is escalated to. */
import type { Reminder } from '../domain/reminders.ts';

/** @param call whom it waits for. */
export function reminderText({
  call,
  deadline,
}: {
  readonly call: string;
  readonly deadline: string;
}): string {
  return `⏰ This still waits for a decision, and expires at ${deadline}. ${call}`;
}

/**
 * Both are mentions, so that Slack tells them.
 * @param deciders whose approval is missing. @param others who are called all the same, and may not give it.
 */
export function escalationText({
  deciders,
  others,
  deadline,
}: {
  readonly deciders: readonly string[];
  readonly others: readonly string[];
  readonly deadline: string;
}): string {
  const called = deciders.length + others.length > 0;
  return [
    `🚨 Nobody has decided on this after the reminder, and it expires at ${deadline}.`,
    ...(deciders.length === 0 ? [] : [`${deciders.join(' ')} please approve or reject it.`]),
    ...(others.length === 0
      ? []
      : [
          `${others.join(' ')} please see that somebody does: the approval that is missing can't come from you.`,
        ]),
    ...(called ? [] : ['Everybody to whom it is escalated asked for it or approved it already.']),
  ].join(' ');
}

/** What is left of them when nothing is to be decided any more. */
export const overTexts: Readonly<Record<Reminder, string>> = {
  reminder: '⏰ Whoever could decide was reminded.',
  escalation: '🚨 This was escalated.',
};
