/** What is recorded of a bulk, as the use cases and Slack see it. */
import { type Bulk, type BulkState, bulkStateOf } from '../domain/bulk.ts';
import { type BulkAct, isHalted } from '../domain/bulkAct.ts';
import { waitsForAPerson } from '../domain/find.ts';
import type { Freeze } from '../domain/freeze.ts';
import type { Reminder } from '../domain/reminders.ts';
import { isUnsettled, type Request, type State } from '../domain/request.ts';
import type { Totals } from '../domain/totals.ts';

export interface LineStory {
  readonly request: Request;
  /** What was learnt of it last, or why it lapsed; null while there is nothing to say. */
  readonly says: string | null;
  /** The provider's code of a refusal, and its own id of the cancellation, where it told one. */
  readonly code: string | null;
  readonly reference: string | null;
  /** Since when nothing more is to be learnt by asking. */
  readonly lookUpsEndedAt: Date | null;
}

export interface BulkStory {
  readonly bulk: Bulk;
  readonly acts: readonly BulkAct[];
  /** In the order of the list. There is always one. */
  readonly lines: readonly LineStory[];
  /** The freezes that stand, the oldest first, whether they stop this bulk or not. */
  readonly standing: readonly Freeze[];
  /** How often anything was frozen or lifted: it grows with every change of what stands. */
  readonly freezeNews: number;
}

/** Where it stands, by its lines and by what was done to it last. */
export function standingOf({ lines, acts }: BulkStory): BulkState {
  const requests = lines.map(({ request }) => request);
  return bulkStateOf(requests, isHalted(acts));
}

/** A bulk without its lines one by one: what lists show of it. */
export interface BulkCourse extends Pick<BulkStory, 'bulk' | 'acts' | 'standing'> {
  /** The number of its first line: where it stands among requests. */
  readonly place: number;
  readonly reason: string;
  /** How many lines are in each state that there is. */
  readonly counts: ReadonlyMap<State, number>;
  readonly totals: Totals;
}

/** The same as `standingOf`. */
export function standingOfCourse({ counts, acts }: Pick<BulkCourse, 'counts' | 'acts'>): BulkState {
  const lines = Array.from(counts.keys(), (state) => ({ state }));
  return bulkStateOf(lines, isHalted(acts));
}

/** What all lines say alike: what is read of one of them. */
export function firstLineOf({ bulk, lines }: BulkStory): Request {
  const [first] = lines;
  if (first === undefined) throw new Error(`bulk ${bulk.id} has no line`);
  return first.request;
}

/** What the thread tells: acts that did not count are in the record only. */
export function countedActs({ acts }: Pick<BulkStory, 'acts'>): readonly BulkAct[] {
  return acts.filter(({ refusal }) => refusal === null);
}

/** The lines of which a person has to say what became of them. */
export function waitingForAPerson({ lines }: BulkStory): readonly LineStory[] {
  return lines.filter(({ request, lookUpsEndedAt }) => waitsForAPerson(request.state, lookUpsEndedAt));
}

/** Whether anything was sent, or could have been. */
export function wasApproved({ lines, acts }: BulkStory): boolean {
  return (
    acts.some(({ act, refusal }) => act === 'approve' && refusal === null) &&
    lines.every(({ request }) => request.state !== 'pending')
  );
}

/** The lines of which nobody knows yet what became. */
export function unsettledLines({ lines }: BulkStory): readonly Request[] {
  return lines.flatMap(({ request }) => (isUnsettled(request.state) ? [request] : []));
}

/** Whether nobody decided in time. */
export function isExpired({ lines }: BulkStory): boolean {
  return lines.some(({ request }) => request.state === 'expired');
}

/** A part of what Slack shows of a bulk. */
export type BulkPart =
  | { readonly type: 'headline' | 'card' | 'progress' | 'call' | 'expiry' }
  | { readonly type: 'act'; readonly act: BulkAct }
  | { readonly type: 'reminder'; readonly reminder: Reminder };
