/** What a summary says: of one local day or of several, and of what waits on somebody; all of it as it was at one moment. */
import type { Scope } from './freeze.ts';
import type { Money } from './money.ts';
import { type State, states } from './request.ts';

export const kinds = ['day', 'week', 'month'] as const;
/** Of which days a summary is; those of weeks and months are roll-ups. */
export type Kind = (typeof kinds)[number];

/** Local days in a row, with the time that they take. */
export interface Period {
  readonly kind: Kind;
  /** The first and the last day, `2026-11-19`; the same where it is one. */
  readonly first: string;
  readonly last: string;
  /** How many days these are. */
  readonly days: number;
  readonly zone: string;
  /** Where the period before ended, so that nothing is missed and nothing comes twice when the zone changes. */
  readonly since: Date;
  readonly until: Date;
  /** When its summary was to come. */
  readonly dueAt: Date;
}

export interface Figures extends Period {
  /** The moment that everything here is of. */
  readonly madeAt: Date;
  /** The newest entry of the record's chain then; null where there is none. `hash` is in hex. */
  readonly head: { readonly seq: number; readonly hash: string } | null;

  /** Carried in + opened = ended + carried out. What was carried in is what the summary before carried out. */
  readonly carriedIn: number;
  readonly opened: readonly Sum[];
  readonly ended: readonly EndedSum[];
  readonly carriedOut: number;
  /** Of the opened and the ended: those of earlier days that were recorded only after the summary of their day. */
  readonly late: { readonly opened: number; readonly ended: number };

  /** Requests that got their last approval. */
  readonly approved: readonly Sum[];
  readonly decided: Decided | null;
  /** What providers refused; `code` is the provider's own word. */
  readonly refusals: readonly { readonly account: string; readonly code: string; readonly count: number }[];
  /** Acts that did not count, by why. */
  readonly tries: readonly { readonly why: string; readonly count: number }[];
  /** The largest that ended, of each currency. */
  readonly largest: readonly Largest[];
  readonly compared: Compared;

  readonly waiting: readonly Waiting[];
  readonly freezes: Listed<StandingFreeze>;
  readonly halted: Listed<HaltedBulk>;
  /** Accounts whose provider gave look-ups no usable answer. */
  readonly silent: readonly SilentAccount[];
  /** Days whose summaries nobody signed off, the oldest first. */
  readonly unsigned: readonly string[];
}

/** Requests of one account whose amounts are in one currency, or are not known (`money` is null). */
interface Sum {
  readonly account: string;
  readonly count: number;
  readonly money: Money | null;
}
interface EndedSum extends Sum {
  readonly state: State;
}

/** Requests that were approved or rejected, a bulk counted once: how long after they were asked for. */
interface Decided {
  readonly count: number;
  readonly medianSeconds: number;
  readonly slowest: { readonly name: string; readonly seconds: number };
}

interface Largest {
  /** `C-1042` */
  readonly name: string;
  readonly account: string;
  readonly state: State;
  readonly amount: Money;
}

/** At most `LISTED` of them; `more` are not listed. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly more: number;
}
export const LISTED = 20;

/** Why requests wait on somebody, the most urgent first: accepted for too long, pending past half of their time. */
export const waits = ['unknown', 'accepted', 'pending'] as const;

export interface Waiting extends Listed<WaitingItem> {
  readonly why: (typeof waits)[number];
  /** Requests, with each line of a bulk. */
  readonly count: number;
}

/** A request, or the lines of one bulk. */
export interface WaitingItem {
  /** `C-1042` or `B-1001` */
  readonly name: string;
  readonly account: string;
  readonly lines: number;
  /** One sum per currency, and how many have no known amount. */
  readonly money: readonly Money[];
  readonly withoutAmount: number;
  /** Asked, accepted, or not known since then. */
  readonly since: Date;
  readonly deadline: Date;
}

interface StandingFreeze {
  /** 3 for F-3. */
  readonly number: number;
  readonly scope: Scope;
  readonly frozenAt: Date;
}

/** `lines` are those that are approved and not sent. */
interface HaltedBulk extends Pick<WaitingItem, 'name' | 'account' | 'lines'> {
  readonly haltedAt: Date;
}

interface SilentAccount {
  readonly account: string;
  /** Requests that were asked for meanwhile, or that are not settled. */
  readonly count: number;
  readonly since: Date;
}

/** How many opened, and how many ended in each way. */
export interface Counts {
  readonly opened: number;
  readonly ended: Readonly<Partial<Record<State, number>>>;
}

export interface Compared {
  /** Of the day, week or month before; null where that has no summary of its own. */
  readonly before: Counts | null;
  /** The medians of the same weekday, of weeks, or of months, `of` so many; null where there are too few. */
  readonly usual: (Counts & { readonly of: number }) | null;
}

/** Whether every request that was there is accounted for. */
export function tiesOut({ carriedIn, opened, ended, carriedOut }: Balance): boolean {
  return carriedIn + total(opened) === total(ended) + carriedOut;
}
type Balance = Pick<Figures, 'carriedIn' | 'opened' | 'ended' | 'carriedOut'>;

export function total(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

export function countsOf({ opened, ended }: Pick<Figures, 'opened' | 'ended'>): Counts {
  const ways = states.map((state) => [state, total(ended.filter((one) => one.state === state))] as const);
  return { opened: total(opened), ended: Object.fromEntries(ways.filter(([, count]) => count > 0)) };
}
