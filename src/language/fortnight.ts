/** The picture of a fortnight: what is written in it, and what is said to whoever can't see it. */
import type { EndState } from '../domain/request.ts';
import { LOCALE } from './locale.ts';

/** Without signs: the picture's font has none. */
export const endTitles: Readonly<Record<EndState, string>> = {
  cancelled: 'Cancelled',
  refused: 'Refused',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  lapsed: 'Lapsed',
};

export const ENDED_BY_DAY = 'Requests that ended, by day';
export const MONEY_BY_DAY = 'Money cancelled, by day';

/** Beside rows of numbers, where there is room for five letters. */
export const NEW = 'New';
export const LEFT_OPEN = 'Open';

export const NOTHING_ENDED = 'Quiet days: no request ended.';
export const NO_MONEY = 'No money was cancelled.';

/** Of days such as `2026-11-19`. */
export function fortnightTitle(first: string, last: string): string {
  return `Cancellations, ${daysText(first, last)}`;
}

/** As above: one day, or from one to the other. */
export function daysText(first: string, last: string): string {
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
  return format.formatRange(new Date(first), new Date(last));
}

export function totalsText(totals: {
  readonly opened: number;
  readonly ended: number;
  readonly open: number;
  readonly zone: string;
}): string {
  const { opened, ended, open, zone } = totals;
  const counts = `${countText(opened)} opened · ${countText(ended)} ended · ${countText(open)} left open`;
  return `${counts} · ${zone}`;
}

/** Of a day such as `2026-11-19`, beneath its bar. */
export function dayOfMonth(date: string): string {
  return String(Number(date.slice(-2)));
}

export function monthText(date: string): string {
  return new Intl.DateTimeFormat(LOCALE, { month: 'short', timeZone: 'UTC' }).format(new Date(date));
}

export function shortDayText(date: string): string {
  const format = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(new Date(date));
}

/** Grouped as money is: `12 345`, with a no-break space. */
export function countText(count: number): string {
  return count.toLocaleString(LOCALE).replaceAll(',', '\u00a0');
}

/** For where four letters have room: `999`, `1.2k`, `12k`. */
export function tightCountText(count: number): string {
  const digits = count < 1000 ? 3 : 2;
  return new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumSignificantDigits: digits }).format(
    count,
  );
}

/** @param decimals an amount such as `12345.60`: `12.3k`. */
export function compactMoneyText(decimals: string): string {
  const format = new Intl.NumberFormat(LOCALE, { notation: 'compact', maximumSignificantDigits: 3 });
  return format.format(Number(decimals));
}

/** @param more how many currencies are not named; of none below zero. */
export function alsoCancelledText(sums: readonly string[], more: number): string {
  return `Also cancelled: ${listText(sums, more)}.`;
}

/** As above. */
export function cancelledText(sums: readonly string[], more: number): string {
  return `Cancelled money: ${listText(sums, more)}.`;
}

function listText(sums: readonly string[], more: number): string {
  return list(more > 0 ? [...sums, `${more} more currencies`] : sums);
}

export function endedText(counts: ReadonlyMap<EndState, number>): string {
  const named = [...counts].map(([state, count]) => `${countText(count)} ${endTitles[state].toLowerCase()}`);
  return named.length === 0 ? NOTHING_ENDED : `Ended: ${list(named)}.`;
}

export function dayText(day: {
  readonly date: string;
  readonly opened: number;
  readonly ended: number;
  readonly cancelled: number;
  readonly open: number;
}): string {
  const { date, opened, ended, cancelled, open } = day;
  const isQuiet = opened + ended === 0;
  const counts = isQuiet ? 'quiet' : `${opened} new, ${ended} ended, ${cancelled} of them cancelled`;
  return `${shortDayText(date)}: ${counts}, ${open} left open.`;
}

function list(items: readonly string[]): string {
  return new Intl.ListFormat(LOCALE).format(items);
}

export function withoutAmountText(count: number): string {
  return `${countText(count)} cancelled without a known amount.`;
}
