/**
 * Payfull (Turkey): one address for all operations, a form over POST, HMAC-SHA256 over every value and its length.
 * Spec: https://payfull.com/api-docs/en/cancel, look-up: https://payfull.com/api-docs/en/transaction-status
 *
 * Quirks
 * - Vendor code disagrees on how an empty value is signed, and on whether a length counts bytes or characters. So no
 *   value that is sent is ever empty, and all are ASCII.
 * - The page of the look-up asks for `merchant_trx_id` in its table and for `transaction_id` in its sample. The first is
 *   sent to ask for our own cancellation, the second to ask for the payment.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { DAY_SECONDS } from '../src/domain/clock.ts';
import type { Evidence } from '../src/domain/evidence.ts';
import type { Field, Provider, ReadTarget, Subject } from '../src/domain/provider.ts';
import type { Http, HttpCall, HttpReply } from '../src/http.ts';
import { HttpsAddress } from '../src/httpsAddress.ts';
import { ask, askForAccess, cannotTell, sendOnce } from './exchange.ts';
import {
  isOfAnotherDay,
  readAccess,
  readCancel,
  readCancellation,
  readDay,
  readPayment,
  VOID,
} from './payfullAnswers.ts';
import { readReturn } from './payfullWebhook.ts';

export const PayfullAccount = z.strictObject({
  provider: z.literal('payfull'),
  /** Payfull gives every merchant an address of its own, e.g. https://shop.payfull.com. */
  url: HttpsAddress,
  merchant: z.string().regex(/^[ -~]+$/, 'must be printable ASCII, or its length is signed in two ways'),
  password: z.string().min(1),
  client_ip: z.union([z.ipv4(), z.ipv6()]),
  language: z.enum(['en', 'tr']).default('en'),
});
export type PayfullAccount = z.infer<typeof PayfullAccount>;

const fields: readonly Field[] = [
  {
    name: 'transaction_id',
    label: 'Transaction id',
    hint: 'Payfull gave it when the sale was made, e.g. T4U_8d8125d10a_481a77f38.',
    optional: false,
  },
];

export function createPayfull(
  account: PayfullAccount,
  http: Http,
  now: () => Date = () => new Date(),
): Provider {
  const { merchant, language, client_ip, password } = account;

  function callWith(type: string, parameters: Readonly<Record<string, string>>): HttpCall {
    const signed = { merchant, type, language, client_ip, ...parameters };
    return {
      method: 'POST',
      url: `${account.url}/integration/api/v1`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...signed, hash: sign(signed, password) }).toString(),
    };
  }

  function get(parameters: Readonly<Record<string, string>>, read: (reply: HttpReply) => Evidence) {
    return ask(http, callWith('Get', parameters), read);
  }

  function lookUpPayment(payment: string, day: string): Promise<Evidence> {
    return get({ get_param: 'TransactionStatus', transaction_id: payment }, (reply) =>
      readPayment(reply, payment, day),
    );
  }

  async function lookUpCancellation(subject: Subject): Promise<Evidence> {
    const ours = await get({ get_param: 'TransactionStatus', merchant_trx_id: subject.key }, (reply) =>
      readCancellation(reply, subject),
    );
    if (ours.standing === 'cancelled') {
      const sale = await lookUpPayment(subject.payment, ours.madeAt ?? '');
      const isVoid = sale.standing === 'taken' || isOfAnotherDay(sale.madeAt, ours.madeAt);
      return isVoid ? cannotTell(VOID) : ours;
    }
    for (const day_date of [dayInTurkey(now()), dayInTurkey(dayBefore(now()))]) {
      const listed = await get(listOf(day_date), (reply) => readDay(reply, subject));
      if (listed.standing === 'cancelled') return listed;
    }
    return ours;
  }

  return {
    name: 'payfull',
    fields,
    needsAmount: false,
    readTarget,
    fillIn: ({ payment }) => ({ transaction_id: payment }),
    // A cancellation is of one business day, and the lists that are asked for are those of today and yesterday:
    // https://payfull.com/api-docs/transactions-list
    horizonSeconds: 2 * DAY_SECONDS,
    lookUp: (subject) =>
      subject.sent === undefined
        ? lookUpPayment(subject.payment, dayInTurkey(now()))
        : lookUpCancellation(subject),
    tryAccess: () => askForAccess(http, callWith('Get', listOf(dayInTurkey(now()))), readAccess),
    readWebhook: (raw) => readReturn(raw, password),
    cancel(order) {
      const call = callWith('Cancel', { transaction_id: order.payment, merchant_trx_id: order.key });
      return sendOnce(http, call, (reply) => readCancel(reply, order, dayInTurkey(now())));
    },
  };
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Istanbul',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

/** What is sold and cancelled on a day, written `dd-mm-yyyy`. */
function listOf(day_date: string): Readonly<Record<string, string>> {
  return { get_param: 'TransactionsList', day_date };
}

/** As Payfull writes days: `dd-mm-yyyy`. */
function dayInTurkey(at: Date): string {
  return DAY.format(at).replaceAll('/', '-');
}

/** Turkey has no summer time, so that a day has 24 hours. */
function dayBefore(at: Date): Date {
  return new Date(at.getTime() - 24 * 3600 * 1000);
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
