/** What the use cases need of the world. `countersign.ts` passes the real ones in. */
import type { Aliases, Person } from '../domain/person.ts';
import type { Notice, Provider } from '../domain/provider.ts';
import type { Reminding } from '../domain/reminders.ts';
import type { Frozen, Request, State } from '../domain/request.ts';
import type { TicketRule } from '../domain/ticket.ts';
import type { Policy } from '../domain/tiers.ts';
import type { Window } from '../domain/window.ts';
import type { Board } from './board.ts';
import type { BulkRecords } from './bulkPorts.ts';
import type { Context, Watcher } from './context.ts';
import type { Freezes } from './freezes.ts';
import type { Job } from './job.ts';
import type { People } from './people.ts';
import type { KeptHome, Section } from './home.ts';
import type { Cursor, List, Row } from './paging.ts';
import type { Delivery } from './posting.ts';
import type { Shortage } from './shortage.ts';
import type { Calendar, Summaries, SummaryReads, Track } from './summaries.ts';
import type { SummaryFileRecords } from './summaryFiles.ts';
import type { Answer, Attempt, Finding, NewDecision, Posted, RefusedAsk, Story, Unposted } from './story.ts';

/** Where the record's chain stands: the number of its newest entry, and that one's hash. */
interface Head {
  readonly seq: bigint;
  readonly hash: Buffer;
}

export interface KnownPayment {
  readonly account: string;
  readonly payment: string;
}

/** What there is to know of when a pending request or bulk waits for too long. */
export interface Pending extends Pick<Request, 'id' | 'state' | 'requestedAt' | 'deadline'> {
  readonly of: 'request' | 'bulk';
}

/** The record. Every method is one query; `select…` throws when the row is missing, `selectOptional…` does not. */
export interface Records extends BulkRecords, Freezes, Summaries, SummaryFileRecords {
  /** Undefined when the payment already has an open request. */
  insertRequest(frozen: Frozen, digest: string): Promise<Request | undefined>;
  /** Holds the request until the transaction ends. */
  lockRequest(id: string): Promise<Request>;
  /** The same, and gives its story as it is once it is held. */
  lockStory(id: string): Promise<Story>;
  selectRequest(id: string): Promise<Request>;
  selectOptionalRequest(number: number): Promise<Request | undefined>;
  selectOpenRequest(account: string, payment: string): Promise<Request | undefined>;
  /** By our own id of the cancellation. */
  selectOpenRequestByKey(account: string, key: string): Promise<Request | undefined>;
  /** At most so many of the list, in its order, from where the cursor stands. */
  selectPage(list: List, cursor: Cursor, limit: number): Promise<readonly Row[]>;
  /** Which of these name a payment that was ever asked for, and at which account. */
  selectKnownPayments(words: readonly string[]): Promise<readonly KnownPayment[]>;
  /** Cancellations of a payment that took place or may still: their amounts in minor units, added up. */
  sumCancelled(account: string, payment: string): Promise<bigint>;
  /**
   * Sets the state, which may be the same, and counts a new version for people to see.
   * @param request as it was read under its lock; the rest of it is given back as it is.
   */
  moveRequest(request: Request, state: State): Promise<Request>;

  insertRefusedAsk(refused: RefusedAsk): Promise<void>;
  insertDecision(request: Request, decision: NewDecision): Promise<void>;
  selectStory(id: string): Promise<Story>;

  /** @param after since when a watcher must have been looking to be one still. */
  selectContext(request: Request, after: Date): Promise<Context>;
  saveWatcher(request: string, watcher: Watcher): Promise<void>;
  /** False when the person was not looking. @param after as above. */
  deleteWatcher(request: string, person: Person, after: Date): Promise<boolean>;
  /** The requests that somebody has been looking at since then or longer. */
  selectOverwatched(until: Date): Promise<readonly string[]>;
  deleteOverdueWatchers(request: string, until: Date): Promise<void>;

