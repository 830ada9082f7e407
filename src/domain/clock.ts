/** Arithmetic with points in time. Nothing in the domain reads a clock. */
export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
