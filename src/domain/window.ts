/** Until when a payment can be cancelled at its provider: an hour of the day, an age of the hold, or both. */
import { addSeconds, wallClock } from './clock.ts';
import type { Evidence } from './evidence.ts';

export interface Window {
  /** The provider's end of day: what was paid before it can be cancelled until it. `time` is `22:00`. */
  readonly cutOff: { readonly time: string; readonly zone: string } | null;
  /** A hold older than this is captured by itself. */
  readonly holdSeconds: number | null;
}

export const ALWAYS_OPEN: Window = { cutOff: null, holdSeconds: null };

const DAY_MS = 86_400_000;

/**
 * When the window of a payment closes, which may be in the past; null when nothing is known to close it.
 * Without the time of the payment the next cut-off counts, and the age of a hold can't.
 */
export function closesAt({ cutOff, holdSeconds }: Window, evidence: Evidence, now: Date): Date | null {
  const madeAt = instantOf(evidence.madeAt);
  const ends = [
    cutOff === null ? undefined : nextCutOff(cutOff, madeAt ?? now),
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

function nextCutOff({ time, zone }: NonNullable<Window['cutOff']>, after: Date): Date {
  const day = wallClock(after, zone).slice(0, 10);
  const today = fromWallClock(`${day}T${time}:00Z`, zone);
  if (today > after) return today;
  const tomorrow = new Date(Date.parse(`${day}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return fromWallClock(`${tomorrow}T${time}:00Z`, zone);
}

/**
 * The earlier of two where the clock is put back; after the gap where it is put forward.
 * @param wall what a clock on the wall shows, written as if it were UTC.
 */
function fromWallClock(wall: string, zone: string): Date {
  const shown = Date.parse(wall);
  const byOffsetOf = (day: number) => new Date(shown - offsetMs(new Date(day), zone));
  const before = byOffsetOf(shown - DAY_MS);
  const after = byOffsetOf(shown + DAY_MS);
  const shows = (at: Date) => `${wallClock(at, zone)}Z` === wall;
  return !shows(before) && shows(after) ? after : before;
}

function offsetMs(at: Date, zone: string): number {
  return Date.parse(`${wallClock(at, zone)}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
