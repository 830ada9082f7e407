/** What every command works with. */
import type { App } from '@slack/bolt';
import type { ShowTime } from '../src/slack/look.ts';
import type { Choice } from '../src/slack/askForm.ts';
import type { Usecases } from '../src/usecases/usecases.ts';

export interface Desk {
  readonly usecases: Usecases;
  /** The accounts of the configuration, in its order. */
  readonly accounts: readonly Choice[];
  readonly showTime: ShowTime;
}

export type Register = (app: App, desk: Desk) => void;
