/** The days of a zone by its wall clocks alone, looked at every half an hour. */
const STEP_MS = 30 * 60_000;

export interface LocalDay {
  readonly date: string;
  /** When it begins, and when the next one does. */
  readonly begins: Date;
  readonly ends: Date;
  /** When its clocks first show this time, on the half hour, or a later one. */
  firstShowing(time: string): Date;
}

/** Those that there are from one date to another. */
export function daysOf(zone: string, first: string, last: string): readonly LocalDay[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const [start, end] = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${last}T00:00:00Z`)];
  const shown = new Map<string, { at: number; time: string }[]>();
  for (let at = start - 86_400_000; at <= end + 2 * 86_400_000; at += STEP_MS) {
    const [date = '', time = ''] = format.format(at).split(' ');
    shown.set(date, [...(shown.get(date) ?? []), { at, time }]);
  }
  return Array.from(shown, ([date, steps]) => ({ date, steps }))
    .filter(({ date }) => date >= first && date <= last)
    .map(({ date, steps }) => ({
      date,
      begins: new Date(steps[0]?.at ?? 0),
      ends: new Date((steps.at(-1)?.at ?? 0) + STEP_MS),
      firstShowing: (time) => new Date(steps.find((step) => step.time >= time)?.at ?? 0),
    }));
}
