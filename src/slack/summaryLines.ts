/** Keeps the lines of a summary within what Slack takes and people read. The whole is in the thread and in the record. */
import { moreText } from '../language/counted.ts';
import { cut } from './inert.ts';

/** So many of a list are shown. */
const SHOWN = 5;

/** @param more how many were left out before */
export function few<Item>(
  items: readonly Item[],
  lineOf: (item: Item) => string,
  { shown = SHOWN, more = 0 } = {},
): string[] {
  const lines = items.slice(0, shown).map(lineOf);
  const left = items.length - lines.length + more;
  return left === 0 ? lines : [...lines, moreText(left)];
}

/** As many of the lines as fit, and how many more there are. */
export function clipped(lines: readonly string[], max: number): string[] {
  if (lengthOf(lines) <= max) return [...lines];
  const kept = lines.findLastIndex((_line, n) => lengthOf(lines.slice(0, n + 1)) <= max) + 1;
  return [...lines.slice(0, kept), moreText(lines.length - kept)];
}

/** In characters, with the ends of the lines. */
export function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Array.from(line).length + 1, 0);
}

/** A name from the settings or from a provider, as code. */
export function shortly(name: string): string {
  return cut(name, 60);
}
