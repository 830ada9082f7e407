/**
 * Freedom Pay (formerly PayBox): a form over POST, XML back; both are signed with MD5 over script name, values and secret.
 * Specs at https://docs.freedompay.uz: /api-13679448 g2g/cancel, /api-13679485 cancel.php, /api-13679498 get_status3.php.
 *
 * Quirks
 * - Only a two-step payment still on hold can be cancelled, and only whole. After 5 days a hold is captured by itself.
 * - `pg_status` ok only says that the call was understood: `pg_revoke_status` decides.
 * - A signed `error` has come although the payment was cancelled, so only errors from before any work are refusals.
 * - cancel.php has been seen to answer `pg_status` alone: that is unknown, and the look-up settles it.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Evidence, Standing } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Field, Outcome, Provider, ReadTarget } from '../src/domain/provider.ts';
import { type Http, type HttpCall, type HttpReply, ProviderUrl } from '../src/http.ts';
import { ask, cannotTell, refused, sendOnce, unknown } from './exchange.ts';
import { readXml, type XmlEntry } from './flatXml.ts';

export const FreedompayAccount = z.strictObject({
  provider: z.literal('freedompay'),
  url: ProviderUrl,
  merchant_id: z.coerce.string().regex(/^\d{1,12}$/, 'must be digits'),
  /** The shop's key for payments; payouts have another one. */
  secret: z.string().min(1),
  /** The Gateway API needs a PCI DSS certificate; a shop without one has the Merchant API. */
  api: z.enum(['gateway', 'merchant']).default('gateway'),
});
type FreedompayAccount = z.infer<typeof FreedompayAccount>;

// The name of the called script is what a signature begins with.
const SCRIPTS = {
  gateway: { folder: '/g2g/', cancel: 'cancel', status: 'status_v2' },
  merchant: { folder: '/', cancel: 'cancel.php', status: 'get_status3.php' },
} as const;

// An element that comes twice fails: an answer that says two things says nothing. Cut, because people may be shown it.
const Once = z.tuple([z.tuple([z.string(), z.string()])]).transform(([[, text]]) => text.slice(0, 100));
const Answer = z.object({
  pg_status: Once,
  pg_sig: Once.optional(),
  pg_error_code: Once.optional(),
  pg_payment_id: Once.optional(),
  pg_revoke_status: Once.optional(),
  pg_payment_revoke_id: Once.optional(),
  pg_payment_status: Once.optional(),
  pg_captured: Once.optional(),
  pg_amount: Once.optional(),
  pg_currency: Once.optional(),
  pg_create_date: Once.optional(),
});
type Answer = z.infer<typeof Answer> & { readonly entries: readonly XmlEntry[] };

const fields: readonly Field[] = [
  { name: 'payment_id', label: 'Payment id', hint: 'Digits, e.g. 7777777777.', optional: false },
];

const randomSalt = (): string => randomBytes(8).toString('hex');

export function createFreedompay(account: FreedompayAccount, http: Http, salt = randomSalt): Provider {
  const { cancel, status } = SCRIPTS[account.api];
  return {
    name: 'freedompay',
    fields,
    needsAmount: false,
    readTarget,
    cancel: ({ payment }) =>
      sendOnce(http, signedCall(cancel, payment, account, salt()), (reply) => {
        const answer = readAnswer(reply, cancel, account.secret);
        return typeof answer === 'string' ? unknown(answer) : readCancellation(answer, payment);
      }),
    lookUp: ({ payment }) =>
      ask(http, signedCall(status, payment, account, salt()), (reply) => {
        const answer = readAnswer(reply, status, account.secret);
        return typeof answer === 'string' ? cannotTell(answer) : readStatus(answer, payment);
      }),
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

/** The `pg_sig` over a request's fields or an answer's elements, whatever their order. */
export function sign(script: string, entries: readonly XmlEntry[], secret: string): string {
  const leaves = leavesOf(entries).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const values = leaves.map(([, text]) => text);
  return hash('md5', [script, ...values, secret].join(';'));
}

// The vendor's PG_Signature.php sorts by name and position run together, so that pg_param10 can come before pg_param1.
function leavesOf(entries: readonly XmlEntry[], parent = ''): [key: string, text: string][] {
  return entries.flatMap(([name, value], index) => {
    if (name === 'pg_sig') return [];
    const key = parent + name + String(index + 1).padStart(3, '0');
    return typeof value === 'string' ? [[key, value]] : leavesOf(value, key);
  });
}

/** The answer that Freedom Pay signed, or a sentence that says why there is none. */
function readAnswer({ status, body }: HttpReply, script: string, secret: string): Answer | string {
  // Errors come with the documented 200, and have come with 401.
  const isClientError = status >= 400 && status < 500 && status !== 408;
  if (status !== 200 && !isClientError) return `Freedom Pay answered with HTTP ${status}.`;

  const entries = readXml(body, 'response');
  const answer = entries && Answer.safeParse(Object.groupBy(entries, ([name]) => name));
  if (entries === undefined || !answer?.success) return `The answer could not be read (HTTP ${status}).`;

  const { pg_status, pg_sig = '', pg_error_code = '' } = answer.data;
  if (!isEqual(pg_sig, sign(script, entries, secret))) {
    // Unsigned errors do come, but anyone can write one: it may name the likely cause and proves nothing.
    const cause = REFUSALS.get(status === 401 ? '1100' : pg_error_code);
    return ['Freedom Pay did not sign its answer, so it proves nothing.', cause].join(' ').trimEnd();
  }
  if (isClientError && pg_status !== 'error') return `Freedom Pay contradicts itself (HTTP ${status}).`;
  return { ...answer.data, entries };
}

// Hashed first, because only equal lengths can be compared in constant time.
function isEqual(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}

const NO_MERCHANT = 'Freedom Pay knows no such merchant: the merchant_id of this account is probably wrong.';
const NO_PAYMENT = 'Freedom Pay knows no such payment in this account: check the payment id.';

// Errors from before any work. Not 120 (wrong state): the payment may be cancelled by then, and a look-up says so.
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['1100', 'Freedom Pay did not accept our signature: the secret of this account is probably wrong.'],
  ['9998', NO_MERCHANT],
  ['101', NO_MERCHANT],
  ['11068', NO_PAYMENT],
  ['340', NO_PAYMENT],
]);

