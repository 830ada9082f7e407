/** What every command works with. */
import type { ShowTime } from '../src/slack/look.ts';
import type { ReadFile } from '../src/slack/files.ts';
import type { Listeners } from '../src/slack/listeners.ts';
import type { Choice } from '../src/slack/askForm.ts';
import type { Usecases } from '../src/usecases/usecases.ts';

export interface Desk {
  readonly usecases: Usecases;
  /** The accounts of the configuration, in its order. */
  readonly accounts: readonly Choice[];
  readonly showTime: ShowTime;
  /** What a file that somebody gave holds. */
  readonly readFile: ReadFile;
}

export type Register = (app: Listeners, desk: Desk) => void;
