/** Amounts added up by currency: money is never added across currencies. */
import type { Money } from './money.ts';

export interface Totals {
  /** One sum per currency, in the order of their codes. */
  readonly money: readonly Money[];
  /** How many amounts nobody knows. */
  readonly withoutAmount: number;
}

export function totalsOf(amounts: readonly (Money | null)[]): Totals {
  const known = amounts.filter((amount) => amount !== null);
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of known) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return {
    money: Array.from(sums, ([currency, minor]) => ({ minor, currency })).toSorted((a, b) =>
      a.currency < b.currency ? -1 : 1,
    ),
    withoutAmount: amounts.length - known.length,
  };
}
