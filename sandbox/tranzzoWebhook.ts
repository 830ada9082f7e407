/** A web-hook as Tranzzo sends it. The signature is worked out once more here, apart from the adapter. */
import { createHash } from 'node:crypto';
import type { RawWebhook } from '../src/domain/provider.ts';

/**
 * @param name of the account.
 * @param transaction the fields of the JSON, e.g. `{ pos_id, order_id, status }`.
 */
export function signTranzzoWebhook(
  account: { readonly api_secret: string },
  name: string,
  transaction: object,
): RawWebhook {
  const data = toBase64Url(Buffer.from(JSON.stringify(transaction), 'utf8'));
  const signed = account.api_secret + data + account.api_secret;
  const signature = toBase64Url(createHash('sha1').update(signed, 'utf8').digest());
  return {
    method: 'POST',
    target: `/webhooks/${name}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ data, signature }).toString(),
  };
}

/** With its padding. */
function toBase64Url(bytes: Buffer): string {
  const text = bytes.toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
