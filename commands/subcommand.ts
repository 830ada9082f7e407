/** What stands behind a word after `/cancel`. */
import type { ModalView } from '@slack/types';
import type { Person } from '../src/domain/person.ts';
import { membersOnlyText } from '../src/language/members.ts';
import type { Message } from '../src/slack/card.ts';
import type { Desk } from './desk.ts';

/** What a sub-command is given: what follows its name, and who typed it. */
interface Typed {
  readonly rest: string;
  /** The same as Slack sent it: only there a mention names a person. */
  readonly escaped: string;
  readonly person: Person;
  /** Opens a form, within the three seconds that Slack gives for that. */
  readonly open: (view: ModalView) => Promise<void>;
}

/** One sub-command; what it says of itself is in the file of its words in `src/language`. */
export interface Subcommand {
  readonly usage: string;
  readonly help: string;
  /** Only the person who typed it sees it: mrkdwn, or a message with buttons; undefined where a form was opened. */
  answer(typed: Typed, desk: Desk): Promise<string | Message | undefined>;
}

/** The record is shown to full, live members of the workspace, which Slack is asked about each time. */
export function forMembers(subcommand: Subcommand): Subcommand {
  return {
    ...subcommand,
    answer: async (typed, desk) => (await whyNotShown(typed.person, desk)) ?? subcommand.answer(typed, desk),
  };
}

/** The sentence that stands in the place of what somebody may not see; undefined when they may. */
export async function whyNotShown(person: Person, { usecases }: Desk): Promise<string | undefined> {
  const membership = await usecases.membershipOf(person);
  return membership.live ? undefined : membersOnlyText(membership.why);
}
