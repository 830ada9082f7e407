/**
 * SIBS (Stargate Poland, SIBS Payment Gateway Portugal): JSON over HTTPS, a bearer token and a client id.
 * Frees the hold of an authorisation (AUTH) that is not captured, whole or in part; BLIK only until it is final.
 * Spec: https://www.docs.pay.sibs.com/transaction-types/cancellation/
 *
 * Quirks
 * - The page's table and its sample differ in letter case; the sample's is sent.
 * - `statusCode` "000" alone means little: published answers carry it with Pending and with Timeout.
 * - A cancellation has a transactionID of its own. The original can go on showing Success, as there is no status
 *   "Cancelled", so only the status of the cancellation's own id can prove one.
 */
import { z } from 'zod';
import { DAY_SECONDS } from '../src/domain/clock.ts';
import type { Evidence } from '../src/domain/evidence.ts';
import { decimalText, type Money } from '../src/domain/money.ts';
import type { Field, Order, Provider, ReadTarget } from '../src/domain/provider.ts';
import type { Http } from '../src/http.ts';
import { HttpsAddress } from '../src/httpsAddress.ts';
import { ask, askForAccess, HeaderSecret, refused, sendOnce } from './exchange.ts';
import {
  type Judge,
  judgeCancellation,
  judgePayment,
  readAccess,
  readCancellation,
  readStatus,
} from './sibsAnswers.ts';
import { readSibsWebhook, SibsWebhookKey } from './sibsWebhook.ts';

export const SibsAccount = z.strictObject({
  provider: z.literal('sibs'),
  url: HttpsAddress,
  terminal_id: z.coerce.string().regex(/^\d{1,10}$/, 'must be the digits of the terminal'),
  token: HeaderSecret,
  client_id: HeaderSecret,
  // One page wants it beside the id, the samples do without.
  client_secret: HeaderSecret.optional(),
  webhook_key: SibsWebhookKey.optional(),
});
type SibsAccount = z.infer<typeof SibsAccount>;

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
// An id that SIBS gave to a cancellation of ours, before it goes into a path.
const REFERENCE = /^[A-Za-z0-9-]{1,64}$/;
/** The id of no transaction. */
const NOBODYS = 'countersigndoctor';
const POSITIVE_DECIMAL = /^(?=.*[1-9])\d{1,12}(\.\d{1,4})?$/;

export function createSibs(account: SibsAccount, http: Http, now: () => Date = () => new Date()): Provider {
  const headers = {
    Authorization: `Bearer ${account.token}`,
    'X-IBM-Client-Id': account.client_id,
    ...(account.client_secret === undefined ? {} : { 'X-IBM-Client-Secret': account.client_secret }),
    'Content-Type': 'application/json',
    Accept: 'application/json',
  };
  const address = (transaction: string) => `${account.url}/payments/${encodeURIComponent(transaction)}`;

  const statusCall = (transaction: string) =>
    ({ method: 'GET', url: `${address(transaction)}/status`, headers }) as const;

  function askStatus(transaction: string, judge: Judge): Promise<Evidence> {
    return ask(http, statusCall(transaction), (reply) => readStatus(reply, transaction, judge));
  }

  return {
    name: 'sibs',
    fields,
    needsAmount: true,
    readTarget,
    fillIn: ({ payment: transaction_id, part }) =>
      part === null ? { transaction_id, scope: 'whole' } : { transaction_id, scope: 'part', part },
    // SIBS names no time after which a hold ends by itself; banks free one after 7 to 30 days.
    horizonSeconds: 30 * DAY_SECONDS,
    readWebhook: (raw) => readSibsWebhook(raw, account),

    async lookUp({ payment, sent }) {
      const reference = sent?.reference ?? payment;
      if (reference !== payment && REFERENCE.test(reference)) {
        const ours = await askStatus(reference, judgeCancellation);
        if (ours.standing === 'cancelled' || ours.standing === 'cannot_tell') return ours;
      }
      // Where our cancellation came to nothing, what is left to know is how the payment stands.
      return askStatus(payment, judgePayment);
    },

    tryAccess: () => askForAccess(http, statusCall(NOBODYS), readAccess),

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
