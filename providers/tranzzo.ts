/**
 * Tranzzo (CPay, Ukraine): JSON over HTTPS, the key and the secret in two headers, nothing signed.
 * Cancels a payment that waits on Tranzzo's hosted page (mode `hosted`, status `init`), so no money moves.
 * Spec: https://docs.tranzzo.com/docs/cancellation-of-the-created-payment
 *
 * Quirks
 * - Cancelling is under `/order/` (singular), looking up under `/orders/` (plural).
 * - A cancelled payment is a failed one: status `failure` with code 6007. The page's table describes an object,
 *   its sample is an array of one.
 * - Error code S-404 means wrong credentials, never "no such payment" (/docs/api-usage/authentication/).
 */
import { z } from 'zod';
import type { Evidence } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Field, Outcome, Provider, ReadTarget } from '../src/domain/provider.ts';
import { type Http, type HttpReply, ProviderUrl } from '../src/http.ts';
import { ask, cannotTell, HeaderSecret, parseJson, quote, refused, sendOnce, unknown } from './exchange.ts';

export const TranzzoAccount = z.strictObject({
  provider: z.literal('tranzzo'),
  url: ProviderUrl.default('https://cpay.tranzzo.com'),
  pos_id: z.guid().toLowerCase(),
  endpoints_key: HeaderSecret,
  api_key: HeaderSecret,
  api_secret: HeaderSecret,
});
type TranzzoAccount = z.infer<typeof TranzzoAccount>;

const TextOrNumber = z.union([z.string().max(40), z.number()]).transform(String);

const Transaction = z.object({
  pos_id: z.string().toLowerCase(),
  order_id: z.string(),
  mode: z.string(),
  method: z.string(),
  status: z.string().max(40),
  status_code: TextOrNumber.nullish(),
  amount: TextOrNumber.nullish(),
  currency: z.string().nullish(),
  customer_fname: z.string().nullish(),
  customer_lname: z.string().nullish(),
  created_at: z.string().max(40).nullish(),
});
type Transaction = z.infer<typeof Transaction>;

// `args` is also met as a list of faulty fields, without a code.
const Failure = z.object({
  message: z.string(),
  args: z.union([
    z.object({ code: TextOrNumber }),
    z.array(z.unknown()).transform(() => ({ code: undefined })),
  ]),
});

const LOCKED_OUT = 'Tranzzo does not accept our credentials, so tell the operator of Countersign.';

const fields: readonly Field[] = [
  {
    name: 'order_id',
    label: 'Order id',
    hint: 'Your own id of the order, as it was sent to Tranzzo.',
    optional: false,
  },
];

