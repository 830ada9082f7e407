/** How a bulk goes: its state, how far it is, what was done to all of it, and what it waits for. */
import type { BulkState } from '../domain/bulk.ts';
import type { BulkAct, Halt } from '../domain/bulkAct.ts';
import type { State } from '../domain/request.ts';
import { paymentsText } from './bulk.ts';

export const bulkStateTitles: Readonly<Record<BulkState, string>> = {
  pending: 'it waits for approval',
  sending: 'it is being sent',
  paused: 'it is halted',
  ended: 'it has ended',
};

export function nothingToSteerText(name: string, state: string): string {
  return `For ${name} there is nothing to do here any more (${state}), so nothing was changed.`;
}

export function mayNotGoOnText(name: string): string {
  return `You asked for ${name} yourself, so someone else has to let it go on; you can stop it.`;
}

/** Why lines of a bulk were not sent. */
export const STOPPED = 'The bulk was stopped before this was sent.';

/** In the order in which they are told. */
const stateWords: readonly (readonly [State, string])[] = [
  ['cancelled', 'cancelled'],
  ['accepted', 'accepted'],
  ['refused', 'refused'],
  ['unknown', 'unknown'],
  ['lapsed', 'lapsed'],
  ['expired', 'expired'],
  ['rejected', 'rejected'],
  ['withdrawn', 'withdrawn'],
  ['sending', 'being sent'],
  ['approved', 'to be sent'],
  ['pending', 'waiting for approval'],
];

/** `990 cancelled, 8 refused, 2 unknown` */
export function countsText(counts: ReadonlyMap<State, number>): string {
  const told = stateWords.flatMap(([state, word]) => {
    const count = counts.get(state) ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return told.join(', ');
}

/** How a bulk stands. */
export function bulkStateText(state: BulkState, counts: string): string {
  switch (state) {
    case 'pending':
      return '⏳ Waiting for approval';
    case 'sending':
      return '📨 Being sent, one after the other';
    case 'paused':
      return '⏸️ Halted: somebody has to say whether it goes on';
    case 'ended':
      return `🏁 Done: ${counts}`;
  }
}

const haltReasons: Readonly<Record<Halt, string>> = {
  trouble: 'Several payments in a row were refused, or it is not known what became of them',
  standstill: 'Nothing could be sent for a quarter of an hour',
};

/** What was done to a bulk. @param who is empty for a halt. */
export function bulkActText({ act, why }: Pick<BulkAct, 'act' | 'why'>, who: string): string {
  switch (act) {
    case 'approve':
      return `✍️ ${who} approved all of it.`;
    case 'reject':
      return `🚫 ${who} rejected all of it. Nothing was sent.`;
    case 'withdraw':
      return `↩️ ${who} withdrew all of it. Nothing was sent.`;
    case 'pause':
      return `⏸️ ${haltReasons[why ?? 'trouble']}, so nothing more is sent until somebody says so.`;
    case 'go_on':
      return `▶️ ${who} looked at it and lets it go on.`;
    case 'stop':
      return `⏹️ ${who} stopped it. What was not sent yet will not be sent any more.`;
  }
}

/** @param people mentions, so that Slack tells them. */
export function callToGoOnText(people: readonly string[]): string {
  return people.length === 0
    ? 'Nobody is left who may let it go on; it can be stopped.'
    : `${people.join(' ')} please look at the provider, and let it go on or stop it here.`;
}

export function progressText(progress: {
  readonly name: string;
  readonly done: number;
  readonly of: number;
  readonly counts: string;
}): string {
  return `${progress.name}: ${progress.done} of ${progress.of} done. ${progress.counts}.`;
}

export function callForLinesText({
  count,
  people,
}: {
  readonly count: number;
  readonly people: string;
}): string {
  const what = count === 1 ? 'of 1 payment' : `of ${count} payments`;
  return `❓ The provider was asked for as long as it could have had an answer, and it is still not known what became ${what}. ${people} please look at the provider and record what you found. Nothing is sent again.`;
}

export const NO_LINES_WAIT = '❓ What nobody could learn by asking was looked at by a person.';

export function moreLinesText(more: number): string {
  return `And ${more} more, which are shown here as soon as these are settled.`;
}

export const BULK_EXPIRED = '⌛ Nobody decided in time, so all of it expired. Nothing was sent.';

/** How a bulk stands, for its requester. */
export function bulkResultText({
  bulk,
  state,
  isExpired,
}: {
  readonly bulk: string;
  readonly state: string;
  readonly isExpired: boolean;
}): string {
  const expired = isExpired ? ' Nobody decided in time, and nothing was sent.' : '';
  return `Your bulk ${bulk}: ${state}.${expired}`;
}

export function goneLinesText(lapsed: number): string {
  return `${paymentsText(lapsed)} of it ended before it was decided, and are not sent.`;
}
