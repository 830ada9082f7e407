/**
 * What the answers of SIBS mean: by HTTP status, by `statusCode`, and by type, method and status of a transaction.
 * Tables: https://www.docs.pay.sibs.com/pl/integracje/api/integration-guide/ and .../portugal/sandbox/ (result codes)
 */
import { z } from 'zod';
import type { Evidence, Standing } from '../src/domain/evidence.ts';
import { isSameMoney, type Money, parseMoney } from '../src/domain/money.ts';
import type { Access, Outcome } from '../src/domain/provider.ts';
import type { HttpReply } from '../src/http.ts';
import { ACCESS, cannotTell, noAccess, parseJson, refused, unknown, untoldAccess } from './exchange.ts';

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

const DECLINED = 'SIBS declined the cancellation: ask SIBS why.';
const INVALID = 'SIBS found the request invalid; tell the operator of Countersign.';
const LOCKED_OUT = 'SIBS does not accept our token, terminal or client id; tell the operator of Countersign.';
const NOT_KNOWN = 'SIBS does not know this transaction; check the id, and the address in the settings.';
const TOO_MANY = 'SIBS takes no more calls just now; ask again in some minutes.';
const OF_MB_WAY = 'SIBS answered as for an MB WAY payment and did not cancel; check the id.';

/** By SIBS' code or, where it gave none that we know, by HTTP status. Nothing was done in any of these cases. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['E0101', INVALID],
  ['E0113', DECLINED],
  ['E0500', DECLINED],
  ['E0501', INVALID],
  ['E0504', OF_MB_WAY],
  ['E0506', OF_MB_WAY],
  ['E0507', NOT_KNOWN],
  ['E0518', OF_MB_WAY],
  ['E0520', 'SIBS could not cancel it: it may be captured (then refund it) or cancelled, or less is left.'],
  ['E0612', 'SIBS says that it is cancelled already.'],
  ['E0613', 'SIBS says that it is paid already: refund it at SIBS.'],
  ['10.106.0001', DECLINED],
  ['http_400', INVALID],
  ['http_404', NOT_KNOWN],
  ['http_405', INVALID],
  ['http_429', TOO_MANY],
]);

/** Codes that leave open what was done, whatever the HTTP status: "temporary", and "pending or abandoned". */
const undecided: ReadonlySet<string> = new Set(['T9999', '00.110.1601']);

/** 409 is among them for its code alone: the page says that the state is in conflict, not what was done. */
const finals: ReadonlySet<number> = new Set([200, 400, 401, 403, 404, 405, 409, 429]);

export function readCancellation({ status, body }: HttpReply, payment: string, asked: Money): Outcome {
  const reply = Reply.safeParse(parseJson(body)).data;
  const code = reply?.returnStatus.statusCode ?? `http_${status}`;
  if (status === 200 && reply !== undefined && code === '000') return readResult(reply, payment, asked);

  const isContradiction = code === '000' || reply?.paymentStatus === 'Success';
  // Wrong credentials can carry the code of any invalid request.
  const says = (isLockedOut(status) ? LOCKED_OUT : refusals.get(code)) ?? refusals.get(`http_${status}`);
  if (finals.has(status) && !isContradiction && !undecided.has(code) && says !== undefined) {
    return refused(code, says);
  }
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

type Judgement = Pick<Evidence, 'standing' | 'says'>;
export type Judge = (reply: Reply) => Judgement;

/** @param judge what the reply means, if it is usable and about the transaction that was asked for. */
export function readStatus({ status, body }: HttpReply, transaction: string, judge: Judge): Evidence {
  if (isLockedOut(status)) return cannotTell(LOCKED_OUT);
  if (status === 404) return { ...cannotTell(NOT_KNOWN), standing: 'not_found' };
  if (status === 429) return cannotTell(TOO_MANY);

  const reply = Reply.safeParse(parseJson(body)).data;
  if (status !== 200 || reply === undefined)
    return cannotTell(`SIBS gave no usable answer (HTTP ${status}).`);
  if (reply.transactionID !== transaction) return cannotTell('SIBS answered about another transaction.');
  // A transaction that ended can carry the code of what ended it.
  if (reply.returnStatus.statusCode !== '000' && !hasEnded(reply.paymentStatus)) {
    return cannotTell('SIBS gave an error code instead of a status.');
  }
  return {
    ...judge(reply),
    amount: reply.amount ?? null,
    madeAt: reply.execution?.startTime ?? null,
    facts: { Type: reply.paymentType, Method: reply.paymentMethod, Status: reply.paymentStatus },
  };
}

/** Of a transaction that there is not: only those who are let in are told so. */
export function readAccess({ status, body }: HttpReply): Access {
  if (isLockedOut(status))
    return noAccess('SIBS does not accept the token, terminal or client id of this account.');
  if (status === 404 && Reply.safeParse(parseJson(body)).success) return ACCESS;
  return untoldAccess(`SIBS did not answer as it does (HTTP ${status}): check the url of this account.`);
}

const isLockedOut = (status: number) => status === 401 || status === 403;
const judged = (standing: Standing, says: string): Judgement => ({ standing, says });
const isOpen = (status: string) => status === 'Pending' || status === 'InProcessing';
const hasEnded = (status: string) => ['Declined', 'Error', 'Timeout', 'Expired'].includes(status);

/** What SIBS calls payments and what captures them. What it calls a cancellation is printed nowhere. */
export const paymentTypes: ReadonlySet<string> = new Set(['AUTH', 'PURS', 'PREF', 'CAPTURE']);

export function judgePayment({
  paymentType: type,
  paymentMethod: method,
  paymentStatus: status,
}: Reply): Judgement {
  // A cancellation and a refund have a status of their own, whose Success must never be read as "paid".
  if (type !== 'AUTH' && type !== 'PURS') return judged('cannot_tell', 'Neither a hold nor a purchase.');
  if (hasEnded(status)) return judged('final', `It ended as ${status}: nothing to cancel.`);
  if (status === 'Success' && method === 'BLIK') {
    return judged('taken', 'BLIK confirmed it, so it is final: refund it at SIBS.');
  }
  if (status === 'Success' && type === 'PURS') return judged('taken', 'Paid: refund it at SIBS.');
  if (status === 'Success') return judged('cancellable', 'On hold, unless captured or cancelled since.');
  if (isOpen(status) && method === 'BLIK') return judged('cancellable', 'BLIK has not confirmed it yet.');
  return judged('cannot_tell', 'Not finished at SIBS: look again in some minutes.');
}

/** Of the transaction whose id SIBS gave to our cancellation. */
export function judgeCancellation({ paymentType: type, paymentStatus: status }: Reply): Judgement {
  if (paymentTypes.has(type))
    return judged('not_found', 'SIBS shows a payment in place of our cancellation.');
  if (status === 'Success') return judged('cancelled', 'SIBS says that our cancellation succeeded.');
  if (hasEnded(status)) return judged('final', `Our cancellation ended as ${status}.`);
  return judged('cannot_tell', 'SIBS has not decided on our cancellation yet.');
}
