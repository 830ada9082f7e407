/**
 * SIBS (Stargate Poland, SIBS Payment Gateway Portugal): JSON over HTTPS, a bearer token and a client id.
 * Frees the hold of an authorisation (AUTH) that is not captured, whole or in part; BLIK only until it is final.
 * Spec: https://www.docs.pay.sibs.com/transaction-types/cancellation/
 *
 * Quirks
 * - The page's table and its sample differ in letter case; the sample's is sent.
 * - `statusCode` "000" alone means little: published answers carry it with Pending and with Timeout.
 * - A cancellation has a transactionID of its own. The original can go on showing Success, as there is no status
 *   "Cancelled", so a look-up of the original neither proves a cancellation nor disproves one.
 */
import { z } from 'zod';
import type { Evidence } from '../src/domain/evidence.ts';
import { decimalText, isSameMoney, type Money, parseMoney } from '../src/domain/money.ts';
import type { Field, Order, Outcome, Provider, ReadTarget } from '../src/domain/provider.ts';
import { type Http, type HttpReply, ProviderUrl } from '../src/http.ts';
import { ask, cannotTell, HeaderSecret, parseJson, refused, sendOnce, unknown } from './exchange.ts';

export const SibsAccount = z.strictObject({
  provider: z.literal('sibs'),
  url: ProviderUrl,
  terminal_id: z.coerce.string().regex(/^\d{1,10}$/, 'must be the digits of the terminal'),
  token: HeaderSecret,
  client_id: HeaderSecret,
});
type SibsAccount = z.infer<typeof SibsAccount>;

// A number as well as a text. The shortest text of a number is what SIBS wrote, so nothing is computed.
const Amount = z
  .object({ value: z.union([z.string(), z.number()]).transform(String), currency: z.string() })
  .transform(({ value, currency }) => parseMoney(value, currency) ?? null);

// Whatever is absent or odd becomes a word that nothing is concluded from.
const Word = z.string().max(40).catch('not given');

const Reply = z.object({
  returnStatus: z.object({ statusCode: z.string().max(20) }),
  transactionID: z.string().trim().min(1).max(100).optional(),
  paymentStatus: Word,
  paymentType: Word,
  paymentMethod: Word,
  amount: Amount.optional(),
  execution: z.object({ startTime: z.string().max(40).nullish() }).nullish(),
});
type Reply = z.infer<typeof Reply>;

const fields: readonly Field[] = [
  {
    name: 'transaction_id',
    label: 'Transaction id',
    hint: 'As SIBS gave it to the payment.',
    optional: false,
  },
  {
    name: 'scope',
    label: 'How much',
    hint: 'What is left on hold, or a part of it.',
    optional: false,
    choices: [
      { value: 'whole', label: 'The whole payment' },
      { value: 'part', label: 'A part of it' },
    ],
  },
  { name: 'part', label: 'Amount of the part', hint: 'For a part only, e.g. 49.90.', optional: true },
];

const TRANSACTION_ID = /^[A-Za-z0-9]{1,64}$/;
const POSITIVE_DECIMAL = /^(?=.*[1-9])\d{1,12}(\.\d{1,4})?$/;

export function createSibs(account: SibsAccount, http: Http, now: () => Date = () => new Date()): Provider {
  const headers = {
    Authorization: `Bearer ${account.token}`,
    'X-IBM-Client-Id': account.client_id,
    'Content-Type': 'application/json',
    Accept: 'application/json',
  };
  const address = (payment: string) => `${account.url}/payments/${encodeURIComponent(payment)}`;

  return {
    name: 'sibs',
    fields,
    needsAmount: true,
    readTarget,

    lookUp({ payment }) {
      const call = { method: 'GET', url: `${address(payment)}/status`, headers } as const;
      return ask(http, call, (reply) => readStatus(reply, payment));
    },

    async cancel(order) {
      const { payment, amount, evidence } = order;
      if (amount === null || evidence.madeAt === null) return refused('incomplete', INCOMPLETE);
      const body = writeCancellation(order, amount, account.terminal_id, now());
      const call = { method: 'POST', url: `${address(payment)}/cancellation`, headers, body } as const;
      return sendOnce(http, call, (reply) => readCancellation(reply, payment, amount));
    },
  };
}

function readTarget(input: Readonly<Record<string, string>>): ReadTarget {
  const { transaction_id: payment = '', part = null } = input;
  const { scope = part === null ? 'whole' : 'part' } = input;
  const faults: Record<string, string> = {};
  if (!TRANSACTION_ID.test(payment)) {
    faults['transaction_id'] = 'Enter the transaction id that SIBS gave, e.g. 1ach2CGpZ2BAKUfqJ9Rp.';
  }
  if (scope === 'whole' && part !== null) {
    faults['part'] = 'Choose a part of the payment above, or leave the amount empty for the whole.';
  } else if (scope === 'part' && !POSITIVE_DECIMAL.test(part ?? '')) {
    faults['part'] = 'Enter the amount of the part with a point, e.g. 49.90.';
  }
  const isGood = Object.keys(faults).length === 0;
  return isGood ? { ok: true, target: { payment, details: {}, part } } : { ok: false, faults };
}

