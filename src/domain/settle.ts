/** What an outcome does to a request that is on its way to the provider. */
import { DAY_SECONDS } from './clock.ts';
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

/** The first is always made, however late it is found out that an attempt is unsettled. */
export const FIRST_LOOK_UP_SECONDS = 5;
const NEXT_WAITS = [15, 60, 300, 900, 3600];
const HOURLY = 24;

/**
 * Seconds to wait before the next look-up of an unsettled attempt; null ends them. The last one is at the horizon.
 * @param made how many were made.
 * @param age seconds since the attempt began.
 * @param horizon for how many seconds after an attempt a look-up can bring news.
 */
export function nextLookUpSeconds(made: number, age: number, horizon: number): number | null {
  if (age >= horizon) return null;
  const wait = NEXT_WAITS[made - 1] ?? (made <= NEXT_WAITS.length + HOURLY ? 3600 : DAY_SECONDS);
  return Math.min(wait, Math.ceil(horizon - age));
}
