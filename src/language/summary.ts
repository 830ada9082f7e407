/** Summaries, and `/cancel summary`. */
import type { State } from '../domain/request.ts';
import type { Kind, Period, Waiting } from '../domain/summary.ts';
import { LOCALE } from './locale.ts';
import { stateTitles } from './states.ts';

export const summaryUsage = {
  usage: '/cancel summary [yesterday|2026-11-19]',
  help: 'the figures of a day, today so far when none is named',
} as const;

export const NAME_A_DAY = 'Name a day as `2026-11-19`, or say `today` or `yesterday`.';

export const NOTHING_WAITS = 'Nothing waits on anybody.';

export const QUIET_DAY = 'A quiet day: no request was opened and none ended.';

type Days = Pick<Period, 'kind' | 'first' | 'last'>;

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

function dateText(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

const units: Readonly<Record<Kind, readonly [string, string]>> = {
  day: ['day', 'days'],
  week: ['week', 'weeks'],
  month: ['month', 'months'],
};

/** `1 day`, `2 days` */
function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

const REQUESTS = ['request', 'requests'] as const;

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
  return `✍️ Nobody has reviewed *${counted(count, units.day)}*: ${named.join(', ')}${more}`;
}

export function waitingTitle(count: number): string {
  return `Waits on somebody: ${count}`;
}

export function moreText(count: number): string {
  return `… and ${count} more`;
}

/** @param since when the oldest began to wait. */
export function waitingText(why: Waiting['why'], count: number): string {
  switch (why) {
    case 'unknown':
      return `${stateTitles.unknown}: *${count}*`;
    case 'accepted':
      return `📥 Accepted long ago, and not decided by the provider: *${count}*`;
    case 'pending':
      return `⏳ More than half of the time to decide is over: *${count}*`;
  }
}

export function itemText(item: {
  readonly name: string;
  readonly lines: number;
  readonly account: string;
  readonly amounts: readonly string[];
  readonly since: string;
  /** Null where nothing is left to be decided in time. */
  readonly deadline: string | null;
}): string {
  const { name, lines, account, amounts, since, deadline } = item;
  const of = lines === 1 ? '' : ` (${counted(lines, REQUESTS)})`;
  const when = deadline === null ? `since ${since}` : `asked ${since}, to be decided before ${deadline}`;
  return `• *${name}*${of}  ·  ${account}  ·  ${amounts.join(', ')}  ·  ${when}`;
}

/** @param clause from `isFrozenClause` */
export function standingFreezeText({ clause, at }: { readonly clause: string; readonly at: string }): string {
  return `🧊 ${clause}, since ${at}`;
}

export function haltedText(halted: {
  readonly name: string;
  readonly account: string;
  readonly lines: number;
  readonly at: string;
}): string {
  const { name, account, lines, at } = halted;
  return `⏸️ *${name}* halted at ${at}, with ${counted(lines, REQUESTS)} of ${account} not sent`;
}

export function silentText(silent: {
  readonly account: string;
  readonly count: number;
  readonly since: string;
}): string {
  const { account, count, since } = silent;
  return `🔌 Look-ups at ${account} brought no usable answer for ${counted(count, REQUESTS)}, since ${since}`;
}

export const headings = { brought: 'What it brought', money: 'Money', more: 'More' } as const;

/** @param more from `comparedText`. */
export function openedText(count: number, more: string): string {
  return `📝 Opened: *${count}*${more}`;
}

export function approvedText(count: number): string {
  return `${APPROVED}: *${count}*`;
}
const APPROVED = '✍️ Approved';

/** @param more from `comparedText`. */
export function endedText(state: State, count: number, more: string): string {
  return `${stateTitles[state]}: *${count}*${more}`;
}

