/**
 * What Freedom Pay's words mean. Its own table of errors stands behind a page that is not public; these are the codes
 * that its specifications print, and those that merchants have seen.
 */
import type { Standing } from '../src/domain/evidence.ts';

const NO_MERCHANT = 'Freedom Pay knows no such merchant: check the merchant_id of this account.';
export const NO_PAYMENT = 'Freedom Pay knows no such payment in this account: check the payment id.';

/** Errors from before any work: signed, they prove that nothing happened. */
export const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['1100', 'Freedom Pay did not accept our signature: check the secret of this account.'],
  ['9998', NO_MERCHANT],
  ['101', NO_MERCHANT],
  ['11068', NO_PAYMENT],
  ['340', NO_PAYMENT],
]);

const DECLINED = 'the bank declined';

/** Errors that have come, or could come, although the payment was cancelled: only a look-up tells. */
const ERRORS: ReadonlyMap<string, string> = new Map([
  ['120', 'it is not on hold any more, so look whether to refund it'],
  ['1202', 'the payment id is wrong'],
  ['8888', DECLINED],
  ['9999', 'no reason was given'],
  ['99999', 'the payment system failed'],
]);

/** What an error that proves nothing is probably about. */
export function explainError(code: string): string {
  const isOfBank = /^(100(0[1-9]|[1-3]\d|4[0-5])|11\d{3})$/.test(code);
  return ERRORS.get(code) ?? (isOfBank ? DECLINED : 'an error that is not documented');
}

const NOT_PAID = ['final', 'Not paid yet, so nothing is on hold.'] as const;
const FAILED = ['final', 'The payment failed, so nothing is on hold.'] as const;
const EXPIRED = ['final', 'The payment was never finished, so nothing is on hold.'] as const;
const RELEASED = ['cancelled', 'The hold is released.'] as const;

/** `pg_payment_status` where nothing was captured. Not `success`: of that, further elements tell. */
export const STATUSES: ReadonlyMap<string, readonly [Standing, string]> = new Map<
  string,
  readonly [Standing, string]
>([
  ['new', NOT_PAID],
  ['process', NOT_PAID],
  ['pending', NOT_PAID],
  ['partial', NOT_PAID],
  ['error', FAILED],
  ['failed', FAILED],
  ['rejected', FAILED],
  ['incomplete', EXPIRED],
  ['expired', EXPIRED],
  ['revoked', RELEASED],
  ['canceled', RELEASED],
  ['cancelled', RELEASED],
]);
