/** Payfull's 3-D return as its plug-ins read it: a form whose `hash` is over all values, sorted by name. */
import { createHmac } from 'node:crypto';
import type { RawWebhook } from '../src/domain/provider.ts';

/** @param fields e.g. `{ type: 'Sale', status: '1', ErrorCode: '00', ErrorMSG: '', transaction_id: 'T4U_small' }`. */
export function signPayfullWebhook(
  account: { readonly password: string },
  fields: Readonly<Record<string, string>>,
  path = '/webhooks/shop-tr',
): RawWebhook {
  const values = new Map(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]));
  const hmac = createHmac('sha256', account.password);
  for (const name of [...values.keys()].toSorted()) {
    const value = values.get(name) ?? '';
    // A pair of surrogates is one code point, which is what PHP's mb_strlen counts.
    hmac.update(`${value.replaceAll(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '?').length}${value}`);
  }
  return {
    method: 'POST',
    target: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, hash: hmac.digest('hex') }).toString(),
  };
}
