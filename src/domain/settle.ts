/** What an outcome does to a request that is on its way to the provider. */
import type { Evidence } from './evidence.ts';
import type { Outcome } from './provider.ts';
import type { State } from './request.ts';

/**
 * The next state, or undefined where the outcome changes nothing: a final state stays, whatever arrives late.
 * Only `not_sent`, a proof that no byte left, leads back to a second attempt, also when it comes late.
 */
export function settle(state: State, outcome: Pick<Outcome, 'type'>): State | undefined {
  if (state !== 'sending' && state !== 'unknown' && state !== 'accepted') return undefined;
  switch (outcome.type) {
    case 'cancelled':
    case 'refused':
      return outcome.type;
    case 'accepted':
      return state === 'accepted' ? undefined : 'accepted';
    case 'unknown':
      return state === 'sending' ? 'unknown' : undefined;
    case 'not_sent':
      return state === 'accepted' ? undefined : 'approved';
  }
}

/**
 * What a look-up after an attempt proves of it. Only "cancelled" is a proof: right after a time-out a provider's
 * records lag behind, so "still cancellable" says nothing, and "taken" can't tell our refusal from another's capture.
 */
export function readAfterAttempt(evidence: Evidence): Outcome {
  return evidence.standing === 'cancelled'
    ? { type: 'cancelled', reference: null, says: evidence.says }
    : { type: 'unknown', says: evidence.says };
}

/** Seconds to wait before the next look-up of an unsettled attempt, by how many were made; null ends them. */
export function nextLookUpSeconds(made: number): number | null {
  const waits = [5, 15, 60, 300, 900, 3600];
  const HOURS = 24;
  const DAYS = 30;
  if (made < waits.length + HOURS) return waits[made] ?? 3600;
  return made < waits.length + HOURS + DAYS ? 86_400 : null;
}
