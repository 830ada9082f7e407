/** What the fourteen local days up to one brought, for the picture that goes with that day's summary. */
import type { Money } from './money.ts';
import { type EndState, endStates } from './request.ts';

export const FORTNIGHT_DAYS = 14;

export interface FortnightDay {
  /** The local day, `2026-11-19`. */
  readonly date: string;
  readonly opened: number;
  readonly ended: Readonly<Partial<Record<EndState, number>>>;
  /** One sum per currency: money is never added across currencies. */
  readonly cancelled: readonly Money[];
  /** Cancelled, of an amount that the provider never said. */
  readonly withoutAmount: number;
}

/** The oldest day first. */
export interface Fortnight {
  readonly zone: string;
  readonly days: readonly FortnightDay[];
  /** Open when the last day ended. */
  readonly carriedOut: number;
}

export function endedOn({ ended }: FortnightDay): number {
  return sum(Object.values(ended));
}

export function openedIn({ days }: Fortnight): number {
  return sum(days.map(({ opened }) => opened));
}

/** How many ended in each way, of the ways that occur, in their usual order. */
export function endedIn({ days }: Fortnight): ReadonlyMap<EndState, number> {
  const counts = endStates.map((state): [EndState, number] => [
    state,
    sum(days.map(({ ended }) => ended[state] ?? 0)),
  ]);
  return new Map(counts.filter(([, count]) => count > 0));
}

/** How many were open when each of the days ended: told by going back from the last. */
export function openAfterDays({ days, carriedOut }: Fortnight): readonly number[] {
  const open: number[] = [];
  let after = carriedOut;
  for (const day of days.toReversed()) {
    open.unshift(after);
    after += endedOn(day) - day.opened;
  }
  return open;
}

/** Of one currency: what was cancelled on each day, and in all. */
export interface CurrencyDays {
  readonly total: Money;
  readonly days: readonly Money[];
}

/**
 * Those of which money was cancelled on most days first, for sums of two currencies can't be compared; then by code.
 */
export function cancelledByCurrency({ days }: Fortnight): readonly CurrencyDays[] {
  const currencies = new Set(days.flatMap(({ cancelled }) => cancelled.map(({ currency }) => currency)));
  return [...currencies]
    .map((currency): CurrencyDays => {
      const minors = days.map(
        ({ cancelled }) => cancelled.find((money) => money.currency === currency)?.minor ?? 0n,
      );
      const total = minors.reduce((all, minor) => all + minor, 0n);
      return { total: { minor: total, currency }, days: minors.map((minor) => ({ minor, currency })) };
    })
    .toSorted((a, b) => busyDays(b) - busyDays(a) || (a.total.currency < b.total.currency ? -1 : 1));
}

function busyDays({ days }: CurrencyDays): number {
  return days.filter(({ minor }) => minor > 0n).length;
}

export function withoutAmountIn({ days }: Fortnight): number {
  return sum(days.map(({ withoutAmount }) => withoutAmount));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
