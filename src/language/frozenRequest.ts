/** What a freeze does to a request that it stops. */
import type { FreezeInWords } from './freeze.ts';

/** A clause that says what stops a request. */
export function isFrozenClause({ name, thing }: Pick<FreezeInWords, 'name' | 'thing'>): string {
  return `${thing} is frozen (${name})`;
}

/** How a request stands that a freeze stops. */
export function stoppedStateText(state: 'pending' | 'approved', name: string): string {
  return state === 'pending'
    ? `🧊 Frozen by ${name}, and waiting for approval`
    : `🧊 Frozen by ${name}, so it is approved and not sent`;
}

/** Stands where people are called to decide. @param clause from `isFrozenClause` */
export function stoppedText(clause: string): string {
  return (
    `🧊 No approval counts while ${clause}, and nothing is sent. Rejecting and withdrawing still count. ` +
    'Two approvers can lift it.'
  );
}

/** Why a request lapsed that was approved in time. */
export function stoppedTooLongText(name: string): string {
  return (
    `The freeze ${name} stopped it until its approval was too old, so nothing was sent. ` +
    'Whoever still wants it cancelled asks anew.'
  );
}
