/**
 * A SIBS gateway of one's own: it checks the token, the client id, every field of a cancellation and what is left.
 * As at SIBS, a hold goes on showing Success after its cancellation, which is found under an id of its own.
 * Undocumented, so chosen here: HTTP 409 beside code E0520, and a cancellation's status without a type.
 */
import { z } from 'zod';
import { type Answer, type Call, json, type Simulator, startSimulator, type StockItem } from './simulator.ts';

export interface SibsCredentials {
  readonly terminal_id: string;
  readonly token: string;
  readonly client_id: string;
  readonly client_secret?: string;
}

/** In the words of SIBS. */
interface Status {
  readonly paymentType?: 'AUTH' | 'PURS';
  readonly paymentMethod: 'CARD' | 'BLIK' | 'PAY_BY_LINK';
  readonly paymentStatus: 'Success' | 'Pending' | 'Declined';
}

interface Payment extends StockItem {
  readonly status: Status;
  /** From the second look-up on, for a payer who is quicker than the approver. */
  readonly laterStatus?: Status;
  /** In grosz: the whole, and what of it can still be cancelled. */
  readonly amount: number;
  readonly left: number;
  readonly answers?: 'slowly' | 'never' | 'undecided';
}

const SLOW_MS = 2500;
const MADE_AT = '2026-03-02T09:20:02.862Z';

const Cancellation = z.strictObject({
  merchant: z.strictObject({
    terminalId: z.int(),
    channel: z.literal('web'),
    merchantTransactionId: z.string().min(1).max(35),
  }),
  transaction: z.strictObject({
    transactionTimestamp: z.iso.datetime({ offset: true, precision: 3 }),
    description: z.string().min(1).max(70),
    amount: z.strictObject({ value: z.number().positive(), currency: z.literal('PLN') }),
    originalTransaction: z.strictObject({ id: z.string(), datetime: z.literal(MADE_AT) }),
  }),
});

/** Its address is that of the account's settings, with base path and version. */
export async function startSibsSimulator(credentials: SibsCredentials, port = 0): Promise<Simulator> {
  const payments = new Map([...stock, ...batch].map((payment) => [payment.reference, payment]));

  function lookUp(payment: Payment): Answer {
    const { reference, status, laterStatus = status } = payment;
    payments.set(reference, { ...payment, status: laterStatus });
    return json(200, answerOf(payment));
  }

  function cancel(payment: Payment, call: Call, carriedOut: (reference: string) => void): Answer {
    const { reference, left, answers } = payment;
    const request = Cancellation.safeParse(readJson(call.body)).data;
    if (request === undefined || call.headers['content-type'] !== 'application/json') {
      return fail(400, 'E0101', 'Invalid request');
    }
    const { merchant, transaction } = request;
    if (merchant.terminalId !== Number(credentials.terminal_id))
      return fail(401, 'E0101', 'Invalid terminal');
    if (transaction.originalTransaction.id !== reference) return fail(400, 'E0501', 'Invalid data');
    const part = Math.round(transaction.amount.value * 100);
    if (part > left) return fail(409, 'E0520', 'Authorised payment cancellation failed');

    payments.set(reference, { ...payment, left: left - part });
    carriedOut(reference);
    const { paymentMethod } = payment.status;
    const done: Status = { paymentMethod, paymentStatus: 'Success' };
    const cancellation: Payment = {
      reference: `${reference}Cancelled${payment.amount - left + part}`,
      about: 'A cancellation.',
      status: answers === 'undecided' ? { paymentMethod, paymentStatus: 'Pending' } : done,
      laterStatus: done,
      amount: part,
      left: 0,
    };
    payments.set(cancellation.reference, cancellation);
    if (answers === 'never') return 'drop';
    const answer = json(200, cancellationAnswer(cancellation, merchant));
    return answers === 'slowly' ? { ...answer, delayMs: SLOW_MS } : answer;
  }

  const simulator = await startSimulator(
    {
      stock: [
        ...stock,
        { reference: 'holdBatch5001', about: 'The first of thirty, up to holdBatch5030, for /cancel bulk.' },
        { reference: 'unknown9999', about: 'SIBS knows no such transaction.' },
      ],
      answer(call, carriedOut) {
        if (call.headers.authorization !== `Bearer ${credentials.token}`)
          return fail(401, 'E0101', 'Invalid token');
        if (call.headers['x-ibm-client-id'] !== credentials.client_id)
          return fail(403, 'E0101', 'Invalid client');
        if (call.headers['x-ibm-client-secret'] !== credentials.client_secret)
          return fail(403, 'E0101', 'Invalid client secret');

        const [, id, verb] = /^\/api\/v1\/payments\/(\w+)\/(status|cancellation)$/.exec(call.path) ?? [];
        const payment = payments.get(id ?? '');
        if (payment === undefined) return fail(404, 'E0507', 'Unknown transaction');
        if (call.method !== (verb === 'status' ? 'GET' : 'POST')) return fail(405, 'E0101', 'Invalid method');
        return verb === 'status' ? lookUp(payment) : cancel(payment, call, carriedOut);
      },
    },
    port,
  );
  return { ...simulator, url: `${simulator.url}/api/v1` };
}

