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
 *   Version 1 is the page's own form: MD5, and no `sign_version` among the parameters.
 * - That module also sends `merchant_refund_id`. It is undocumented and no call looks a ticket up by it: not sent.
 */
import { z } from 'zod';
import { DAY_SECONDS } from '../src/domain/clock.ts';
import {
  type Field,
  type Order,
  type Provider,
  type ReadTarget,
  type TicketKind,
  ticketKinds,
} from '../src/domain/provider.ts';
import type { Http } from '../src/http.ts';
import { HttpsAddress } from '../src/httpsAddress.ts';
import { ask, askForAccess, cannotTell, sendOnce } from './exchange.ts';
import { readAccess, readPayment, readTicket } from './paymentwallAnswers.ts';
import { readPingback, sign } from './paymentwallWebhook.ts';

export const PaymentwallAccount = z.strictObject({
  provider: z.literal('paymentwall'),
  url: HttpsAddress.default('https://api.paymentwall.com'),
  key: z.string().regex(/^[0-9a-f]{32}$/i, 'must be the project key, 32 hex digits'),
  secret: z.string().min(1),
  sign_version: z.literal([1, 2, 3]).default(2),
  test_mode: z.boolean().default(false),
  status_api: z.boolean().default(false),
});
export type PaymentwallAccount = z.infer<typeof PaymentwallAccount>;

const Ticket = z.enum(['1', '2', '3']);
const RECURRING = '2';
const OTHER = '3';
const kinds: Readonly<Record<z.infer<typeof Ticket>, TicketKind>> = {
  1: 'refund',
  2: 'recurring',
  3: 'other',
};
const Details = z.strictObject({ ticket: Ticket, uid: z.string().optional() });

const choices = [
  { value: '1', label: 'Refund' },
  { value: RECURRING, label: 'Recurring cancellation' },
  { value: OTHER, label: 'Other' },
];
const fields: readonly Field[] = [
  { name: 'ref', label: 'Payment ref', hint: 'From the pingback, e.g. b1563.', optional: true },
  { name: 'uid', label: 'User id', hint: 'Needed only when the ref is not known.', optional: true },
  { name: 'ticket', label: 'Kind of ticket', hint: 'What to ask of Paymentwall.', optional: false, choices },
];

export function createPaymentwall(account: PaymentwallAccount, http: Http): Provider {
  const ticketCall = (form: Readonly<Record<string, string>>) =>
    ({
      method: 'POST',
      url: `${account.url}/developers/api/ticket`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: signedForm({ key: account.key, ...form }, account),
    }) as const;

  return {
    name: 'paymentwall',
    fields,
    ticketKinds,
    isMute: !account.status_api,
    needsAmount: false,
    readTarget,
    fillIn: (target) => ({ ...namesOf(target), ticket: Details.parse(target.details).ticket }),
    // People there decide on a ticket, and no page says how soon; a month is our choice.
    horizonSeconds: 30 * DAY_SECONDS,

    async lookUp(subject) {
      if (!account.status_api)
        return cannotTell('The Payment Status API of this account is off (status_api).');
      const { ticket } = Details.parse(subject.details);
      const { ref } = namesOf(subject);
      if (ref === undefined) return cannotTell('Paymentwall tells of a payment only by its ref.');
      const query = signedForm({ key: account.key, ref }, account);
      return ask(http, { method: 'GET', url: `${account.url}/api/rest/payment/?${query}` }, (reply) =>
        readPayment(reply, subject, ticket === RECURRING),
      );
    },

    readWebhook: (raw) => readPingback(raw, account),

    // No payment and no user is named, so there is nothing to open a ticket for.
    tryAccess: () =>
      askForAccess(http, ticketCall({ type: OTHER, message: 'Countersign checks its access.' }), (reply) =>
        readAccess(reply, account),
      ),

    async cancel(order) {
      const { ticket } = Details.parse(order.details);
      const form = { ...namesOf(order), type: ticket, message: order.reason };
      const call = ticketCall(account.test_mode ? { ...form, test_mode: '1' } : form);
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
  const chosen = Ticket.safeParse(ticket);
  if (!chosen.success) faults['ticket'] = 'Choose one of the kinds of ticket.';
  if (!chosen.success || Object.keys(faults).length > 0) return { ok: false, faults };

  const details: Record<string, string> = ref === '' || uid === '' ? { ticket } : { ticket, uid };
  const payment = ref === '' ? `uid:${uid}` : ref;
  return { ok: true, target: { payment, details, ticketKind: kinds[chosen.data], part: null } };
}

/** How the payment is named to Paymentwall: by its ref, by its user, or by both. */
function namesOf({ payment, details }: Pick<Order, 'payment' | 'details'>): { ref?: string; uid?: string } {
  if (payment.startsWith('uid:')) return { uid: payment.slice('uid:'.length) };
  const { uid } = details;
  return uid === undefined ? { ref: payment } : { ref: payment, uid };
}

function signedForm(form: Record<string, string>, { secret, sign_version }: PaymentwallAccount): string {
  const signed = sign_version === 1 ? form : { ...form, sign_version: String(sign_version) };
  return new URLSearchParams({ ...signed, sign: sign(signed, secret, sign_version) }).toString();
}
