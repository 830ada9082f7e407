/** A pingback as Paymentwall sends it: a GET whose query carries its own signature, by the rule of its pages. */
import { createHash } from 'node:crypto';
import type { RawWebhook } from '../src/domain/provider.ts';

/**
 * Version 1 signs the fields that it knows, in the order in which they are handed in here.
 * @param fields e.g. `{ uid: '218069', goodsid: 'gold', slength: '', speriod: '', type: '2', ref: 'b1563', reason: '9' }`.
 */
export function signPaymentwallWebhook(
  account: { readonly secret: string; readonly sign_version: 1 | 2 | 3 },
  fields: Readonly<Record<string, string>>,
  path = '/webhooks/game-world',
): RawWebhook {
  const query = new URLSearchParams(fields);
  if (account.sign_version !== 1) query.set('sign_version', String(account.sign_version));
  const signed = new URLSearchParams(query);
  if (account.sign_version === 1) {
    for (const name of Object.keys(fields)) if (!SIGNED_IN_VERSION_1.has(name)) signed.delete(name);
  } else {
    signed.sort();
  }
  let text = '';
  for (const [name, value] of signed) text += `${name}=${value}`;
  const algorithm = account.sign_version === 3 ? 'sha256' : 'md5';
  query.set('sig', createHash(algorithm).update(text).update(account.secret).digest('hex'));
  return { method: 'GET', target: `${path}?${query.toString()}`, headers: {}, body: '' };
}

const SIGNED_IN_VERSION_1 = new Set(['uid', 'goodsid', 'slength', 'speriod', 'currency', 'type', 'ref']);
