/** What stands behind a word after `/cancel`. */
import type { Person } from '../src/domain/person.ts';
import type { Desk } from './desk.ts';

/** What a sub-command is given: what follows its name, and who typed it. */
interface Typed {
  readonly rest: string;
  /** The same as Slack sent it: only there a mention names a person. */
  readonly escaped: string;
  readonly person: Person;
}

/** One sub-command; what it says of itself is in the file of its words in `src/language`. */
export interface Subcommand {
  readonly usage: string;
  readonly help: string;
  /** Mrkdwn that only the person who typed it sees. */
  answer(typed: Typed, desk: Desk): Promise<string>;
}
