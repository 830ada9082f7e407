/** Until when a payment can be cancelled at its provider: an hour of the day, an age of the hold, or both. */
import { addSeconds } from './clock.ts';
import type { Evidence } from './evidence.ts';
import { nextTimeOfDay } from './timeOfDay.ts';

export interface Window {
  /** The provider's end of day: what was paid before it can be cancelled until it. `time` is `22:00`. */
  readonly cutOff: { readonly time: string; readonly zone: string } | null;
  /** A hold older than this is captured by itself. */
  readonly holdSeconds: number | null;
}

export const ALWAYS_OPEN: Window = { cutOff: null, holdSeconds: null };

/**
 * When the window of a payment closes, which may be in the past; null when nothing is known to close it.
 * Without the time of the payment the next cut-off counts, and the age of a hold can't.
 */
export function closesAt({ cutOff, holdSeconds }: Window, evidence: Evidence, now: Date): Date | null {
  const madeAt = instantOf(evidence.madeAt);
  const ends = [
    cutOff === null ? undefined : nextTimeOfDay(cutOff.time, cutOff.zone, madeAt ?? now),
    holdSeconds === null || madeAt === undefined ? undefined : addSeconds(madeAt, holdSeconds),
  ].filter((end) => end !== undefined);
  return ends.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

// A time without its offset could be hours off, so it counts as none.
function instantOf(text: string | null): Date | undefined {
  if (text === null || !/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