// Goes into the path: without a slash, and never a segment of dots.
const ORDER_ID = /^(?!\.)(?!.*\.\.)[A-Za-z0-9._:#-]{1,256}$/;

export function createTranzzo(account: TranzzoAccount, http: Http): Provider {
  const { url, pos_id, endpoints_key, api_key, api_secret } = account;
  const pos = `${url}/api/v1/pos/${pos_id}`;
  const headers = {
    'X-API-Key': endpoints_key,
    'X-API-Auth': `CPAY ${api_key}:${api_secret}`,
    Accept: 'application/json',
  };

  return {
    name: 'tranzzo',
    fields,
    needsAmount: false,
    readTarget,

    lookUp({ payment }) {
      const call = { method: 'GET', url: `${pos}/orders/${encodeURIComponent(payment)}`, headers } as const;
      return ask(http, call, (reply) => readTransactions(reply, pos_id, payment));
    },

    cancel({ payment }) {
      const call = {
        method: 'POST',
        url: `${pos}/order/${encodeURIComponent(payment)}/cancel`,
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: '{}',
      } as const;
      return sendOnce(http, call, (reply) => readCancellation(reply, account, payment));
    },
  };
}

function readTarget(input: Readonly<Record<string, string>>): ReadTarget {
  const payment = input['order_id'] ?? '';
  return ORDER_ID.test(payment)
    ? { ok: true, target: { payment, details: {}, part: null } }
    : { ok: false, faults: { order_id: 'Enter the order id that you gave to Tranzzo, e.g. 2024-118734.' } };
}

function readCancellation({ status, body }: HttpReply, account: TranzzoAccount, payment: string): Outcome {
  const answer = z.tuple([Transaction]).safeParse([parseJson(body)].flat());
  if (status !== 200 || !answer.success) return readFailure({ status, body }, account);

  const [transaction] = answer.data;
  if (!isOf(transaction, account.pos_id, payment)) return unknown('Tranzzo answered about another order.');
  return isCancelled(transaction)
    ? { type: 'cancelled', reference: null, says: 'Tranzzo cancelled the unpaid payment.' }
    : unknown('Tranzzo answered, but not that the payment is cancelled.');
}

function readFailure({ status, body }: HttpReply, account: TranzzoAccount): Outcome {
  const failure = Failure.safeParse(parseJson(body)).data;
  const code = failure?.args.code;
  const secrets = [account.endpoints_key, account.api_key, account.api_secret];
  const refuse = (says: string) => refused(code ?? `http_${status}`, says);

  if (isLockedOut(status, code)) return refuse(`Nothing was done: ${LOCKED_OUT}`);
  if (status === 429) return refuse('Tranzzo takes no more calls just now; ask again in some minutes.');
  // The page calls these final and 500 and 503 "unknown" (/docs/error-handling/http-statuses).
  if (failure !== undefined && [400, 404, 405, 406].includes(status)) {
    return refuse(
      `Tranzzo did not cancel ("${quote(failure.message, secrets)}"): look it up, for it may be paid or held ` +
        '(then refund or void it at Tranzzo) or cancelled already.',
    );
  }
  return unknown(`The answer of Tranzzo (HTTP ${status}) does not say what happened.`);
}

function isLockedOut(status: number, code: string | undefined): boolean {
  return status === 401 || status === 403 || (status < 500 && code === 'S-404');
}

function readTransactions({ status, body }: HttpReply, posId: string, payment: string): Evidence {
  const json = parseJson(body);
  const code = Failure.safeParse(json).data?.args.code;
  if (isLockedOut(status, code)) return cannotTell(`Nothing was found out: ${LOCKED_OUT}`);

  const answer = z.array(Transaction).safeParse(json);
  if (status !== 200 || !answer.success) return cannotTell(`Tranzzo gave no usable answer (HTTP ${status}).`);
  const transactions = answer.data;
  if (!transactions.every((transaction) => isOf(transaction, posId, payment))) {
    return cannotTell('Tranzzo answered about another order.');
  }

  const made = transactions.find(({ method }) => method === 'purchase' || method === 'auth');
  return {
    ...judge(transactions),
    amount: parseMoney(made?.amount ?? '', made?.currency ?? '') ?? null,
    madeAt: made?.created_at ?? null,
    facts: made === undefined ? {} : factsOf(made),
  };
}

type Judgement = Pick<Evidence, 'standing' | 'says'>;
const judged = (standing: Evidence['standing'], says: string): Judgement => ({ standing, says });

/** What all transactions of one order mean together: money that moved outweighs every try that moved none. */
function judge(transactions: readonly Transaction[]): Judgement {
  const succeeded = (wanted: string) =>
    transactions.some(({ method, status }) => status === 'success' && method === wanted);

  if (transactions.length === 0) return judged('not_found', 'Tranzzo knows no order with this id.');
  if (succeeded('refund')) return judged('taken', 'Paid, and paid back at least in part.');
  if (succeeded('purchase') || succeeded('capture')) return judged('taken', 'Paid: refund it at Tranzzo.');
  if (succeeded('void')) return judged('final', 'The hold was freed: nothing to cancel.');
  if (succeeded('auth')) return judged('final', 'The money is on hold: void it at Tranzzo.');
  if (transactions.every(isCancelled)) return judged('cancelled', 'Cancelled before it was paid.');
  if (transactions.every(hasFailed)) return judged('final', 'It failed by itself: nothing to cancel.');
  if (transactions.every(isUnpaid)) return judged('cancellable', 'Not paid: the payment page is unused.');
  return judged('cannot_tell', 'Not finished at Tranzzo: look again in some minutes.');
}

const isOf = ({ pos_id, order_id }: Transaction, posId: string, payment: string) =>
  pos_id === posId && order_id === payment;
const isUnpaid = ({ status, mode }: Transaction) => status === 'init' && mode === 'hosted';
const hasFailed = ({ status }: Transaction) => status === 'failure';
const isCancelled = ({ status, status_code }: Transaction) => status === 'failure' && status_code === '6007';

function factsOf({ method, status, customer_fname, customer_lname }: Transaction): Record<string, string> {
  const initials = [customer_fname, customer_lname].flatMap((name) => Array.from(name ?? '').slice(0, 1));
  const payer = initials.map((letter) => `${letter}.`).join(' ');
  return { Method: method, Status: status, ...(payer === '' ? {} : { Payer: payer }) };
}
