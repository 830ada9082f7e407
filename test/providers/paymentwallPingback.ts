/** Pingbacks to a Paymentwall account, signed and changed, and what is read from them. */
import { createHash } from 'node:crypto';
import type { Notice, RawWebhook, ReadWebhook } from '../../src/domain/provider.ts';
import { signPaymentwallWebhook } from '../../sandbox/paymentwallWebhook.ts';
import { paymentwall, secret } from './paymentwallAccount.ts';

type SignVersion = 1 | 2 | 3;
export const goods = { uid: '218069', goodsid: 'gold', slength: '', speriod: '' };
export const refund = { ...goods, type: '2', ref: 'b1563', reason: '9' };

export function read(raw: RawWebhook, sign_version: SignVersion = 2): ReadWebhook {
  return paymentwall('http://127.0.0.1:1', { sign_version }).readWebhook(raw);
}

export function signed(fields: Readonly<Record<string, string>>, sign_version: SignVersion = 2): RawWebhook {
  return signPaymentwallWebhook({ secret, sign_version }, fields);
}

export function noticeOf(fields: Readonly<Record<string, string>>, sign_version: SignVersion = 2): Notice {
  const answer = read(signed(fields, sign_version), sign_version);
  if (!answer.authentic) throw new Error(answer.why);
  return answer.notice;
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The same pingback with a parameter changed, added or, where it is null, taken away, and nothing signed again. */
export function changed(raw: RawWebhook, name: string, value: string | null): RawWebhook {
  const [path, query] = raw.target.split('?');
  const parameters = new URLSearchParams(query);
  if (value === null) parameters.delete(name);
  else parameters.set(name, value);
  return { ...raw, target: `${path}?${parameters.toString()}` };
}