// The reason stays here, because people write names into it. The amount goes in as text: a number is a float.
function writeCancellation(order: Order, amount: Money, terminalId: string, now: Date): string {
  const merchant = { terminalId: Number(terminalId), channel: 'web', merchantTransactionId: order.key };
  const originalTransaction = { id: order.payment, datetime: order.evidence.madeAt };
  return (
    `{"merchant":${JSON.stringify(merchant)},"transaction":{` +
    `"transactionTimestamp":"${now.toISOString()}","description":"Countersign cancellation ${order.key}",` +
    `"amount":{"value":${decimalText(amount)},"currency":"${amount.currency}"},` +
    `"originalTransaction":${JSON.stringify(originalTransaction)}}}`
  );
}

const INCOMPLETE = 'Nothing was sent: SIBS must be told the amount and the time of the payment.';
const DECLINED = 'SIBS declined the cancellation: ask SIBS why.';
const INVALID = 'SIBS found the request invalid; tell the operator of Countersign.';
const LOCKED_OUT = 'SIBS does not accept our token, terminal or client id; tell the operator of Countersign.';

/** By SIBS' code or, where it gave none that we know, by HTTP status. Nothing was done in any of these cases. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['E0501', INVALID],
  ['E0520', 'SIBS could not cancel it: it may be captured (then refund it) or cancelled, or less is left.'],
  ['E0612', 'SIBS says that it is cancelled already.'],
  ['E0613', 'SIBS says that it is paid already: refund it at SIBS.'],
  ['10.106.0001', DECLINED],
  ['http_400', INVALID],
  ['http_401', LOCKED_OUT],
  ['http_403', LOCKED_OUT],
  ['http_404', 'SIBS does not know this transaction; check the id, and the address in the settings.'],
  ['http_405', INVALID],
  ['http_429', 'SIBS takes no more calls just now; ask again in some minutes.'],
]);

function readCancellation({ status, body }: HttpReply, payment: string, asked: Money): Outcome {
  const reply = Reply.safeParse(parseJson(body)).data;
  const code = reply?.returnStatus.statusCode ?? `http_${status}`;
  if (status === 200 && reply !== undefined && code === '000') return readResult(reply, payment, asked);

  // 409 alone is left open: the page says only that the state is in conflict, not what was done.
  const isFinal = [200, 400, 401, 403, 404, 405, 409, 429].includes(status) && code !== '000';
  const says = refusals.get(code) ?? refusals.get(`http_${status}`);
  if (isFinal && says !== undefined) return refused(code, says);
  return unknown(`The answer of SIBS (HTTP ${status}) does not say what happened.`);
}

function readResult(reply: Reply, payment: string, asked: Money): Outcome {
  const { transactionID: reference, paymentStatus, amount } = reply;
  if (reference === undefined || reference === payment) {
    return unknown('SIBS gave the cancellation no id of its own, so it may not have made one.');
  }
  if (amount === null || (amount !== undefined && !isSameMoney(amount, asked))) {
    return unknown('SIBS answered with another amount than it was asked to cancel.');
  }
  if (paymentStatus === 'Success') return { type: 'cancelled', reference, says: 'SIBS cancelled it.' };
  if (isOpen(paymentStatus)) return { type: 'accepted', reference, says: 'SIBS has not decided yet.' };
  if (paymentStatus === 'Declined') return refused(paymentStatus, DECLINED);
  return unknown('SIBS answered, but not that it is cancelled.');
}

function readStatus({ status, body }: HttpReply, payment: string): Evidence {
  if (status === 401 || status === 403) return cannotTell(LOCKED_OUT);
  if (status === 404) return { ...cannotTell('SIBS does not know this transaction.'), standing: 'not_found' };

  const reply = Reply.safeParse(parseJson(body)).data;
  if (status !== 200 || reply?.returnStatus.statusCode !== '000') {
    return cannotTell(`SIBS gave no usable answer (HTTP ${status}).`);
  }
  if (reply.transactionID !== payment) return cannotTell('SIBS answered about another transaction.');
  return {
    ...judge(reply),
    amount: reply.amount ?? null,
    madeAt: reply.execution?.startTime ?? null,
    facts: { Type: reply.paymentType, Method: reply.paymentMethod, Status: reply.paymentStatus },
  };
}

const judged = (standing: Evidence['standing'], says: string) => ({ standing, says });
const isOpen = (status: string) => status === 'Pending' || status === 'InProcessing';
const hasEnded = (status: string) => status === 'Declined' || status === 'Error' || status === 'Timeout';

function judge({ paymentType: type, paymentMethod: method, paymentStatus: status }: Reply) {
  // A cancellation and a refund have a status of their own, whose Success must never be read as "paid".
  if (type !== 'AUTH' && type !== 'PURS') return judged('cannot_tell', 'Neither a hold nor a purchase.');
  if (hasEnded(status)) return judged('final', `It ended as ${status}: nothing to cancel.`);
  const isTaken = type === 'PURS' || method === 'BLIK';
  if (status === 'Success' && isTaken) return judged('taken', 'Paid: refund it at SIBS.');
  if (status === 'Success') return judged('cancellable', 'On hold, unless captured or cancelled since.');
  if (isOpen(status) && method === 'BLIK') return judged('cancellable', 'BLIK has not confirmed it yet.');
  return judged('cannot_tell', 'Not finished at SIBS: look again in some minutes.');
}
