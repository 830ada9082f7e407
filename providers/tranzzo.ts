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
import { DAY_SECONDS } from '../src/domain/clock.ts';
import type { Field, Provider, ReadTarget } from '../src/domain/provider.ts';
import type { Http } from '../src/http.ts';
import { HttpsAddress } from '../src/httpsAddress.ts';
import { ask, askForAccess, HeaderSecret, sendOnce } from './exchange.ts';
import { readAccess, readCancellation, readTransactions } from './tranzzoAnswers.ts';
import { ORDER_ID, readTranzzoWebhook } from './tranzzoWebhook.ts';

export const TranzzoAccount = z.strictObject({
  provider: z.literal('tranzzo'),
  url: HttpsAddress.default('https://cpay.tranzzo.com'),
  pos_id: z.guid().toLowerCase(),
  endpoints_key: HeaderSecret,
  api_key: HeaderSecret,
  api_secret: HeaderSecret,
});
type TranzzoAccount = z.infer<typeof TranzzoAccount>;

const fields: readonly Field[] = [
  {
    name: 'order_id',
    label: 'Order id',
    hint: 'Your own id of the order, as it was sent to Tranzzo.',
    optional: false,
  },
];

/** The id of no order. */
const NOBODYS = 'countersign-doctor';

export function createTranzzo(account: TranzzoAccount, http: Http): Provider {
  const { url, pos_id, endpoints_key, api_key, api_secret } = account;
  const pos = `${url}/api/v1/pos/${pos_id}`;
  const headers = {
    'X-API-Key': endpoints_key,
    'X-API-Auth': `CPAY ${api_key}:${api_secret}`,
    Accept: 'application/json',
  };
  const orderCall = (order: string) =>
    ({ method: 'GET', url: `${pos}/orders/${encodeURIComponent(order)}`, headers }) as const;
  const asking = (payment: string) => ({
    posId: pos_id,
    payment,
    secrets: [endpoints_key, api_key, api_secret],
  });

  return {
    name: 'tranzzo',
    fields,
    needsAmount: false,
    readTarget,
    fillIn: ({ payment }) => ({ order_id: payment }),
    // The order shows its cancellation at once, and no page names a lag; room for a weekend's outage is our choice.
    horizonSeconds: 3 * DAY_SECONDS,
    readWebhook: (raw) => readTranzzoWebhook(raw, account),

    // A cancellation has no id of its own here: it shows on the order, so one look-up serves before and after.
    lookUp: ({ payment }) =>
      ask(http, orderCall(payment), (reply) => readTransactions(reply, asking(payment))),

    tryAccess: () => askForAccess(http, orderCall(NOBODYS), readAccess),

    cancel({ payment }) {
      const call = {
        method: 'POST',
        url: `${pos}/order/${encodeURIComponent(payment)}/cancel`,
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: '{}',
      } as const;
      return sendOnce(http, call, (reply) => readCancellation(reply, asking(payment)));
    },
  };
}

function readTarget(input: Readonly<Record<string, string>>): ReadTarget {
  const payment = input['order_id'] ?? '';
  return ORDER_ID.test(payment)
    ? { ok: true, target: { payment, details: {}, part: null } }
    : { ok: false, faults: { order_id: 'Enter the order id that you gave to Tranzzo, e.g. 2024-118734.' } };
}
