/**
 * What Payfull answers to a cancellation and to a question, and what that means. Answers are not signed.
 *
 * Quirks
 * - An answer says it twice, `status` 1 and `ErrorCode` "00"; where the two disagree nobody knows what happened.
 *   `ErrorMSG` is empty on success on one page and "Success Transaction" on another, so it decides nothing.
 * - No other code is documented for a cancellation, so a no is a no whatever its code; the remedy is that of the page.
 * - The Turkish page says that a cancellation after the end of the day succeeds and is void. So success counts only
 *   where nothing shows that the sale was made on an earlier day.
 * - The `data` of a look-up's answer is an assumption, see docs/providers/payfull.md.
 */
import { z } from 'zod';
import type { Evidence, Standing } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Access, Order, Outcome, Subject } from '../src/domain/provider.ts';
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

const Answer = z.object({
  status: z.literal([0, 1, '0', '1']).transform(Number),
  // As a JSON number, "00" can only be 0.
  ErrorCode: z.union([
    z.string().min(1).max(20),
    z.literal(0).transform(() => '00'),
    z.int().transform(String),
  ]),
  ErrorMSG: z.string().nullish(),
});

const CancelReply = Answer.extend({
  type: z.literal('Cancel').optional(),
  // The sale's or the cancellation's own: not documented, so it is kept and not compared.
  transaction_id: z.string().max(64).nullish(),
  merchant_trx_id: z.string().nullish(),
});

/** HTTP statuses are not documented either. With these and no answer in JSON nothing was done. */
const STATUSES: ReadonlyMap<number, string> = new Map(
  [401, 403].map((status) => [
    status,
    'Payfull refused access and cancelled nothing: check the url, merchant and password of this account.',
  ]),
);

/** @param today the day in Turkey at which the answer came, as Payfull writes days. */
export function readCancel({ status, body }: HttpReply, { key, evidence }: Order, today: string): Outcome {
  const { data: reply } = CancelReply.safeParse(parseJson(body));
  if (status === 200 && reply?.status === 1 && reply.ErrorCode === '00') {
    if ((reply.merchant_trx_id ?? key) !== key) return unknown(OF_ANOTHER);
    if (isOfAnotherDay(evidence.madeAt, today)) return unknown(VOID);
    const reference = reply.transaction_id ?? null;
    return { type: 'cancelled', reference, says: 'Payfull cancelled the payment.' };
  }
  if (isAnswer(status) && reply?.status === 0 && reply.ErrorCode !== '00') {
    const said = quote(`${reply.ErrorCode} ${reply.ErrorMSG ?? ''}`.trim(), []);
    const remedy = 'if the payment is settled already, refund it instead';
    return refused(reply.ErrorCode, `Payfull did not cancel (${said}): ${remedy}.`);
  }
  const turnedAway = STATUSES.get(status);
  if (turnedAway !== undefined && reply === undefined) return refused(`http_${status}`, turnedAway);
  return unknown(`Payfull's answer is not a documented one (HTTP ${status}).`);
}

const OF_ANOTHER = 'Payfull answered about another cancellation.';
export const VOID =
  'Payfull says success after the end of the day of the sale, which can be void: look at the payout, and refund if it was paid out.';

/** A redirect, a time-out or a server's fault is nobody's answer. */
function isAnswer(status: number): boolean {
  return status === 200 || (status >= 400 && status < 500 && status !== 408);
}

/** Of the list of a day. No code but that of success is documented, so that an error can have any reason. */
export function readAccess({ status, body }: HttpReply): Access {
  const { data: answer } = Answer.safeParse(parseJson(body));
  if (status === 200 && answer?.status === 1 && answer.ErrorCode === '00') return ACCESS;
  const turnedAway = STATUSES.get(status);
  if (turnedAway !== undefined && answer === undefined) return noAccess(turnedAway);
  const code = answer === undefined ? '' : ` with error ${quote(answer.ErrorCode, [])}`;
  return untoldAccess(
    `Payfull did not give the list of today (HTTP ${status}${code}): check the url, merchant and password of this account.`,
  );
}

const Transaction = z.object({
  transaction_id: z.string().max(64),
  merchant_trx_id: z.string().nullish(),
  type: z.string().max(40).nullish(),
  transaction_status: z.string().max(40).nullish(),
  total: z.union([z.string(), z.number()]).transform(String).nullish(),
  currency: z.string().nullish(),
  /** `dd-mm-yyyy HH:mm:ss`, in Turkey as it seems. */
  date: z.string().max(40).nullish(),
});
type Transaction = z.infer<typeof Transaction>;

