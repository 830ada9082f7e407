/** Arithmetic with points in time. Nothing in the domain reads a clock. */
export const DAY_SECONDS = 86_400;

export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}

export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

/** `2026-11-19T22:00:00`, as a clock on the wall shows it in the zone. */
export function wallClock(at: Date, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return format.format(at).replace(' ', 'T');
}

/** `22:00`, as a clock on the wall shows it in the zone. */
export function wallTime(at: Date, zone: string): string {
  return wallClock(at, zone).slice(11, 16);
}