  /** The sealed record of the request and of all freezes, beside their rows, to be verified. */
  selectSealed(id: string): Promise<Verify>;
  insertAttempt(request: string, startedAt: Date): Promise<Attempt>;
  selectLastAttempt(request: string): Promise<Attempt | undefined>;
  selectAttempts(request: string): Promise<readonly Attempt[]>;
  insertFinding(attempt: Attempt, finding: Omit<Finding, 'id'>): Promise<void>;

  scheduleLookUp(request: string, dueAt: Date | null): Promise<void>;
  /** What a claimed look-up said and when the next is due, unless something asked for an earlier one meanwhile. */
  finishLookUp(request: string, answer: Answer, nextAt: Date | null, leaseUntil: Date): Promise<void>;
  /** Asks soon, because there is news; a minute apart at the least, and beyond the number of the ordinary ones. */
  bringLookUpForward(request: string, now: Date): Promise<void>;
  /** Takes a due look-up, so that no other process makes it too; gives how many were made before. */
  claimLookUp(request: string, now: Date, leaseUntil: Date): Promise<number | undefined>;

  /** False when the notice came before. `alarming` ones are told to the finance channel. */
  insertNotice(account: string, notice: Notice, receivedAt: Date, alarming: boolean): Promise<boolean>;
  /** Whether anything with these details was sent about this payment, and neither refused nor surely not sent. */
  hasAttempt(account: string, payment: string, details: Readonly<Record<string, string>>): Promise<boolean>;
  selectLastingShortages(): Promise<readonly Shortage[]>;
  /** Those of which the finance channel has to be told, that they began or that they ended. */
  selectUntoldShortages(): Promise<readonly Shortage[]>;
  /** Does nothing when the group lacks people already. */
  beginShortage(group: string, tiers: readonly string[], at: Date): Promise<void>;
  endShortage(id: string, at: Date): Promise<void>;
  saveShortageTold(id: string, what: 'alarm' | 'all-clear', ts: string): Promise<void>;
  /** The notice, if the finance channel was not told of it yet. */
  selectUntoldNotice(account: string, id: string): Promise<Notice | undefined>;
  saveAlarmPosted(account: string, id: string, ts: string): Promise<void>;

  selectPosted(request: string): Promise<readonly Posted[]>;
  /**
   * False when somebody else did something to this message meanwhile.
   * @param after the edition that was read before; 0 when there was none.
   */
  savePosted(request: string, posted: Unposted, after: number): Promise<boolean>;
  /**
   * The same of a post that was delivered, and the end of its delivery, at once. A new headline has a thread of its own, so
   * what stands in the one before is forgotten.
   */
  saveDelivered(name: string, request: string, posted: Unposted, after: number): Promise<boolean>;
  /** Remembers that an edit is about to be made; false when somebody else did something to the message meanwhile. */
  beginEdit(request: string, kind: string, after: number): Promise<boolean>;
  /** The edit was surely not made. */
  endEdit(request: string, kind: string): Promise<void>;
  /** Nobody knows any more which version the message shows, so it has to be shown again. */
  doubtPosted(request: string, kind: string): Promise<void>;
  /** Remembers that the headline and its thread were looked for. */
  markSeen(request: string, at: Date): Promise<void>;
  /** The posts of these names, of which there is one at least, that were begun and whose answers were never recorded. */
  selectDeliveries(names: readonly string[]): Promise<ReadonlyMap<string, Delivery>>;
  /** Undefined when it is begun; else the post that was begun before, which stays. */
  beginDelivery(name: string, id: string): Promise<Delivery | undefined>;
  /** Begins another post in place of one that did not arrive. */
  replaceDelivery(name: string, id: string): Promise<void>;
  endDelivery(name: string): Promise<void>;
  /** Ends this very delivery, which did not arrive; another one of the name goes on. */
  giveUpDelivery(name: string, id: string): Promise<void>;
  /** Remembers that Slack shows this version, unless headline or card are in doubt. */
  markAnnounced(request: string, version: number): Promise<void>;