const StatusReply = Answer.extend({ data: Transaction });
// A line that can't be read is passed over, so that it doesn't hide ours.
const ListReply = Answer.extend({ data: z.array(Transaction.nullable().catch(null)) });

const STANDINGS: ReadonlyMap<string, readonly [Standing, string]> = new Map([
  ['success', ['cancellable', 'Paid; can be cancelled until the day is settled.']],
  ['cancelled', ['cancelled', 'Cancelled.']],
  ['settled', ['taken', 'Settled already, so a refund is the remedy.']],
  ['returned', ['final', 'Refunded already.']],
  ['failed', ['final', 'The payment failed, so there is nothing to cancel.']],
]);
const DAY_IS_OVER = ['taken', 'The day of the sale is over in Turkey, so a refund is the remedy.'] as const;
const UNTOLD = ['cannot_tell', 'Payfull knows this payment and does not say how it stands.'] as const;

/** The payment by its `transaction_id`. @param today the day by whose end a cancellation must be made. */
export function readPayment(reply: HttpReply, payment: string, today: string): Evidence {
  const known = dataOf(reply, StatusReply);
  if (known?.transaction_id !== payment) return cannotTell(`${UNUSABLE} payment (HTTP ${reply.status}).`);

  const said = STANDINGS.get(known.transaction_status ?? '') ?? UNTOLD;
  const isOver = said[0] === 'cancellable' && isOfAnotherDay(known.date, today);
  const [standing, says] = isOver ? DAY_IS_OVER : said;
  return {
    standing,
    says,
    amount: parseMoney(known.total ?? '', known.currency ?? '') ?? null,
    madeAt: known.date ?? null,
    facts: typeof known.type === 'string' ? { Type: known.type } : {},
  };
}

const UNUSABLE = 'Payfull gave no usable answer about this';
const DONE: Evidence = {
  ...cannotTell('Payfull says that it cancelled the payment.'),
  standing: 'cancelled',
};
const NOT_DONE = 'Payfull knows this cancellation and does not say that it succeeded.';

/** Our own cancellation by its `merchant_trx_id`. */
export function readCancellation(reply: HttpReply, { key }: Subject): Evidence {
  const ours = dataOf(reply, StatusReply);
  if (ours === undefined || !isCancellation(ours, key)) {
    return cannotTell(`${UNUSABLE} cancellation (HTTP ${reply.status}).`);
  }
  return isDone(ours) ? { ...DONE, madeAt: ours.date ?? null } : cannotTell(NOT_DONE);
}

/** The list of a day, in which a cancellation counts only beside its sale: then both are of the same day. */
export function readDay(reply: HttpReply, { payment, key }: Subject): Evidence {
  const listed = (dataOf(reply, ListReply) ?? []).filter((transaction) => transaction !== null);
  const ours = listed.find((transaction) => isCancellation(transaction, key));
  const sale = listed.find(({ transaction_id, type }) => transaction_id === payment && type !== 'Cancel');
  if (sale?.transaction_status === 'cancelled') return DONE;
  if (ours === undefined) return cannotTell(`${UNUSABLE} cancellation (HTTP ${reply.status}).`);
  if (!isDone(ours)) return cannotTell(NOT_DONE);
  return sale === undefined || sale.transaction_status === 'settled' ? cannotTell(VOID) : DONE;
}

function isCancellation({ merchant_trx_id, type }: Transaction, key: string): boolean {
  return merchant_trx_id === key && type === 'Cancel';
}

function isDone({ transaction_status }: Transaction): boolean {
  return transaction_status === 'success';
}

function dataOf<Data>(
  { status, body }: HttpReply,
  Reply: z.ZodType<z.infer<typeof Answer> & { data: Data }>,
) {
  const { data: reply } = Reply.safeParse(parseJson(body));
  return status === 200 && reply?.status === 1 && reply.ErrorCode === '00' ? reply.data : undefined;
}

/** Whether both days are known and differ. @param at, @param day begin with `dd-mm-yyyy`. */
export function isOfAnotherDay(at: string | null | undefined, day: string | null): boolean {
  const [a, b] = [at, day].map((text) => /^\d\d-\d\d-\d{4}/.exec(text ?? '')?.[0]);
  return a !== undefined && b !== undefined && a !== b;
}
