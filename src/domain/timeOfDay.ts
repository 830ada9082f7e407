/** When clocks on the wall of a place show a time of day. */
import { wallClock } from './clock.ts';

const DAY_MS = 86_400_000;

/** When a clock in the zone next shows this time, such as `22:00`, later than `after`. */
export function nextTimeOfDay(time: string, zone: string, after: Date): Date {
  const today = wallClock(after, zone).slice(0, 10);
  const tomorrow = new Date(Date.parse(`${today}T12:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const times = [today, tomorrow].flatMap((day) => fromWallClock(`${day}T${time}:00Z`, zone));
  const next = times.find((at) => at > after);
  if (next === undefined) throw new Error(`no clock in ${zone} shows ${time} after ${after.toISOString()}`);
  return next;
}

/**
 * Both times where the clock is put back; once, after the gap, where it is put forward.
 * @param wall what a clock on the wall shows, written as if it were UTC.
 */
function fromWallClock(wall: string, zone: string): Date[] {
  const shown = Date.parse(wall);
  const byOffsetOf = (day: number) => new Date(shown - offsetMs(new Date(day), zone));
  const before = byOffsetOf(shown - DAY_MS);
  const after = byOffsetOf(shown + DAY_MS);
  const shows = (at: Date) => `${wallClock(at, zone)}Z` === wall;
  const both = [before, after].filter(shows).toSorted((a, b) => a.getTime() - b.getTime());
  return both.length === 0 ? [before] : both;
}

function offsetMs(at: Date, zone: string): number {
  return Date.parse(`${wallClock(at, zone)}Z`) - Math.floor(at.getTime() / 1000) * 1000;
}