  selectOptionalHome(user: string): Promise<KeptHome | undefined>;
  /** Every section stands at its first page then. */
  saveHomeOpened(person: Person, at: Date): Promise<void>;
  saveHomeCursor(person: Person, section: Section, cursor: Cursor, at: Date): Promise<void>;
  /** @param more.groups of the person, by which changes find the Home. */
  saveHomeShown(
    user: string,
    more: { readonly shown: number; readonly hash: string | null; readonly groups: readonly string[] },
  ): Promise<void>;
  /** Nobody knows which one Slack shows, unless another hash was saved meanwhile. */
  forgetHomeHash(user: string, hash: string): Promise<void>;
  /**
   * The Homes of these people, and of whoever is in one of the groups, ought to show something else now; gives whose they are.
   * None when this version of a request or a bulk was the last that Homes were told of.
   */
  markHomesBehind(
    news: { readonly subject: string; readonly version: number },
    concerned: { readonly requesters: readonly string[]; readonly groups: readonly string[] },
    openedSince: Date,
    at: Date,
  ): Promise<readonly string[]>;

  /** Jobs for everything that should long have happened: the queue is a hint, the tables are the truth. */
  selectNeglected(now: Date): Promise<readonly Job[]>;
  /** Open requests whose deadline passed before anyone decided. */
  selectOverdue(now: Date): Promise<readonly string[]>;

  /** Pending requests and bulks asked for until then whose thread has no message of this kind, the oldest first. */
  selectPendingWithout(kind: string, until: Date): Promise<readonly Pending[]>;

  /** Where the record's chain stands; undefined while it is empty. */
  selectHead(): Promise<Head | undefined>;
  /** Enters the record's key into the chain, if it is new there. */
  introduceKey(now: Date): Promise<void>;
  /** Signs where the chain stands, if it is news. */
  signHead(now: Date): Promise<void>;

  /** The job exists exactly if the transaction commits. */
  enqueue(job: Job): Promise<void>;
  /** Rings again for what a job should have done; while the bell is still ringing, nothing is added. */
  ring(job: Job): Promise<void>;
}

/** Says what is wrong, in sentences; nothing, when the rows are what was sealed. What was asked of the record before leaves first. */
export type Verify = () => Promise<readonly string[]>;

export interface Store extends Records, SummaryReads {
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>;
  /**
   * A transaction that is repeated for a minute while the database is away: for what is known nowhere else. It may
   * have been committed before it is repeated, so `work` must bear that.
   */
  persist(work: (records: Records) => Promise<void>): Promise<void>;
  /** Runs `work` while no other process runs one of the same name; used where Slack must not be told twice. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** The same for work that begins with reading, on the session which does that: once that is lost, nothing more is done on it. */
  holding<T>(name: string, work: (records: Records) => Promise<T>): Promise<T>;
}

/** Everything that a use case may be given; each takes what it needs. */
export interface World {
  readonly store: Store;
  readonly people: People;
  readonly board: Board;
  /** By account name. */
  readonly providers: ReadonlyMap<string, Provider>;
  /** By account name; an account without one is always open. */
  readonly windows: ReadonlyMap<string, Window>;
  readonly policy: Policy;
  readonly aliases: Aliases;
  readonly ticket: TicketRule;
  readonly deadlineSeconds: number;
  /** Resolves when one more payment of the account may be looked up or sent for a bulk. @throws Later */
  readonly takeTurn: (account: string) => Promise<void>;
  /** Sending a bulk is halted after so many refusals or unknown outcomes in a row. */
  readonly pauseAfter: number;
  /** Undefined where nobody is reminded. */
  readonly reminding: Reminding | undefined;
  readonly summary: Calendar & {
    readonly channel: string;
    readonly tracks: readonly Track[];
    /** The groups whose members sign days off. */
    readonly reviewers: readonly string[];
    /** What a provider accepted longer ago waits on somebody. */
    readonly acceptedSeconds: number;
  };
  readonly now: () => Date;
}
