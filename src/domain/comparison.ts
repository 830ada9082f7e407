/** How a period compares with those before it: with the one before, and with what is usual. */
import { type Compared, type Counts, countsOf, type Figures, type Kind, type Period } from './summary.ts';

/** How many periods say what is usual, and how few are too few to say it. */
const USUAL_OF = 8;
const USUAL_OF_AT_LEAST = 3;

/** What an earlier period counted. */
export interface Earlier extends Pick<Period, 'first' | 'last'> {
  readonly counts: Counts;
}

/** The last days of the periods that one is compared with. */
export function datesToCompare({ kind, last }: Pick<Period, 'kind' | 'last'>): readonly string[] {
  return [...new Set([before(kind, last), ...usual(kind, last)])];
}

/** @param earlier those of these dates that were summarised. */
export function compare(
  period: Pick<Period, 'kind' | 'first' | 'last'>,
  { opened, ended }: Pick<Figures, 'opened' | 'ended'>,
  earlier: readonly Earlier[],
): Compared {
  const { kind, last } = period;
  // What takes more days or fewer than usual compares with nothing.
  if (!isWhole(kind, period)) return { before: null, usual: null };
  const whole = new Map(earlier.filter((one) => isWhole(kind, one)).map((one) => [one.last, one.counts]));
  const many = usual(kind, last).flatMap((date) => whole.get(date) ?? []);
  const states = Object.keys(countsOf({ opened, ended }).ended).concat(
    many.flatMap((counts) => Object.keys(counts.ended)),
  );
  return {
    before: whole.get(before(kind, last)) ?? null,
    usual:
      many.length < USUAL_OF_AT_LEAST
        ? null
        : {
            of: many.length,
            opened: median(many.map((counts) => counts.opened)),
            ended: Object.fromEntries(
              [...new Set(states)].map((state) => [
                state,
                median(many.map(({ ended: { [state]: count = 0 } }: OfAnyState) => count)),
              ]),
            ),
          },
  };
}
interface OfAnyState {
  readonly ended: Readonly<Record<string, number>>;
}

function before(kind: Kind, last: string): string {
  return kind === 'day' ? daysAfter(last, -1) : stepBack(kind, last, 1);
}

function usual(kind: Kind, last: string): readonly string[] {
  return Array.from({ length: USUAL_OF }, (_one, n) => stepBack(kind, last, n + 1));
}

/** The same weekday of so many weeks ago, or the end of the month of so many months ago. */
function stepBack(kind: Kind, last: string, steps: number): string {
  if (kind !== 'month') return daysAfter(last, -7 * steps);
  const [year = 0, month = 0] = last.split('-').map(Number);
  return dayOf(Date.UTC(year, month - steps, 0));
}

function isWhole(kind: Kind, { first, last }: Pick<Period, 'first' | 'last'>): boolean {
  switch (kind) {
    case 'day':
      return first === last;
    case 'week':
      return daysAfter(first, 6) === last;
    case 'month':
      return first === `${last.slice(0, 8)}01` && daysAfter(last, 1).endsWith('-01');
  }
}

function daysAfter(date: string, days: number): string {
  return dayOf(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Rounded, because people compare counts. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return Math.round(((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2);
}
