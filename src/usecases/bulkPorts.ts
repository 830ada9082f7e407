/** What the use cases of bulks need of the record, beside what they need of single requests. */
import type { Bulk, FrozenBulk } from '../domain/bulk.ts';
import type { BulkAct, NewBulkAct } from '../domain/bulkAct.ts';
import type { Frozen, Request, State } from '../domain/request.ts';
import type { BulkStory } from './bulkStory.ts';
import type { Draft, DraftLine } from './draft.ts';
import type { Place } from './posting.ts';
import type { NewDecision } from './story.ts';

/** A line of a bulk before it is recorded. */
export type Line = Frozen;

export interface DecidedLine {
  readonly request: Request;
  readonly decision: NewDecision;
}

/** How far sending a bulk has come. */
export interface Sending {
  /** Whose turn it is: what may be under way, then what was not tried yet, in order, then what could not be sent before. */
  readonly next:
    | {
        readonly id: string;
        readonly account: string;
        readonly isUnderWay: boolean;
        readonly triedAt: Date | null;
      }
    | undefined;
  /** When it was approved, told to go on, or a line was sent or lapsed, whichever was last. */
  readonly movedAt: Date;
  /** The states of the lines whose turn it was since the last "go on", the latest first. */
  readonly latest: readonly State[];
}

export interface BulkRecords {
  /** @param many how many of the latest lines are wanted. */
  selectSending(bulk: string, many: number): Promise<Sending>;
  /** Remembers that the line could not be sent when it was its turn. */
  markTried(line: string, at: Date): Promise<void>;
  /** Those of these payments that are open. */
  selectOpenRequests(account: string, payments: readonly string[]): Promise<readonly Request[]>;
  /** `sumCancelled` of each of these payments. */
  sumCancelledOf(account: string, payments: readonly string[]): Promise<ReadonlyMap<string, bigint>>;

  insertDraft(draft: Draft, lines: readonly DraftLine[]): Promise<void>;
  /** Holds the draft until the transaction ends; undefined when it is gone. */
  lockDraft(id: string): Promise<Draft | undefined>;
  selectOptionalDraft(id: string): Promise<Draft | undefined>;
  /** In the order of the list. */
  selectDraftLines(id: string): Promise<readonly DraftLine[]>;
  saveAnswer(draft: string, place: number, answer: NonNullable<DraftLine['answer']>): Promise<void>;
  saveDraftMessage(id: string, message: Place): Promise<void>;
  markAsked(id: string, at: Date): Promise<void>;
  saveMade(id: string, bulk: string): Promise<void>;
  selectOldDrafts(before: Date): Promise<readonly string[]>;
  deleteDraft(id: string): Promise<void>;

  /** With all its lines. Undefined when a payment of it got an open request; then nothing of it may be kept. */
  insertBulk(frozen: FrozenBulk, lines: readonly Line[]): Promise<Bulk | undefined>;
  /** Holds the bulk until the transaction ends. */
  lockBulk(id: string): Promise<Bulk>;
  selectBulk(id: string): Promise<Bulk>;
  selectOptionalBulk(number: number): Promise<Bulk | undefined>;
  selectBulkStory(id: string): Promise<BulkStory>;
  /** Remembers that Slack shows this much of the bulk and its lines, unless headline or card are in doubt. */
  markBulkAnnounced(story: BulkStory): Promise<void>;
  /** Bulks of which lines wait though the deadline is over. */
  selectOverdueBulks(now: Date): Promise<readonly string[]>;
  insertBulkAct(bulk: Bulk, act: NewBulkAct): Promise<void>;
  selectBulkActs(bulk: string): Promise<readonly BulkAct[]>;
  /** In the order of the list. */
  selectLines(bulk: string): Promise<readonly Request[]>;
  /** Holds every line until the transaction ends; the bulk has to be locked before. */
  lockLines(bulk: string): Promise<readonly Request[]>;
  /** Of lines that are locked. */
  insertDecisions(decided: readonly DecidedLine[]): Promise<void>;
  moveLines(ids: readonly string[], state: State): Promise<void>;
}
