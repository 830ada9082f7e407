/** A web-hook as SIBS sends it: everything encrypted, with the vector and the tag in headers. */
import { createCipheriv, randomBytes } from 'node:crypto';
import type { RawWebhook } from '../src/domain/provider.ts';

/**
 * @param name of the account.
 * @param event the fields of the JSON, e.g. `{ notificationID, transactionID, paymentType, paymentStatus }`.
 */
export function signSibsWebhook(
  account: { readonly webhook_key: string },
  name: string,
  event: object,
): RawWebhook {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(account.webhook_key, 'base64'), iv);
  const body = cipher.update(JSON.stringify(event), 'utf8', 'base64') + cipher.final('base64');
  return {
    method: 'POST',
    target: `/webhooks/${name}`,
    headers: {
      'content-type': 'text/plain',
      'x-initialization-vector': iv.toString('base64'),
      'x-authentication-tag': cipher.getAuthTag().toString('base64'),
    },
    body,
  };
}

/** The notice of a cancellation: its own id, "Success", no type that SIBS prints, and the key that we gave it. */
export function cancellationEvent(cancellation: string, key: string, terminalId: string): object {
  return {
    returnStatus: { statusCode: '000', statusMsg: 'Success' },
    paymentStatus: 'Success',
    paymentMethod: 'CARD',
    transactionID: cancellation,
    merchant: { transactionId: key, terminalId: Number(terminalId) },
    notificationID: `notice-of-${cancellation}`,
  };
}
