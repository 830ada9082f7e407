/**
 * SIBS' web-hooks: AES-256-GCM, so that whoever can write one holds the key. Initialisation vector and tag come in
 * headers, and everything in base64. Spec: https://www.docs.pay.sibs.com/notifications/webhooks/handling-notifications/
 *
 * A notice is a reason to look up and never a proof: SIBS prints no type for cancellations, sends "Success" for them
 * too, and names neither the payment nor the order in which its notices were made.
 */
import { createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import type { Notice, RawWebhook, ReadWebhook } from '../src/domain/provider.ts';
import { notAuthentic, parseJson } from './exchange.ts';
import { paymentTypes } from './sibsAnswers.ts';

/** 32 bytes in base64, as the SIBS Backoffice shows them. */
export const SibsWebhookKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64');

const Id = z.string().regex(/^[\w.:-]{1,100}$/);

const Event = z.object({
  notificationID: Id,
  transactionID: Id,
  paymentType: z.string().max(40).catch('not given'),
  merchant: z
    .object({
      terminalId: z.union([z.string(), z.number()]).transform(String).optional(),
      /** The `merchantTransactionId` of the request that the notice is about. */
      transactionId: z.string().optional().catch(undefined),
    })
    .optional(),
});
type Event = z.infer<typeof Event>;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const MAX_CHARACTERS = 64 * 1024;
// The ids that Countersign gives to its cancellations.
const OUR_KEY = /^[a-z0-9]{1,32}$/;

export function readSibsWebhook(
  raw: RawWebhook,
  account: { readonly terminal_id: string; readonly webhook_key?: string | undefined },
): ReadWebhook {
  if (account.webhook_key === undefined) return notAuthentic('this account has no webhook_key');
  if (raw.method !== 'POST') return notAuthentic('SIBS reports by POST');
  if (raw.body.length > MAX_CHARACTERS) return notAuthentic('longer than any web-hook of SIBS');

  const text = decrypt(raw, account.webhook_key);
  if (text === undefined) return notAuthentic('not encrypted with our key');
  const event = Event.safeParse(parseJson(text)).data;
  if (event === undefined) return notAuthentic('encrypted with our key, but no notification');
  const receipt = { statusCode: '200', statusMsg: 'Success', notificationID: event.notificationID };
  const reply = { status: 200, contentType: 'application/json', body: JSON.stringify(receipt) };
  return { authentic: true, notice: readNotice(event, account.terminal_id), reply };
}

/** Undefined unless the tag vouches for every byte. */
function decrypt({ headers, body }: RawWebhook, key: string): string | undefined {
  const iv = Buffer.from(headers['x-initialization-vector'] ?? '', 'base64');
  const tag = Buffer.from(headers['x-authentication-tag'] ?? '', 'base64');
  // Node takes a tag of four bytes too, which a forger guesses.
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES) return undefined;

  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(body, 'base64'), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function readNotice(
  { notificationID: id, transactionID, paymentType, merchant }: Event,
  terminal: string,
): Notice {
  const { terminalId = terminal, transactionId = '' } = merchant ?? {};
  const about = { id, payment: null, reference: null };
  if (terminalId !== terminal) {
    return { ...about, meaning: 'nothing', says: 'SIBS reported on another terminal.' };
  }
  const named = OUR_KEY.test(transactionId) ? { ...about, key: transactionId } : about;
  if (paymentTypes.has(paymentType)) {
    return { ...named, payment: transactionID, meaning: 'look_up', says: 'SIBS reported on this payment.' };
  }
  // The id is the cancellation's own, and so nothing but our key can tell whose it is.
  return 'key' in named
    ? { ...named, reference: transactionID, meaning: 'look_up', says: 'SIBS reported on this cancellation.' }
    : { ...named, meaning: 'nothing', says: 'SIBS reported on something that is not ours.' };
}
