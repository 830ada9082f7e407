/** What can be erased, as people name it. */
import type { Subject } from '../store/erase.ts';

const NAMES = [
  ['request', 'C-', /^(?:c-?)?(\d{1,12})$/i],
  ['bulk', 'B-', /^b-?(\d{1,12})$/i],
  ['freeze', 'F-', /^f-?(\d{1,9})$/i],
  ['refused_freeze', 'entry:', /^entry:(\d{1,12})$/i],
] as const;

export function parseSubject(text: string): Subject | undefined {
  for (const [type, , pattern] of NAMES) {
    const digits = pattern.exec(text)?.[1];
    if (digits !== undefined) return { type, number: Number(digits) };
  }
  return undefined;
}

export function nameOf({ type, number }: Subject): string {
  const prefix = NAMES.find(([one]) => one === type)?.[1] ?? '';
  return `${prefix}${number}`;
}
