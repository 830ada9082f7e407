/** What of a summary waits on somebody. */
import type { Waiting } from '../domain/summary.ts';
import { counted, REQUESTS } from './counted.ts';
import { stateTitles } from './states.ts';

export const NOTHING_WAITS = 'Nothing waits on anybody.';

export function waitingTitle(count: number): string {
  return `Waits on somebody: ${count}`;
}

const waitTitles: Readonly<Record<Waiting['why'], string>> = {
  unknown: stateTitles.unknown,
  accepted: '📥 Accepted long ago, and not decided by the provider',
  pending: '⏳ More than half of the time to decide is over',
};

/** @param items how many wait, a bulk as one. @param requests the same, with each line of a bulk. */
export function waitingText(
  why: Waiting['why'],
  { items, requests }: { readonly items: number; readonly requests: number },
): string {
  const lines = items === requests ? '' : ` (${counted(requests, REQUESTS)})`;
  return `${waitTitles[why]}: *${items}*${lines}`;
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
