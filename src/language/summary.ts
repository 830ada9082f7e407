/** The daily summary, and `/cancel summary`. */
import { LOCALE } from './locale.ts';

export const summaryUsage = {
  usage: '/cancel summary [yesterday|2026-11-19]',
  help: 'the figures of a day, today so far when none is named',
} as const;

export const NAME_A_DAY = 'Name a day as `2026-11-19`, or say `today` or `yesterday`.';

export const NOTHING_WAITS = 'Nothing waits on anybody.';

export const QUIET_DAY = 'A quiet day: no request ended.';

/** @param date a day such as `2026-11-19`. */
export function summaryTitle(date: string): string {
  const format = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeZone: 'UTC' });
  return `Cancellations on ${format.format(new Date(`${date}T00:00:00Z`))}`;
}

export function waitingTitle(count: number): string {
  return `Waiting now: ${count}`;
}

export function moreText(count: number): string {
  return `… and ${count} more`;
}

export function waitingText(waiting: {
  readonly state: string;
  readonly name: string;
  readonly account: string;
  readonly amount: string;
  readonly at: string;
}): string {
  const { state, name, account, amount, at } = waiting;
  return `${state}: *${name}*, ${account}, ${amount}, asked ${at}`;
}

export function withoutAmountText(count: number): string {
  return `${count} without a known amount`;
}

export function balanceText(balance: {
  readonly carriedIn: number;
  readonly opened: number;
  readonly ended: number;
  readonly carriedOut: number;
  readonly tiesOut: boolean;
}): string {
  const { carriedIn, opened, ended, carriedOut, tiesOut } = balance;
  const sums = `carried in ${carriedIn} + opened ${opened} = ended ${ended} + carried out ${carriedOut}`;
  return tiesOut ? sums : `⚠️ These figures do not add up: ${sums}`;
}

export function refusedTriesText(count: number): string {
  return `${count} refused tries`;
}

export function spanText(span: {
  readonly since: string;
  readonly until: string;
  readonly zone: string;
}): string {
  return `${span.since} to ${span.until}, ${span.zone}`;
}
