/** What a provider said about a payment, and what that means for a cancellation. */
import { isSameMoney, type Money } from './money.ts';

export const standings = ['cancellable', 'cancelled', 'taken', 'final', 'not_found', 'cannot_tell'] as const;
/**
 * `taken`: captured, paid or settled, so a refund is the remedy. `final`: ended in another way, nothing to cancel.
 * `cannot_tell`: the provider gave no usable answer, or offers no look-up.
 */
export type Standing = (typeof standings)[number];

export interface Evidence {
  readonly standing: Standing;
  /** One plain sentence for people, e.g. "On hold, not captured yet." with the remedy where there is one. */
  readonly says: string;
  /** The provider's word for how much the payment is; null when it did not say. */
  readonly amount: Money | null;
  /** When the payment was made, as the provider wrote it; null when it did not say. */
  readonly madeAt: string | null;
  /** Further facts worth showing, label by label, e.g. `{ Method: 'BLIK' }`. Payers' names come masked. */
  readonly facts: Readonly<Record<string, string>>;
}

/** Whether a fresh look-up upholds what was frozen into a request, contradicts it, or says nothing either way. */
export function compareEvidence(frozen: Evidence, fresh: Evidence): 'upheld' | 'contradicted' | 'silent' {
  if (fresh.standing === 'cannot_tell') return frozen.standing === 'cannot_tell' ? 'upheld' : 'silent';
  if (fresh.standing !== 'cancellable') return 'contradicted';
  if (frozen.amount === null) return 'upheld';
  return fresh.amount !== null && isSameMoney(frozen.amount, fresh.amount) ? 'upheld' : 'contradicted';
}