/** As the published answer has it: without a method, and with the amount as a number. */
function cancellationAnswer(
  { reference, status, amount }: Payment,
  { terminalId, merchantTransactionId }: { terminalId: number; merchantTransactionId: string },
): unknown {
  return {
    merchant: { terminalId: String(terminalId), merchantTransactionId },
    returnStatus: { statusCode: '000', statusMsg: 'Success', statusDescription: 'Success' },
    transactionID: reference,
    amount: { value: amount / 100, currency: 'PLN' },
    paymentStatus: status.paymentStatus,
  };
}

// The amount as text and the terminal left out: published answers differ in both.
function answerOf({ reference, status, amount }: Payment): unknown {
  return {
    returnStatus: { statusCode: '000', statusMsg: 'Success', statusDescription: 'Success' },
    transactionID: reference,
    amount: { value: (amount / 100).toFixed(2), currency: 'PLN' },
    execution: { startTime: MADE_AT, endTime: '2026-03-02T09:20:05.048Z' },
    ...status,
  };
}

function fail(status: number, statusCode: string, statusMsg: string): Answer {
  return json(status, { returnStatus: { statusCode, statusMsg, statusDescription: statusMsg } });
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const HOLD: Status = { paymentType: 'AUTH', paymentMethod: 'CARD', paymentStatus: 'Success' };
const PAID: Status = { paymentType: 'PURS', paymentMethod: 'CARD', paymentStatus: 'Success' };
const DECLINED: Status = { paymentType: 'AUTH', paymentMethod: 'CARD', paymentStatus: 'Declined' };
const LINK_PAID: Status = { paymentType: 'PURS', paymentMethod: 'PAY_BY_LINK', paymentStatus: 'Success' };
const BLIK_OPEN: Status = { paymentType: 'PURS', paymentMethod: 'BLIK', paymentStatus: 'Pending' };
const BLIK_FINAL: Status = { paymentType: 'PURS', paymentMethod: 'BLIK', paymentStatus: 'Success' };

/** Can be cancelled, whole or in part. */
function open(reference: string, status: Status, amount: number, about: string): Payment {
  return { reference, status, amount, left: amount, about };
}

/** Can't be cancelled, whatever it looks like. */
function closed(reference: string, status: Status, amount: number, about: string): Payment {
  return { reference, status, amount, left: 0, about };
}

const stock: readonly Payment[] = [
  open('holdSmall1001', HOLD, 4_990, '49.90 PLN held on a card: can be cancelled, whole or in part.'),
  open('holdMedium1002', HOLD, 48_000, '480.00 PLN held on a card: can be cancelled, whole or in part.'),
  open('holdLarge1003', HOLD, 1_250_000, '12 500.00 PLN held on a card: can be cancelled, whole or in part.'),
  open('blikOpen1004', BLIK_OPEN, 7_500, '75.00 PLN by BLIK, not confirmed yet: can be cancelled.'),
  closed('holdCaptured2001', HOLD, 31_500, 'Held and then captured, which a look-up does not show: refused.'),
  closed('holdCancelled2002', HOLD, 12_000, 'Cancelled already, which a look-up does not show: refused.'),
  closed('cardPaid2003', PAID, 22_000, 'Paid by card, so that only a refund helps: refused.'),
  closed('linkPaid2004', LINK_PAID, 5_050, 'Paid by PayByLink, so that only a refund helps: refused.'),
  closed('blikFinal2005', BLIK_FINAL, 9_900, 'BLIK confirmed it, so that only a refund helps: refused.'),
  closed('holdDeclined2006', DECLINED, 18_000, 'Declined by the bank: refused.'),
  {
    ...closed('blikPaidMeanwhile3001', BLIK_OPEN, 6_400, 'Open at the first look-up, then paid: refused.'),
    laterStatus: BLIK_FINAL,
  },
  {
    ...open(
      'holdUndecided1005',
      HOLD,
      23_000,
      'Is cancelled, which SIBS decides only after the first look-up.',
    ),
    answers: 'undecided',
  },
  {
    ...open('holdSlow4001', HOLD, 15_000, 'Is cancelled, but the answer takes 2.5 seconds.'),
    answers: 'slowly',
  },
  {
    ...open('holdDropped4002', HOLD, 17_500, 'Is cancelled, but the connection breaks before the answer.'),
    answers: 'never',
  },
];

/** For a bulk: too many to list, and all can be cancelled. */
const batch = Array.from({ length: 30 }, (_one, index) =>
  open(`holdBatch${5001 + index}`, HOLD, 2_000 + 350 * index, 'One of thirty.'),
);
