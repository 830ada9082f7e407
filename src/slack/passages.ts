/** What happened to a request or a bulk, passage by passage, in as much room as Slack gives. */
import { leftOutText } from '../language/show.ts';
import { section } from './blocks.ts';
import type { Message } from './card.ts';
import { sentence, words } from './inert.ts';

/** What a passage says, in words alone and in blocks. */
export type Passage = Message;

/** Slack takes 50 blocks and some 11,000 characters of text in a message: the rest is for what was asked, and why. */
const ROOM = { blocks: 40, characters: 6000 };
/** How a story began matters less than where it has come to. */
const ROOM_FOR_THE_BEGINNING = { blocks: 12, characters: 2000 };

/** @param said by a person or a provider. */
export function say(text: string, said: string | null = null): Passage {
  if (said === null || said === '') return { text, blocks: [section(text)] };
  return { text: `${text} ${sentence(said)}`, blocks: [section(text), words(said)] };
}

/** Puts the time before what happened then: on its line, where it has one. */
export function stamp({ text, blocks }: Passage, time: string): Passage {
  const [first, ...others] = blocks;
  const line = first?.type === 'section' ? first.text?.text : undefined;
  return {
    text: `${time}  ${text}`,
    blocks: line === undefined ? [section(time), ...blocks] : [section(`${time}  ${line}`), ...others],
  };
}

/**
 * As many passages as there is room for: the first ones and, above all, the last.
 * @param taken how many blocks stand beside them that not every message has.
 */
export function fit(passages: readonly Passage[], taken = 0): readonly Passage[] {
  const last = countFitting(passages.toReversed(), {
    blocks: ROOM.blocks - ROOM_FOR_THE_BEGINNING.blocks - taken,
    characters: ROOM.characters - ROOM_FOR_THE_BEGINNING.characters,
  });
  const first = countFitting(passages.slice(0, passages.length - last), ROOM_FOR_THE_BEGINNING);
  const between = passages.length - first - last;
  if (between === 0) return passages;
  return [...passages.slice(0, first), say(leftOutText(between)), ...passages.slice(passages.length - last)];
}

function countFitting(passages: readonly Passage[], { blocks, characters }: typeof ROOM): number {
  const left = { blocks, characters };
  const full = passages.findIndex((passage) => {
    left.blocks -= passage.blocks.length;
    left.characters -= JSON.stringify(passage.blocks).length;
    return left.blocks < 0 || left.characters < 0;
  });
  return full === -1 ? passages.length : full;
}
