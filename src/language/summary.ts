/** Summaries, and `/cancel summary`. */
import type { Kind, Period } from '../domain/summary.ts';
import { counted, moreText } from './counted.ts';
import { LOCALE } from './locale.ts';

export const summaryUsage = {
  usage: '/cancel summary [yesterday|2026-11-19]',
  help: 'the figures of a day, today so far when none is named',
} as const;

export const NAME_A_DAY = 'Name a day as `2026-11-19`, or say `today` or `yesterday`.';

export type Days = Pick<Period, 'kind' | 'first' | 'last'>;

export function summaryTitle(days: Days): string {
  return days.kind === 'month' && isMonth(days)
    ? `Cancellations in ${dateText(days.last, { month: 'long', year: 'numeric' })}`
    : `Cancellations ${days.first === days.last ? 'on' : 'from'} ${spanOfDays(days)}`;
}

/** Days such as `2026-11-19`: `Thursday, 19 November 2026`. */
function spanOfDays({ first, last }: Pick<Period, 'first' | 'last'>): string {
  const long = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return first === last ? dateText(last, long) : `${dateText(first, long)} to ${dateText(last, long)}`;
}

function isMonth({ first, last }: Days): boolean {
  return first.slice(0, 7) === last.slice(0, 7);
}

export function dateText(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** A word for one, and for several. */
export const units: Readonly<Record<Kind, readonly [string, string]>> = {
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
};

export function catchUpText(days: number): string {
  return `🕗 This is one summary for ${counted(days, units.day)}, because none was made in between.`;
}

export function lateText(dueAt: string): string {
  return `🕗 It is late: it was to come at ${dueAt}.`;
}

/** @param days at most as many as are to be named, the oldest first. */
export function unsignedText({
  count,
  days,
}: {
  readonly count: number;
  readonly days: readonly string[];
}): string {
  const named = days.map((day) => dateText(day, { day: 'numeric', month: 'short' }));
  const more = count > days.length ? ` ${moreText(count - days.length)}` : '';
  return `📋 Nobody has reviewed *${counted(count, units.day)}*: ${named.join(', ')}${more}`;
}

export function balanceText(balance: {
  readonly carriedIn: number;
  readonly opened: number;
  readonly ended: number;
  readonly carriedOut: number;
}): string {
  const { carriedIn, opened, ended, carriedOut } = balance;
  return `carried in ${carriedIn} + opened ${opened} = ended ${ended} + carried out ${carriedOut}`;
}

/** @param balance from `balanceText`. */
export function wrongBalanceText(balance: string): string {
  return (
    `🚨 *These figures do not add up: ${balance}.* Requests went missing or were put in past Countersign. ` +
    'Run `countersign verify` and find out before you rely on them.'
  );
}

export function lateFactsText({
  opened,
  ended,
}: {
  readonly opened: number;
  readonly ended: number;
}): string {
  return `Of earlier days, and recorded only after their summary: ${opened} opened, ${ended} ended`;
}

export function spanText(span: {
  readonly since: string;
  readonly until: string;
  readonly zone: string;
  readonly madeAt: string;
}): string {
  return `${span.since} to ${span.until}, ${span.zone}; as known at ${span.madeAt}`;
}
