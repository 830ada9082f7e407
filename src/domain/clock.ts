/** Arithmetic with points in time. Nothing in the domain reads a clock. */
export const DAY_SECONDS = 86_400;

export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}

export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