/** In brackets: the change, and what is usual. Null for what is not known. */
export function comparedText({
  change,
  usual,
}: {
  readonly change: number | null;
  readonly usual: number | null;
}): string {
  const parts = [
    ...(change === null ? [] : [change > 0 ? `+${change}` : change === 0 ? '±0' : `−${-change}`]),
    ...(usual === null ? [] : [`usually ${usual}`]),
  ];
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`;
}

/** What stands in the brackets. `of` is null where nothing is known to be usual. */
export function bracketsText({ kind, last }: Days, hasBefore: boolean, of: number | null): string {
  const weekday = dateText(last, { weekday: 'long' });
  const parts = [
    ...(hasBefore ? [`the change from the ${units[kind][0]} before`] : []),
    ...(of === null ? [] : [`the median of ${of} ${kind === 'day' ? `${weekday}s` : units[kind][1]}`]),
  ];
  return `In brackets: ${parts.join('; ')}`;
}

const endedWords: Readonly<Partial<Record<State, string>>> = {
  cancelled: 'cancelled',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  expired: 'expired',
  lapsed: 'lapsed',
};

/** @param money null where no amount is known. */
export function moneyText(state: State, count: number, money: string | null): string {
  const word = endedWords[state] ?? stateTitles[state];
  return money === null ? `${word} ${withoutAmountText(count)}` : `${word} *${money}* (${count})`;
}

export function withoutAmountText(count: number): string {
  return `${count} without a known amount`;
}

export function decidedText(decided: {
  readonly median: number;
  readonly slowest: { readonly name: string; readonly seconds: number };
}): string {
  const { median, slowest } = decided;
  return `Time to decision: half within ${durationText(median)}, the slowest ${durationText(slowest.seconds)} (${slowest.name})`;
}

/** Of seconds: `45 s`, `12 min`, `3 h 10 min`, `2 d 4 h`. */
function durationText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return [`${hours} h`, ...(minutes % 60 === 0 ? [] : [`${minutes % 60} min`])].join(' ');
  return [`${Math.floor(hours / 24)} d`, ...(hours % 24 === 0 ? [] : [`${hours % 24} h`])].join(' ');
}

/** @param refusals each with its count, ready to be shown. */
export function refusalsText(refusals: readonly string[]): string {
  return `Refused by providers: ${refusals.join(', ')}`;
}

export function refusalText(refusal: {
  readonly count: number;
  readonly account: string;
  readonly code: string;
}): string {
  return `${refusal.count} × ${refusal.code} at ${refusal.account}`;
}

export function triesText(total: number, tries: readonly string[]): string {
  return `Refused tries: *${total}* (${tries.join(', ')})`;
}

/** By the words of the record. */
const tryNames: Readonly<Record<string, readonly [string, string]>> = {
  own_request: ['self-approval', 'self-approvals'],
  not_live: ['by somebody who is no active member', 'by people who are no active members'],
  not_an_approver: ['by somebody who is no approver', 'by people who are no approvers'],
  not_a_reviewer: ['by somebody who is no reviewer', 'by people who are no reviewers'],
  not_an_asker: ['by somebody who may not ask', 'by people who may not ask'],
  not_the_requester: ["withdrawal of somebody else's request", "withdrawals of somebody else's requests"],
  nobody_approves: ['that nobody could approve', 'that nobody could approve'],
  already_decided: ['after the decision', 'after the decision'],
  already_settled: ['after it was settled', 'after it was settled'],
  already_approved: ['second approval by one person', 'second approvals by one person'],
  already_lifted: ['after the freeze was lifted', 'after the freeze was lifted'],
  already_agreed: ['second agreement by one person', 'second agreements by one person'],
  already_signed_off: ['after the sign-off', 'after the sign-off'],
  expired: ['after the deadline', 'after the deadline'],
  request_changed: ['on what had changed', 'on what had changed'],
  not_confirmed: ['without the confirmation', 'without the confirmation'],
  form_expired: ['with a form that was too old', 'with forms that were too old'],
  frozen: ['under a freeze', 'under freezes'],
};

/** @param why a word of the record; one that this version does not know stands for itself. */
export function tryText(why: string, count: number): string {
  return counted(count, tryNames[why] ?? [why, why]);
}

/** @param largest each as `largestText` has it. */
export function largestTexts(largest: readonly string[]): string {
  return `Largest: ${largest.join(', ')}`;
}

export function largestText(one: {
  readonly name: string;
  readonly account: string;
  readonly state: State;
  readonly amount: string;
}): string {
  return `*${one.name}* ${one.amount} at ${one.account}, ${endedWords[one.state] ?? one.state}`;
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
