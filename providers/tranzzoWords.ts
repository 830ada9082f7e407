/** Tranzzo's status codes, and what an operation that succeeded means for its order. */
import type { Standing } from '../src/domain/evidence.ts';

export const CANCELLED = '6007';
export const successCodes: ReadonlySet<string> = new Set(['1000', '1002', '1004', '1009']);
// 9000 is named "unknown error", and yet it stands among the pending ones: it is no failure.
export const pendingCodes: ReadonlySet<string> = new Set(
  '2000 2001 2012 2013 2102 2119 2121 2122 2123 2124 2125 2126 2201 9000'.split(' '),
);
/** Why a payment failed by itself. The list that Tranzzo publishes goes on after 4152, unseen. */
export const failureCodes: ReadonlyMap<string, string> = new Map([
  ['4000', 'required fields were missing'],
  ['4001', 'the card had expired'],
  ['4009', 'insufficient funds'],
  ['4010', 'a limit on transactions'],
  ['4012', 'a limit on amounts'],
  ['4119', 'the order id was used before'],
  ['4124', 'the currency was not accepted'],
  ['4139', 'the amount was not accepted'],
  ['4144', 'the card data were wrong'],
  ['4147', '3-D Secure timed out'],
  ['4148', 'it timed out'],
  ['4149', 'the session expired'],
  ['4150', 'an invalid operation'],
  ['4151', 'an invalid input'],
  ['4152', 'the configuration at Tranzzo'],
]);

/** What an operation that succeeded means for its order, the most telling one first. */
export const succeeded: readonly { method: string; standing: Standing; says: string }[] = [
  { method: 'refund', standing: 'taken', says: 'Paid, and paid back at least in part.' },
  { method: 'purchase', standing: 'taken', says: 'Paid: refund it at Tranzzo.' },
  { method: 'capture', standing: 'taken', says: 'Paid: refund it at Tranzzo.' },
  { method: 'void', standing: 'final', says: 'The hold was freed: nothing to cancel.' },
  {
    method: 'auth',
    standing: 'final',
    says: 'The money is on hold, and Countersign does not offer a void: void it at Tranzzo.',
  },
];
