/** What the daily summary says: one local day's requests, and what waits on somebody now. */
import type { Money } from './money.ts';
import type { State } from './request.ts';

export interface Figures {
  /** The local day, `2026-11-19`, and the zone that it is a day of. */
  readonly date: string;
  readonly zone: string;
  readonly since: Date;
  readonly until: Date;
  /** Open when the day began. Carried in + opened = ended + carried out. */
  readonly carriedIn: number;
  readonly opened: number;
  readonly ended: readonly Ended[];
  readonly carriedOut: number;
  /** Acts that did not count: self-approvals, strangers, late clicks. */
  readonly refusedTries: number;
  /** What is open at the moment, unknown outcomes first, then the oldest. At most `WAITING_SHOWN`. */
  readonly waiting: readonly Waiting[];
  readonly waitingCount: number;
}

export const WAITING_SHOWN = 20;

interface Ended {
  readonly state: State;
  readonly count: number;
  /** One sum per currency: money is never added across currencies. */
  readonly money: readonly Money[];
  /** How many of them have no amount, because the provider never said one. */
  readonly withoutAmount: number;
}

export interface Waiting {
  readonly number: number;
  readonly account: string;
  readonly state: State;
  readonly amount: Money | null;
  readonly requestedAt: Date;
}

/** Whether every request that was there is accounted for. */
export function tiesOut({ carriedIn, opened, ended, carriedOut }: Figures): boolean {
  return carriedIn + opened === ended.reduce((sum, { count }) => sum + count, 0) + carriedOut;
}
