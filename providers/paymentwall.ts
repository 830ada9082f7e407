/**
 * Paymentwall: a signed form over POST opens a ticket, and people there decide what becomes of it.
 * Spec: https://www.paymentwall.com/en/documentation/Cancellation-API/764 and, for the look-up that Paymentwall
 * switches on by request, https://www.paymentwall.com/it/documentation/Payment-Status-API/3019.
 *
 * Quirks
 * - `result` 1 says that a ticket was taken in, never that money went back. Answers are not signed.
 * - The page prints a signature without the `test_mode` that its sample signs. Whatever is sent is signed here, and
 *   `test_mode` is sent only when it is on: where money moves, both readings agree.
 * - `sign_version` is 2 unless set: the page wants 32 hex digits (MD5), and Paymentwall's own shop module sends 2.
 * - That module also sends `merchant_refund_id`. It is undocumented and no call looks a ticket up by it: not sent.
 */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Evidence } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Field, Order, Outcome, Provider, ReadTarget } from '../src/domain/provider.ts';
import { type Http, type HttpReply, ProviderUrl } from '../src/http.ts';
import { ask, cannotTell, parseJson, quote, refused, sendOnce, unknown } from './exchange.ts';

export const PaymentwallAccount = z.strictObject({
  provider: z.literal('paymentwall'),
  url: ProviderUrl.default('https://api.paymentwall.com'),
  key: z.string().regex(/^[0-9a-f]{32}$/i, 'must be the project key, 32 hex digits'),
  secret: z.string().min(1),
  sign_version: z.literal([2, 3]).default(2),
  test_mode: z.boolean().default(false),
  status_api: z.boolean().default(false),
});
export type PaymentwallAccount = z.infer<typeof PaymentwallAccount>;

const TicketReply = z.object({
  result: z.literal([0, 1, '0', '1']).transform(Number),
  errors: z.array(z.string()).default([]),
});

const Payment = z.object({
  object: z.literal('payment'),
  id: z.string(),
  /** Unix seconds, up to the last moment that a Date can hold. */
  created: z.int().nonnegative().max(8.64e12),
  amount: z.string(),
  currency: z.string(),
  refunded: z.boolean(),
  risk: z.enum(['approved', 'pending', 'declined']),
  uid: z.union([z.string(), z.int()]).transform(String),
  payment_system: z.string().nullish(),
  subscription: z.object({ active: z.literal([0, 1]) }).nullish(),
});
type Payment = z.infer<typeof Payment>;

/** One of the two pages shows the payment as the only one of a list. */
const PaymentReply = z.union([Payment, z.tuple([Payment]).transform(([payment]) => payment)]);

const Ticket = z.enum(['1', '2', '3']);
const RECURRING = '2';
const Details = z.strictObject({ ticket: Ticket, uid: z.string().optional() });
type Details = z.infer<typeof Details>;

const choices = [
  { value: '1', label: 'Refund' },
  { value: RECURRING, label: 'Recurring cancellation' },
  { value: '3', label: 'Other' },
];
const fields: readonly Field[] = [
  { name: 'ref', label: 'Payment ref', hint: 'From the pingback, e.g. b1563.', optional: true },
  { name: 'uid', label: 'User id', hint: 'Needed only when the ref is not known.', optional: true },
  { name: 'ticket', label: 'Kind of ticket', hint: 'What to ask of Paymentwall.', optional: false, choices },
];

const NO_ACCESS =
  'Paymentwall refused access and opened no ticket: check the key, secret and sign_version of this account.';
/** All errors that are documented. The first stands for a wrong key, a wrong signature and a wrong method alike. */
const REFUSALS: ReadonlyMap<string, string> = new Map([
  ['You have no access to the developers API', NO_ACCESS],
  [
    'Either ref or uid is required',
    'Paymentwall found no ref or uid to open a ticket for: check the reference.',
  ],
]);

export function createPaymentwall(account: PaymentwallAccount, http: Http): Provider {
  return {
    name: 'paymentwall',
    fields,
    needsAmount: false,
    readTarget,

    async lookUp(target) {
      if (!account.status_api)
        return cannotTell('The Payment Status API of this account is off (status_api).');
      const details = Details.parse(target.details);
      const { ref } = subjectOf(target);
      if (ref === undefined) return cannotTell('Paymentwall tells of a payment only by its ref.');
      const query = signedForm({ key: account.key, ref }, account);
      return ask(http, { method: 'GET', url: `${account.url}/api/rest/payment/?${query}` }, (reply) =>
        readPayment(reply, ref, details),
      );
    },

    async cancel(order) {
      const { ticket } = Details.parse(order.details);
      const form = { key: account.key, ...subjectOf(order), type: ticket, message: order.reason };
      const call = {
        method: 'POST',
        url: `${account.url}/developers/api/ticket`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: signedForm(account.test_mode ? { ...form, test_mode: '1' } : form, account),
      } as const;
      return sendOnce(http, call, (reply) => readTicket(reply, account));
    },
  };
}

