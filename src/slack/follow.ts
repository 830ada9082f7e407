/** What the card shows of the request that its own one follows: how that ended, and what differs now. */
import { type Difference, differencesBetween } from '../domain/difference.ts';
import type { Money } from '../domain/money.ts';
import { nameOf } from '../domain/request.ts';
import {
  changeText,
  differenceLabels,
  differsText,
  followsText,
  NONE,
  SAME_AGAIN,
  standingTitles,
} from '../language/again.ts';
import { A_PART, amountText } from '../language/titles.ts';
import { entriesOf, type Entry } from '../usecases/entries.ts';
import type { Earlier, Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import type { Message } from './card.ts';
import { cut, escape, oneLine, plain } from './inert.ts';
import { threadEntry } from './thread.ts';

/** A card has room for little more than this beside all else that it shows. */
const ROOM = 700;
const ROOM_FOR_ONE = 120;
const ROOM_FOR_NOTE = 200;

/** Undefined for a request that follows none. */
export function followMessage({ request, earlier }: Story): Message | undefined {
  if (earlier === null) return undefined;
  const name = nameOf(earlier.request);
  const follows = followsText({ earlier: name, before: earlier.before });
  const end = endOf(earlier);
  const changes = differencesBetween(earlier.request, request).map(changeLine);
  const differs = changes.length === 0 ? SAME_AGAIN : differsText(changes);
  return {
    text: [`${follows}. ${end.text}`, escape(cut(differs, ROOM))].join('\n'),
    blocks: [section(follows), ...end.blocks, { type: 'section', text: plain(differs, ROOM) }],
  };
}

function endOf(earlier: Earlier): Message {
  const end = entriesOf({ ...earlier, followers: [] }).at(-1);
  if (end === undefined)
    throw new Error(`${nameOf(earlier.request)} is not over, and yet another follows it`);
  return threadEntry(earlier, shorten(end));
}

function shorten(entry: Entry): Entry {
  if ('act' in entry) return { ...entry, note: entry.note && cut(entry.note, ROOM_FOR_NOTE) };
  if (!('outcome' in entry)) return entry;
  const { outcome } = entry;
  return { ...entry, outcome: { ...outcome, says: cut(outcome.says, ROOM_FOR_NOTE) } };
}

function changeLine(difference: Difference): string {
  switch (difference.in) {
    case 'detail':
      return changeOf(difference.name, difference, (value) => value ?? NONE);
    case 'payment':
    case 'ticket':
      return changeOf(differenceLabels[difference.in], difference, (value) => value ?? NONE);
    case 'reason':
      return changeOf(differenceLabels.reason, difference, (reason) => `“${onOneLine(reason)}”`);
    case 'size':
      return changeOf(differenceLabels.size, difference, sizeText);
    case 'whole':
      return changeOf(differenceLabels.whole, difference, amountText);
    case 'standing':
      return changeOf(differenceLabels.standing, difference, (standing) => standingTitles[standing]);
  }
}

function changeOf<Value>(
  label: string,
  { from, to }: { readonly from: Value; readonly to: Value },
  say: (value: Value) => string,
): string {
  return changeText({ label: onOneLine(label), from: onOneLine(say(from)), to: onOneLine(say(to)) });
}

function sizeText({ amount, partial }: { readonly amount: Money | null; readonly partial: boolean }): string {
  return partial ? `${amountText(amount)} ${A_PART}` : amountText(amount);
}

/** So that it can't pass for a line of ours. */
function onOneLine(text: string): string {
  return oneLine(text, ROOM_FOR_ONE);
}
