/** A bulk before it is recorded: what the requester's list says, and what the provider says of it, line by line. */
import type { Bulk } from '../domain/bulk.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Person } from '../domain/person.ts';
import type { Target } from '../domain/provider.ts';
import type { TurnedAway } from './admit.ts';
import type { Place } from './posting.ts';

export interface Draft {
  readonly id: string;
  readonly account: string;
  readonly reason: string;
  readonly ticket: string | null;
  readonly requester: Person;
  readonly begunAt: Date;
  /** Since when the requester is asked what to do about the lines that can't be cancelled; null before that. */
  readonly askedAt: Date | null;
  /** The bulk that was made of it; null before that. */
  readonly bulk: string | null;
  /** The direct message that shows how far it is; null while there is none. */
  readonly message: Place | null;
}

export interface DraftLine {
  /** The number of the line in the requester's list. */
  readonly place: number;
  readonly target: Target;
  readonly key: string;
  /** What the provider said of it, and when; null while it was not asked. */
  readonly answer: { readonly evidence: Evidence; readonly at: Date } | null;
}

/** Why a line can't be asked for. */
export interface LineFault {
  readonly place: number;
  /** What the line names, as far as it could be read. */
  readonly payment: string;
  readonly says: string;
}

/** What the requester sees of a draft. */
export type DraftView = {
  readonly draft: Draft;
} & (
  | { readonly type: 'looking'; readonly done: number; readonly of: number }
  | { readonly type: 'faulty'; readonly faults: readonly LineFault[]; readonly others: number }
  | { readonly type: 'turned_away'; readonly turnedAway: TurnedAway }
  | { readonly type: 'made'; readonly bulk: Bulk }
  /** The requester leaves it, or waited for too long. */
  | { readonly type: 'left' | 'too_old' }
);
