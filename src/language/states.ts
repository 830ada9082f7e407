/** How a request stands. */
import type { State } from '../domain/request.ts';

/** A sign and words: a sign is never alone. */
export const stateTitles: Readonly<Record<State, string>> = {
  pending: '⏳ Waiting for approval',
  approved: '✍️ Approved, about to be sent',
  sending: '📨 Being sent',
  accepted: '📥 Accepted by the provider, which decides later',
  unknown: '❓ Outcome unknown',
  cancelled: '✅ Cancelled',
  refused: '⛔ Refused by the provider',
  rejected: '🚫 Rejected',
  withdrawn: '↩️ Withdrawn',
  expired: '⌛ Expired',
  lapsed: '🍂 Lapsed, the facts changed',
};

/** Of a refusal that a person found, for the provider did not refuse anything. */
export const NOT_CANCELLED = '⛔ Not cancelled';

export function toBeLookedAtText(state: State): string {
  return `${stateTitles[state]}: a person has to look at the provider`;
}