function readTarget(input: Readonly<Record<string, string>>): ReadTarget {
  const { ref = '', uid = '', ticket = '1' } = input;
  const faults: Record<string, string> = {};
  if (ref === '' && uid === '') faults['ref'] = 'Enter the ref of the payment, e.g. b1563, or the user id.';
  if (!/^[A-Za-z0-9]{0,64}$/.test(ref)) faults['ref'] = 'A ref is up to 64 letters and digits, e.g. b1563.';
  // Paymentwall's own shop module uses e-mail addresses as user ids.
  if (!/^[\w.@+-]{0,64}$/.test(uid)) faults['uid'] = 'A user id is up to 64 letters, digits and ._@+- signs.';
  if (!Ticket.safeParse(ticket).success) faults['ticket'] = 'Choose one of the kinds of ticket.';
  if (Object.keys(faults).length > 0) return { ok: false, faults };

  const details: Record<string, string> = ref === '' || uid === '' ? { ticket } : { ticket, uid };
  return { ok: true, target: { payment: ref === '' ? `uid:${uid}` : ref, details, part: null } };
}

/** How the payment is named to Paymentwall: by its ref, by its user, or by both. */
function subjectOf({ payment, details }: Pick<Order, 'payment' | 'details'>): { ref?: string; uid?: string } {
  if (payment.startsWith('uid:')) return { uid: payment.slice('uid:'.length) };
  const { uid } = details;
  return uid === undefined ? { ref: payment } : { ref: payment, uid };
}

function signedForm(form: Record<string, string>, { secret, sign_version }: PaymentwallAccount): string {
  const signed = { ...form, sign_version: String(sign_version) };
  return new URLSearchParams({ ...signed, sign: sign(signed, secret, sign_version) }).toString();
}

/** Every `name=value` with names in byte order and nothing between, then the secret. Values as they are, not encoded. */
export function sign(form: Record<string, string>, secret: string, version: 2 | 3): string {
  const pairs = Object.entries(form).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const text = pairs.map(([name, value]) => `${name}=${value}`).join('') + secret;
  return hash(version === 2 ? 'md5' : 'sha256', text);
}

function readTicket({ status, body }: HttpReply, { key, test_mode }: PaymentwallAccount): Outcome {
  const { data: reply } = TicketReply.safeParse(parseJson(body));
  const errors = reply?.errors.join('; ') ?? '';
  if (status === 200 && reply?.result === 1 && errors === '') {
    const says = test_mode
      ? 'Test ticket: nothing will happen.'
      : 'Ticket opened; Paymentwall decides on it.';
    return { type: 'accepted', reference: null, says };
  }
  // With which status an error comes is not documented.
  const isAnswer = status === 200 || (status >= 400 && status < 500 && status !== 408);
  const says = REFUSALS.get(errors);
  if (isAnswer && reply?.result === 0 && says !== undefined) return refused(errors, says);
  if ((status === 401 || status === 403) && reply === undefined) {
    return refused(`http_${status}`, NO_ACCESS);
  }
  // An error could name the project key.
  const said = quote(errors, [key]);
  return unknown(`Paymentwall's answer is not a documented one (HTTP ${status}). ${said}`.trimEnd());
}

function readPayment({ status, body }: HttpReply, ref: string, details: Details): Evidence {
  const { data: payment } = PaymentReply.safeParse(parseJson(body));
  if (status !== 200 || payment?.id !== ref) {
    return cannotTell(`Paymentwall gave no usable answer about this payment (HTTP ${status}).`);
  }
  return {
    ...standingOf(payment, details),
    amount: parseMoney(payment.amount, payment.currency) ?? null,
    madeAt: new Date(payment.created * 1000).toISOString(),
    facts: { Method: payment.payment_system ?? 'not told', Risk: payment.risk },
  };
}

function standingOf(payment: Payment, { ticket, uid }: Details): Pick<Evidence, 'standing' | 'says'> {
  if (uid !== undefined && uid !== payment.uid) {
    return { standing: 'not_found', says: 'Paymentwall knows this ref, but for another user than this uid.' };
  }
  if (ticket === RECURRING) return standingOfSubscription(payment.subscription?.active);
  if (payment.refunded) return { standing: 'cancelled', says: 'Refunded.' };
  if (payment.risk === 'declined') return { standing: 'final', says: 'Declined in the risk review.' };
  return { standing: 'cancellable', says: 'Paid and not refunded; a ticket can be opened.' };
}

function standingOfSubscription(active: 0 | 1 | undefined): Pick<Evidence, 'standing' | 'says'> {
  if (active === undefined) return { standing: 'final', says: 'This payment has no subscription to cancel.' };
  return active === 1
    ? { standing: 'cancellable', says: 'The subscription is active; a ticket can be opened.' }
    : { standing: 'cancelled', says: 'The subscription is not active any more.' };
}
