/**
 * What Tranzzo's answers mean: by HTTP status, error code, and a transaction's status and status code (tranzzoWords.ts).
 * Tables: https://docs.tranzzo.com/docs/error-handling/http-statuses and .../docs/status-codes/payment-cycle/
 */
import { z } from 'zod';
import type { Evidence, Standing } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Access, Outcome } from '../src/domain/provider.ts';
import type { HttpReply } from '../src/http.ts';
import {
  ACCESS,
  cannotTell,
  noAccess,
  parseJson,
  quote,
  refused,
  unknown,
  untoldAccess,
} from './exchange.ts';
import { CANCELLED, failureCodes, pendingCodes, succeeded, successCodes } from './tranzzoWords.ts';

/** What was asked about. The secrets are struck out of whatever Tranzzo says. */
interface Asked {
  readonly posId: string;
  readonly payment: string;
  readonly secrets: readonly string[];
}

const TextOrNumber = z.union([z.string().max(40), z.number()]).transform(String);

const Transaction = z.object({
  pos_id: z.string().toLowerCase(),
  order_id: z.string(),
  mode: z.string(),
  method: z.string().max(40),
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
const TOO_MANY = 'Tranzzo takes no more calls just now; ask again in some minutes.';
const WRONG_CALL = 'tell the operator of Countersign.';

/** The remedy by HTTP status, for those that Tranzzo calls final. It calls 500 and 503 unknown. */
const remedies: ReadonlyMap<number, string> = new Map([
  [400, 'look it up, for it may be paid or held (then refund or void it at Tranzzo) or cancelled already.'],
  [404, 'check the order id, and the address in the settings.'],
  [405, WRONG_CALL],
  [406, WRONG_CALL],
]);

export function readCancellation({ status, body }: HttpReply, asked: Asked): Outcome {
  const answer = z.tuple([Transaction]).safeParse([parseJson(body)].flat());
  if (status !== 200 || !answer.success) return readFailure({ status, body }, asked);

  const [transaction] = answer.data;
  if (!isOf(transaction, asked)) return unknown('Tranzzo answered about another order.');
  return conclude(transaction);
}

function conclude(transaction: Transaction): Outcome {
  const { method, status, status_code } = transaction;
  const code = status_code ?? '';
  if (isCancelled(transaction)) {
    return { type: 'cancelled', reference: null, says: 'Tranzzo cancelled the unpaid payment.' };
  }
  const moved = succeeded.find((operation) => operation.method === method);
  if (status === 'success' && successCodes.has(code) && moved !== undefined) return refused(code, moved.says);

  const why = failureCodes.get(code);
  if (status === 'failure' && why !== undefined) {
    return refused(code, `It failed by itself (${why}): nothing to cancel.`);
  }
  return pendingCodes.has(code)
    ? unknown('Tranzzo has not decided: the payer may be paying right now.')
    : unknown('Tranzzo answered, but not that the payment is cancelled.');
}

function readFailure({ status, body }: HttpReply, { secrets }: Asked): Outcome {
  const failure = Failure.safeParse(parseJson(body)).data;
  const code = failure?.args.code;
  const refuse = (says: string) => refused(code ?? `http_${status}`, says);

  if (isLockedOut(status, code)) return refuse(`Nothing was done: ${LOCKED_OUT}`);
  if (status === 429) return refuse(TOO_MANY);
  const remedy = remedies.get(status);
  if (failure !== undefined && remedy !== undefined) {
    return refuse(`Tranzzo did not cancel ("${quote(failure.message, secrets)}"): ${remedy}`);
  }
  return unknown(`The answer of Tranzzo (HTTP ${status}) does not say what happened.`);
}

/** S-404 means wrong credentials, and its HTTP status is printed nowhere. */
function isLockedOut(status: number, code: string | undefined): boolean {
  return status === 401 || status === 403 || (code === 'S-404' && [200, 400, 404].includes(status));
}

/** Of an order that there is not. Any code but that of wrong credentials comes after they were taken. */
export function readAccess({ status, body }: HttpReply): Access {
  const json = parseJson(body);
  const code = Failure.safeParse(json).data?.args.code;
  if (isLockedOut(status, code))
    return noAccess('Tranzzo does not accept the POS id or the keys of this account.');
  const isAnswer = status === 200 ? z.array(Transaction).safeParse(json).success : status === 404 && code;
  if (isAnswer) return ACCESS;
  return untoldAccess(`Tranzzo did not answer as it does (HTTP ${status}): check the url of this account.`);
}

export function readTransactions({ status, body }: HttpReply, asked: Asked): Evidence {
  const json = parseJson(body);
  const code = Failure.safeParse(json).data?.args.code;
  if (isLockedOut(status, code)) return cannotTell(`Nothing was found out: ${LOCKED_OUT}`);
  if (status === 404)
    return cannotTell('Tranzzo knows no such order, or not at the address in the settings.');
  if (status === 429) return cannotTell(TOO_MANY);

  const answer = z.array(Transaction).safeParse(json);
  if (status !== 200 || !answer.success) return cannotTell(`Tranzzo gave no usable answer (HTTP ${status}).`);
  const transactions = answer.data;
  if (!transactions.every((transaction) => isOf(transaction, asked))) {
    return cannotTell('Tranzzo answered about another order.');
  }

  const made = transactions.find(isPayment);
  return {
    ...judge(transactions),
    amount: parseMoney(made?.amount ?? '', made?.currency ?? '') ?? null,
    madeAt: made?.created_at ?? null,
    facts: made === undefined ? {} : factsOf(made),
  };
}

type Judgement = Pick<Evidence, 'standing' | 'says'>;
const judged = (standing: Standing, says: string): Judgement => ({ standing, says });

/** What all transactions of one order mean together: money that moved outweighs every try that moved none. */
function judge(transactions: readonly Transaction[]): Judgement {
  if (transactions.length === 0) return judged('not_found', 'Tranzzo knows no order with this id.');
  const moved = succeeded.find((operation) =>
    transactions.some(({ method, status }) => status === 'success' && method === operation.method),
  );
  if (moved !== undefined) return judged(moved.standing, moved.says);
  if (transactions.every(hasFailed)) {
    return transactions.some(isCancelled)
      ? judged('cancelled', 'Cancelled before it was paid.')
      : judged('final', 'It failed by itself: nothing to cancel.');
  }
  if (transactions.every(isUnpaid)) return judged('cancellable', 'Not paid: the payment page is unused.');
  return judged('cannot_tell', 'Not finished at Tranzzo: look again in some minutes.');
}

const isOf = ({ pos_id, order_id }: Transaction, { posId, payment }: Asked) =>
  pos_id === posId && order_id === payment;
const isPayment = ({ method }: Transaction) => method === 'purchase' || method === 'auth';
const isCancelled = (transaction: Transaction) =>
  isPayment(transaction) && transaction.status === 'failure' && transaction.status_code === CANCELLED;
const isUnpaid = (transaction: Transaction) =>
  isPayment(transaction) && transaction.status === 'init' && transaction.mode === 'hosted';
const hasFailed = ({ status, status_code }: Transaction) =>
  status === 'failure' && !pendingCodes.has(status_code ?? '') && !successCodes.has(status_code ?? '');

function factsOf({ method, status, customer_fname, customer_lname }: Transaction): Record<string, string> {
  const initials = [customer_fname, customer_lname].flatMap((name) => Array.from(name ?? '').slice(0, 1));
  const payer = initials.map((letter) => `${letter}.`).join(' ');
  return { Method: method, Status: status, ...(payer === '' ? {} : { Payer: payer }) };
}
