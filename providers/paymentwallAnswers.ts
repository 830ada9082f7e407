/**
 * What Paymentwall answers to a ticket and to a question, and what that means. Neither answer is signed.
 * Documented are two errors and no HTTP status; whatever else comes says nothing.
 */
import { z } from 'zod';
import type { Evidence } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Access, Outcome, Subject } from '../src/domain/provider.ts';
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

const TicketReply = z.object({
  result: z.literal([0, 1, '0', '1']).transform(Number),
  errors: z.array(z.string()).default([]),
});

const NO_ACCESS =
  'Paymentwall refused access and opened no ticket: check the key, secret and sign_version of this account.';
const NO_NAME = 'Either ref or uid is required';
/** All errors that are documented. The first stands for a wrong key, a wrong signature and a wrong method alike. */
const ERRORS: ReadonlyMap<string, string> = new Map([
  ['You have no access to the developers API', NO_ACCESS],
  [NO_NAME, 'Paymentwall found no ref or uid to open a ticket for: check the reference.'],
]);
/** HTTP statuses that are an answer even without a body that can be read. */
const STATUSES: ReadonlyMap<number, string> = new Map([
  [401, NO_ACCESS],
  [403, NO_ACCESS],
]);

export function readTicket(
  { status, body }: HttpReply,
  { key, test_mode }: { readonly key: string; readonly test_mode: boolean },
): Outcome {
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
  const no = ERRORS.get(errors);
  if (isAnswer && reply?.result === 0 && no !== undefined) return refused(errors, no);

  const turnedAway = STATUSES.get(status);
  if (turnedAway !== undefined && reply === undefined) return refused(`http_${status}`, turnedAway);
  // An error could name the project key.
  const said = errors === '' ? '' : `: "${quote(errors, [key])}"`;
  return unknown(`Paymentwall's answer is not a documented one (HTTP ${status}${said}).`);
}

/** Of a ticket for nobody, which is documented to be refused: only those who have access are told why. */
export function readAccess(reply: HttpReply, account: Parameters<typeof readTicket>[1]): Access {
  const outcome = readTicket(reply, account);
  if (outcome.type !== 'refused')
    return untoldAccess(`Paymentwall did not answer as it does (HTTP ${reply.status}): ask it why.`);
  return outcome.code === NO_NAME ? ACCESS : noAccess(outcome.says);
}

const Bit = z.literal([0, 1]);
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
  subscription: z.object({ active: Bit, expired: Bit.default(0) }).nullish(),
});
type Payment = z.infer<typeof Payment>;

/** One of the two pages shows the payment as the only one of a list. */
const PaymentReply = z.union([Payment, z.tuple([Payment]).transform(([payment]) => payment)]);

type Standing = Pick<Evidence, 'standing' | 'says'>;

/** @param recurring whether it is about the subscription behind the payment. */
export function readPayment(
  { status, body }: HttpReply,
  { payment: ref, details, sent }: Subject,
  recurring: boolean,
): Evidence {
  const { data: payment } = PaymentReply.safeParse(parseJson(body));
  if (status !== 200 || payment?.id !== ref) {
    return cannotTell(
      `Paymentwall gave no usable answer about this payment (HTTP ${status}); its Payment Status API may not be switched on.`,
    );
  }
  const standing = isOf(payment, details['uid']) ? standingOf(payment, recurring) : OF_ANOTHER;
  return {
    ...(sent !== undefined && standing.standing === 'cancellable' ? UNDECIDED : standing),
    amount: parseMoney(payment.amount, payment.currency) ?? null,
    madeAt: new Date(payment.created * 1000).toISOString(),
    facts: { Method: quote(payment.payment_system ?? 'not told', []), Risk: payment.risk },
  };
}

const OF_ANOTHER: Standing = {
  standing: 'not_found',
  says: 'Paymentwall knows this ref, but for another user than this uid.',
};
/** No call tells of a ticket, so that nothing here may invite anyone to open a second one. */
const UNDECIDED: Standing = {
  standing: 'cannot_tell',
  says: 'Nothing has changed so far; Paymentwall never says whether a ticket waits there.',
};

function isOf(payment: Payment, uid: string | undefined): boolean {
  return uid === undefined || uid === payment.uid;
}

function standingOf(payment: Payment, recurring: boolean): Standing {
  if (recurring) return standingOfSubscription(payment.subscription);
  if (payment.refunded) return { standing: 'cancelled', says: 'Refunded.' };
  switch (payment.risk) {
    case 'declined':
      return { standing: 'final', says: 'Declined in the risk review.' };
    case 'pending':
      return { standing: 'cancellable', says: 'In the risk review; a ticket can be opened.' };
    case 'approved':
      return { standing: 'cancellable', says: 'Paid and not refunded; a ticket can be opened.' };
  }
}

function standingOfSubscription(subscription: Payment['subscription']): Standing {
  if (!subscription) return { standing: 'final', says: 'This payment has no subscription to cancel.' };
  if (subscription.active === 1) {
    return { standing: 'cancellable', says: 'The subscription is active; a ticket can be opened.' };
  }
  return subscription.expired === 1
    ? { standing: 'final', says: 'The subscription ran out, so there is nothing to cancel.' }
    : { standing: 'cancelled', says: 'The subscription is not active any more.' };
}
