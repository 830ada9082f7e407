/**
 * Freedom Pay (formerly PayBox): a form over POST, XML back; both are signed with MD5 over script name, values and secret.
 * Specs at https://docs.freedompay.uz: /api-13679448 g2g/cancel, /api-13679485 cancel.php, /api-13679498 get_status3.php.
 *
 * Quirks
 * - Only a two-step payment still on hold can be cancelled, and only whole. After 5 days a hold is captured by itself.
 * - `pg_status` ok only says that the call was understood: `pg_revoke_status` decides.
 * - A signed `error` has come although the payment was cancelled, so only errors from before any work are refusals.
 * - Times come as local time of Almaty, without an offset.
 * - cancel.php has been seen to answer `pg_status` alone: that is unknown, and the look-up settles it.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DAY_SECONDS } from '../src/domain/clock.ts';
import type { Evidence, Standing } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Field, Outcome, Provider, ReadTarget } from '../src/domain/provider.ts';
import type { Http, HttpCall } from '../src/http.ts';
import { HttpsAddress } from '../src/httpsAddress.ts';
import { ask, askForAccess, cannotTell, refused, sendOnce, unknown } from './exchange.ts';
import { readAccess } from './freedompayAccess.ts';
import { explainError, NO_PAYMENT, REFUSALS, STATUSES } from './freedompayAnswers.ts';
import { type Answer, leavesOf, readAnswer, sign } from './freedompayMessage.ts';
import { readFreedompayWebhook } from './freedompayWebhook.ts';

export const FreedompayAccount = z.strictObject({
  provider: z.literal('freedompay'),
  url: HttpsAddress,
  merchant_id: z.coerce.string().regex(/^\d{1,12}$/, 'must be digits'),
  /** The shop's key for payments; payouts have another one. */
  secret: z.string().min(1),
  /** The Gateway API needs a PCI DSS certificate; a shop without one has the Merchant API. */
  api: z.enum(['gateway', 'merchant']).default('gateway'),
  /** Of the clock that Freedom Pay's times are read from. */
  utc_offset: z
    .string()
    .regex(/^[+-]\d{2}:\d{2}$/, 'must be an offset such as +05:00')
    .default('+05:00'),
});
type FreedompayAccount = z.infer<typeof FreedompayAccount>;

// The name of the called script is what a signature begins with.
const SCRIPTS = {
  gateway: { folder: '/g2g/', cancel: 'cancel', status: 'status_v2' },
  merchant: { folder: '/', cancel: 'cancel.php', status: 'get_status3.php' },
} as const;

const fields: readonly Field[] = [
  { name: 'payment_id', label: 'Payment id', hint: 'Digits, e.g. 7777777777.', optional: false },
];

/** The longest id that a payment may have, and the id of none. */
const NOBODYS = '9'.repeat(19);

const randomSalt = (): string => randomBytes(8).toString('hex');

export function createFreedompay(account: FreedompayAccount, http: Http, salt = randomSalt): Provider {
  const { cancel, status } = SCRIPTS[account.api];
  return {
    name: 'freedompay',
    fields,
    needsAmount: false,
    readTarget,
    fillIn: ({ payment }) => ({ payment_id: payment }),
    // A hold that is not cancelled by then is captured by itself: https://docs.freedompay.uz/api-13679448
    horizonSeconds: 5 * DAY_SECONDS,
    cancel: ({ payment }) =>
      sendOnce(http, signedCall(cancel, payment, account, salt()), (reply) => {
        const answer = readAnswer(reply, cancel, account.secret);
        return typeof answer === 'string' ? unknown(answer) : readCancellation(answer, payment);
      }),
    lookUp: ({ payment }) =>
      ask(http, signedCall(status, payment, account, salt()), (reply) => {
        const answer = readAnswer(reply, status, account.secret);
        return typeof answer === 'string' ? cannotTell(answer) : readStatus(answer, payment, account);
      }),
    tryAccess: () =>
      askForAccess(http, signedCall(status, NOBODYS, account, salt()), (reply) =>
        readAccess(reply, status, account.secret),
      ),
    readWebhook: (raw) => readFreedompayWebhook(raw, account.secret, salt),
  };
}

function readTarget({ payment_id: payment = '' }: Readonly<Record<string, string>>): ReadTarget {
  return /^[1-9]\d{0,18}$/.test(payment)
    ? { ok: true, target: { payment, details: {}, part: null } }
    : { ok: false, faults: { payment_id: 'Enter the payment id that Freedom Pay gave, e.g. 7777777777.' } };
}

