/**
 * Payfull (Turkey): one address for all operations, a form over POST, HMAC-SHA256 over every value and its length.
 * Spec: https://payfull.com/api-docs/en/cancel, look-up: https://payfull.com/api-docs/en/transaction-status
 *
 * Quirks
 * - An answer says it twice, `status` 1 and `ErrorCode` "00"; where the two disagree nobody knows what happened.
 *   `ErrorMSG` is empty on success on one page and "Success Transaction" on another, so it decides nothing.
 * - Whether the `transaction_id` of a cancel's answer is the sale's or the cancel's own is not documented: it is
 *   kept as the reference and not compared.
 * - No error code is documented but "00", so a no is a no whatever its code; the remedy is that of the page.
 * - Vendor code disagrees on how an empty value is signed: none is ever sent.
 * - The state of a payment in the look-up's answer is an assumption, see docs/providers/payfull.md.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Evidence, Standing } from '../src/domain/evidence.ts';
import { parseMoney } from '../src/domain/money.ts';
import type { Field, Outcome, Provider, ReadTarget } from '../src/domain/provider.ts';
import { type Http, type HttpCall, type HttpReply, ProviderUrl } from '../src/http.ts';
import { ask, cannotTell, parseJson, quote, refused, sendOnce, unknown } from './exchange.ts';

export const PayfullAccount = z.strictObject({
  provider: z.literal('payfull'),
  /** Payfull gives every merchant an address of its own, e.g. https://shop.payfull.com. */
  url: ProviderUrl,
  merchant: z.string().min(1),
  password: z.string().min(1),
  client_ip: z.union([z.ipv4(), z.ipv6()]),
  language: z.enum(['en', 'tr']).default('en'),
});
export type PayfullAccount = z.infer<typeof PayfullAccount>;

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
type Answer = z.infer<typeof Answer>;

const CancelReply = Answer.extend({
  type: z.literal('Cancel').optional(),
  transaction_id: z.string().max(64).nullish(),
});

const StatusReply = Answer.extend({
  data: z.object({
    transaction_id: z.string(),
    transaction_status: z.string().max(40).optional(),
    type: z.string().max(40).optional(),
    total: z.string().optional(),
    currency: z.string().optional(),
    date: z.string().max(40).optional(),
  }),
});

const STANDINGS: ReadonlyMap<string | undefined, readonly [Standing, string]> = new Map([
  ['success', ['cancellable', 'Paid; can be cancelled until the day is settled.']],
  ['cancelled', ['cancelled', 'Cancelled.']],
  ['settled', ['taken', 'Settled already, so a refund is the remedy.']],
  ['returned', ['final', 'Refunded already.']],
  ['failed', ['final', 'The payment failed, so there is nothing to cancel.']],
]);
const UNTOLD = ['cannot_tell', 'Payfull knows this payment and does not say how it stands.'] as const;

const fields: readonly Field[] = [
  {
    name: 'transaction_id',
    label: 'Transaction id',
    hint: 'Payfull gave it when the sale was made, e.g. T4U_8d8125d10a_481a77f38.',
    optional: false,
  },
];

export function createPayfull(account: PayfullAccount, http: Http): Provider {
  const { merchant, language, client_ip, password } = account;

  function callWith(parameters: Readonly<Record<string, string>>): HttpCall {
    const hash = sign(parameters, password);
    return {
      method: 'POST',
      url: `${account.url}/integration/api/v1`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...parameters, hash }).toString(),
    };
  }

  return {
    name: 'payfull',
    fields,
    needsAmount: false,
    readTarget,

    async lookUp({ payment }) {
      const call = callWith({
        merchant,
        type: 'Get',
        get_param: 'TransactionStatus',
        language,
        client_ip,
        transaction_id: payment,
      });
      return ask(http, call, (reply) => readStatus(reply, payment));
    },

    async cancel({ payment, key }) {
      const call = callWith({
        merchant,
        type: 'Cancel',
        language,
        client_ip,
        transaction_id: payment,
        merchant_trx_id: key,
      });
      return sendOnce(http, call, readCancel);
    },
  };
}

function readTarget(input: Readonly<Record<string, string>>): ReadTarget {
  const payment = input['transaction_id'] ?? '';
  if (/^[A-Za-z0-9_]{1,64}$/.test(payment)) return { ok: true, target: { payment, details: {}, part: null } };
  return {
    ok: false,
    faults: { transaction_id: 'Enter the transaction id that Payfull gave, e.g. T4U_8d8125d10a_481a77f38.' },
  };
}

/** Values in byte order of their names, each after its count of code points; names and empty values take no part. */
export function sign(parameters: Readonly<Record<string, string>>, password: string): string {
  const signed = Object.entries(parameters)
    .filter(([, value]) => value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => `${Array.from(value).length}${value}`);
  return createHmac('sha256', password).update(signed.join('')).digest('hex');
}

function readCancel({ status, body }: HttpReply): Outcome {
  const { data: reply } = CancelReply.safeParse(parseJson(body));
  if (status === 200 && reply?.status === 1 && reply.ErrorCode === '00') {
    return {
      type: 'cancelled',
      reference: reply.transaction_id ?? null,
      says: 'Payfull cancelled the payment.',
    };
  }
  if (isAnswer(status) && reply?.status === 0 && reply.ErrorCode !== '00') {
    const says = `Payfull did not cancel (${quote(`${reply.ErrorCode} ${reply.ErrorMSG ?? ''}`.trim(), [])}): if the payment is settled already, refund it instead.`;
    return refused(reply.ErrorCode, says);
  }
  if ((status === 401 || status === 403) && reply === undefined) {
    const says =
      'Payfull refused access and cancelled nothing: check the url, merchant and password of this account.';
    return refused(`http_${status}`, says);
  }
  return unknown(`Payfull's answer is not a documented one (HTTP ${status}).`);
}

/** HTTP statuses are not documented; a redirect, a time-out or a server's fault is nobody's answer, though. */
function isAnswer(status: number): boolean {
  return status === 200 || (status >= 400 && status < 500 && status !== 408);
}

function readStatus({ status, body }: HttpReply, transactionId: string): Evidence {
  const { data: reply } = StatusReply.safeParse(parseJson(body));
  const known = status === 200 && reply?.status === 1 && reply.ErrorCode === '00' ? reply.data : undefined;
  if (known?.transaction_id !== transactionId) {
    return cannotTell(`Payfull gave no usable answer about this payment (HTTP ${status}).`);
  }
  const [standing, says] = STANDINGS.get(known.transaction_status) ?? UNTOLD;
  return {
    standing,
    says,
    amount: parseMoney(known.total ?? '', known.currency ?? '') ?? null,
    madeAt: known.date ?? null,
    facts: known.type === undefined ? {} : { Type: known.type },
  };
}
