/** Keeps the lines of a summary within what Slack takes and people read. The whole is in the thread and in the record. */
import { moreText } from '../language/summary.ts';
import { cut } from './inert.ts';

/** So many of a list are shown. */
const SHOWN = 5;

/** @param more how many were left out before */
export function few<Item>(
  items: readonly Item[],
  lineOf: (item: Item) => string,
  { shown = SHOWN, more = 0 } = {},
): string[] {
  const left = items.length - shown + more;
  const lines = items.slice(0, shown).map(lineOf);
  return items.length > shown || more > 0 ? [...lines, moreText(Math.max(left, more))] : lines;
}

/** As many of the lines as fit, and how many more there are. */
export function clipped(lines: readonly string[], max: number): string[] {
  const lengths = lines.map((line) => Array.from(line).length + 1);
  const fits = (count: number) => lengths.slice(0, count).reduce((sum, length) => sum + length, 0) <= max;
  if (fits(lines.length)) return [...lines];
  const kept = lengths.findLastIndex((_length, n) => fits(n + 1)) + 1;
  return [...lines.slice(0, kept), moreText(lines.length - kept)];
}

/** A name from the settings or from a provider, as code. */
export function shortly(name: string): string {
  return cut(name, 60);
}