function signedCall(script: string, payment: string, account: FreedompayAccount, salt: string): HttpCall {
  const form = { pg_merchant_id: account.merchant_id, pg_payment_id: payment, pg_salt: salt };
  const pg_sig = sign(script, Object.entries(form), account.secret);
  return {
    method: 'POST',
    url: account.url + SCRIPTS[account.api].folder + script,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, pg_sig }).toString(),
  };
}

function readCancellation(answer: Answer, payment: string): Outcome {
  const { pg_error_code: code = '', pg_payment_revoke_id: reference = null } = answer;
  if (answer.pg_status === 'error') {
    const says = REFUSALS.get(code);
    if (says !== undefined && answer.pg_revoke_status === undefined) return refused(code, says);
    return unknown(`Freedom Pay gave error ${code} (${explainError(code)}), but may have cancelled it.`);
  }

  const isOurs = answer.pg_status === 'ok' && answer.pg_payment_id === payment;
  const revoked = isOurs ? answer.pg_revoke_status : undefined;
  if (revoked === 'success') return { type: 'cancelled', reference, says: 'Freedom Pay released the hold.' };
  if (revoked === 'pending') return { type: 'accepted', reference, says: 'Freedom Pay decides later.' };
  return unknown('Freedom Pay took the call, but did not say that this payment was cancelled.');
}

function readStatus(answer: Answer, payment: string, account: FreedompayAccount): Evidence {
  const { pg_status, pg_error_code: code = '' } = answer;
  if ((pg_status === 'error' && REFUSALS.get(code) === NO_PAYMENT) || answer.pg_payment_id === '0') {
    return { ...cannotTell(NO_PAYMENT), standing: 'not_found' };
  }
  if (pg_status !== 'ok') {
    return cannotTell(REFUSALS.get(code) ?? `Freedom Pay gave error ${code} (${explainError(code)}).`);
  }
  if (answer.pg_payment_id !== payment) return cannotTell('Freedom Pay answered for another payment.');

  const [standing, says] = readStanding(answer);
  const amount = parseMoney(answer.pg_amount ?? '', answer.pg_currency ?? '') ?? null;
  return { standing, says, amount, madeAt: madeAtOf(answer, account.utc_offset), facts: factsOf(answer) };
}

function readStanding(answer: Answer): readonly [Standing, string] {
  const { pg_captured: captured = '', pg_payment_status: status = '', entries } = answer;
  const leaves = leavesOf(entries);
  const has = (name: RegExp, value: RegExp) =>
    leaves.some(([key, text]) => name.test(key) && value.test(text));
  // Refunds come as negative amounts, under names that differ from page to page.
  const isPaidBack = has(/^pg_(refund|revoked?)_amount/, /[1-9]/);

  if (captured === '1') {
    return [
      'taken',
      isPaidBack ? 'Paid, and paid back at least in part.' : 'Captured already: refund it instead.',
    ];
  }
  // The Merchant API has called refunds revocations too, so a list of them counts only where nothing was captured.
  const isRevoked = captured === '0' && has(/^pg_revoked_payments.*pg_payment_status\d+$/, /^success$/);
  const known =
    captured === '0' || captured === '' ? STATUSES.get(isRevoked ? 'revoked' : status) : undefined;
  if (known !== undefined) return known;

  return status === 'success' && captured === '0' && !isPaidBack
    ? ['cancellable', 'On hold; Freedom Pay captures a hold by itself after 5 days.']
    : ['cannot_tell', 'Freedom Pay does not say whether the payment is on hold.'];
}

/** The date of the payment is empty until it is paid; both lack the offset that makes them a moment. */
function madeAtOf({ pg_payment_date: paid = '', pg_create_date: made = '' }: Answer, offset: string) {
  const written = paid || made || null;
  return written?.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, `$1T$2${offset}`) ?? null;
}

function factsOf({ pg_payment_status, pg_card_pan = '', pg_card_name = '' }: Answer): Record<string, string> {
  // Freedom Pay masks cards by itself; one that came unmasked is not shown.
  const card = /[X*]-?(\d{4})$/.exec(pg_card_pan)?.[1];
  const initials = pg_card_name.split(/\s+/).flatMap((name) => Array.from(name).slice(0, 1));
  return {
    Status: pg_payment_status ?? 'not given',
    ...(card !== undefined && { Card: `…${card}` }),
    ...(initials.length > 0 && { Payer: initials.map((letter) => `${letter}.`).join(' ') }),
  };
}
