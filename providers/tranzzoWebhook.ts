/**
 * Tranzzo's web-hooks: a form of `data` (JSON in base64url) and `signature` (over that text, as it came).
 * The signature is SHA-1 between two secrets, and old data can be sent again by whoever saw it. So a web-hook is a
 * reason to look up and never a proof. Spec: https://docs.tranzzo.com/docs/webhooks/structure
 */
import { createHash, hash } from 'node:crypto';
import { z } from 'zod';
import type { Notice, RawWebhook, ReadWebhook } from '../src/domain/provider.ts';
import { isSameSecret, notAuthentic, parseJson } from './exchange.ts';

/** An order id that the form takes. It goes into a path: without a slash, and never a segment of dots. */
export const ORDER_ID = /^(?!\.)(?!.*\.\.)[A-Za-z0-9._:#-]{1,256}$/;

const Transaction = z.object({ pos_id: z.string().toLowerCase(), order_id: z.string() });
type Transaction = z.infer<typeof Transaction>;

const MAX_CHARACTERS = 64 * 1024;

/** @returns base64url with its padding, which `base64url` of Node would leave out. */
export function signTranzzoData(data: string, secret: string): string {
  const digest = createHash('sha1').update(`${secret}${data}${secret}`).digest('base64');
  return digest.replaceAll('+', '-').replaceAll('/', '_');
}

export function readTranzzoWebhook(
  { method, body }: RawWebhook,
  account: { readonly pos_id: string; readonly api_secret: string },
): ReadWebhook {
  if (method !== 'POST') return notAuthentic('Tranzzo reports by POST');
  if (body.length > MAX_CHARACTERS) return notAuthentic('longer than any web-hook of Tranzzo');

  const form = new URLSearchParams(body);
  const data = form.get('data');
  const signature = form.get('signature');
  if (data === null || signature === null) return notAuthentic('no data or no signature');
  if (!isSameSecret(signature, signTranzzoData(data, account.api_secret))) {
    return notAuthentic('the signature is not that of our secret');
  }

  const transaction = Transaction.safeParse(parseJson(Buffer.from(data, 'base64url').toString('utf8'))).data;
  if (transaction === undefined) return notAuthentic('signed, but no transaction');
  const reply = { status: 200, contentType: 'text/plain', body: 'OK' };
  return { authentic: true, notice: readNotice(transaction, data, account.pos_id), reply };
}

function readNotice({ pos_id, order_id }: Transaction, data: string, posId: string): Notice {
  // Tranzzo numbers no web-hooks, but repeats one byte by byte.
  const id = hash('sha256', data);
  const isOurs = pos_id === posId && ORDER_ID.test(order_id);
  return isOurs
    ? { id, payment: order_id, meaning: 'look_up', reference: null, says: 'Tranzzo reported on this order.' }
    : {
        id,
        payment: null,
        meaning: 'nothing',
        reference: null,
        says: 'Tranzzo reported on something that is not ours.',
      };
}
