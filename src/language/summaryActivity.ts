/** What of a summary its days brought. */
import type { State } from '../domain/request.ts';
import type { Kind } from '../domain/summary.ts';
import { dateText, type Days, units } from './summary.ts';
import { stateTitles } from './states.ts';

/** @param days how many it is of. */
export function quietText(kind: Kind, days: number): string {
  const quiet = kind === 'day' && days > 1 ? 'Quiet days' : `A quiet ${units[kind][0]}`;
  return `${quiet}: no request was opened and none ended.`;
}

export const MONEY = 'Money';

/** @param more from `comparedText`. */
export function openedText(count: number, more: string): string {
  return `📝 Opened: *${count}*${more}`;
}

export function approvedText(count: number): string {
  return `✍️ Approved: *${count}*`;
}

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
const endedWord = (state: State) => endedWords[state] ?? stateTitles[state];

/** @param money null where no amount is known. */
export function moneyText(state: State, count: number, money: string | null): string {
  const word = endedWord(state);
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
  return `*${one.name}* ${one.amount} at ${one.account}, ${endedWord(one.state)}`;
}
