/** What judging gives: the state that entries lead to, and what is wrong with which of them. */
import type { State } from '../domain/request.ts';
import type { Body } from './entry.ts';

export interface Recorded {
  readonly seq: number;
  readonly body: Body;
}

export interface Breach {
  readonly entry: Recorded;
  readonly says: string;
}

export interface Judged {
  /** Undefined where nothing says what was asked of a provider. */
  readonly state: State | undefined;
  readonly breaches: readonly Breach[];
}
