/** How much of a payment a request cancels. */
import type { Faults } from './checkAsk.ts';
import type { Evidence } from '../domain/evidence.ts';
import { type Money, parseMoney } from '../domain/money.ts';
import type { Target } from '../domain/provider.ts';
import { askFaults, noAmountText } from '../language/askFaults.ts';

type Size = { ok: true; amount: Money | null } | { ok: false; faults: Faults };

/**
 * How much is to be cancelled: a part must fit into what earlier parts left, and the whole is what they left.
 * @param gone what earlier requests cancelled of the same payment, in minor units; it counts where the provider
 *   takes parts, because such a provider may go on showing the whole.
 */
export function sizeOf({ part }: Target, { amount }: Evidence, gone: bigint, needsAmount: boolean): Size {
  if (amount === null) {
    if (part !== null)
      return {
        ok: false,
        faults: { part: askFaults.partOfUnknown },
      };
    if (needsAmount)
      return {
        ok: false,
        faults: {
          account: askFaults.amountUnknown,
        },
      };
    return { ok: true, amount: null };
  }
  const left = { minor: needsAmount ? amount.minor - gone : amount.minor, currency: amount.currency };
  if (left.minor <= 0n)
    return {
      ok: false,
      faults: { part: askFaults.nothingLeft },
    };
  if (part === null) return { ok: true, amount: left };

  const wanted = parseMoney(part, amount.currency);
  if (wanted === undefined || wanted.minor === 0n) {
    return { ok: false, faults: { part: noAmountText(amount.currency) } };
  }
  if (wanted.minor > left.minor) return { ok: false, faults: { part: askFaults.partTooLarge } };
  return { ok: true, amount: wanted };
}