function readCancellation(answer: Answer, payment: string): Outcome {
  const { pg_error_code: code = '', pg_payment_revoke_id: reference = null } = answer;
  if (answer.pg_status === 'error') {
    const says = REFUSALS.get(code);
    if (says !== undefined) return refused(code, says);
    return unknown(`Freedom Pay reported error ${code}, but may have cancelled the payment all the same.`);
  }

  const isOurs = answer.pg_status === 'ok' && answer.pg_payment_id === payment;
  const revoked = isOurs ? answer.pg_revoke_status : undefined;
  if (revoked === 'success') return { type: 'cancelled', reference, says: 'Freedom Pay released the hold.' };
  if (revoked === 'pending') return { type: 'accepted', reference, says: 'Freedom Pay decides later.' };
  return unknown('Freedom Pay took the call, but did not say that this payment was cancelled.');
}

function readStatus(answer: Answer, payment: string): Evidence {
  const { pg_error_code: code = '', pg_payment_status: status = '' } = answer;
  if (REFUSALS.get(code) === NO_PAYMENT || answer.pg_payment_id === '0') {
    return { ...cannotTell(NO_PAYMENT), standing: 'not_found' };
  }
  if (answer.pg_status !== 'ok') return cannotTell(REFUSALS.get(code) ?? `Freedom Pay gave error ${code}.`);
  if (answer.pg_payment_id !== payment) return cannotTell('Freedom Pay answered for another payment.');
  const [standing, says] = readStanding(answer, status);
  return {
    standing,
    says,
    amount: parseMoney(answer.pg_amount ?? '', answer.pg_currency ?? '') ?? null,
    madeAt: answer.pg_create_date ?? null,
    facts: { Status: status },
  };
}

const NOTHING_HELD = /^(new|process|pending|partial|error|failed|rejected|incomplete|expired)$/;

function readStanding({ pg_captured: captured, entries }: Answer, status: string): [Standing, string] {
  if (captured === '1') return ['taken', 'Captured already: refund it instead.'];

  const leaves = leavesOf(entries);
  const has = (key: RegExp, text: RegExp) => leaves.some((leaf) => key.test(leaf[0]) && text.test(leaf[1]));

  // The Merchant API has called refunds revocations too, so a list of them counts only where nothing was captured.
  const isRevoked = captured === '0' && has(/^pg_revoked_payments.*pg_payment_status\d+$/, /^success$/);
  if (isRevoked || /^(revoked|cancell?ed)$/.test(status)) return ['cancelled', 'The hold is released.'];
  if (NOTHING_HELD.test(status)) return ['final', `Nothing is on hold: the payment is "${status}".`];

  const isWhole = !has(/^pg_(refund|revoked?)_amount/, /[1-9]/);
  return status === 'success' && captured === '0' && isWhole
    ? ['cancellable', 'On hold; Freedom Pay captures a hold by itself after 5 days.']
    : ['cannot_tell', 'Freedom Pay does not say whether the payment is on hold.'];
}
