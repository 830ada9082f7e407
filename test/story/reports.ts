/** What providers report by themselves in the stories. */
import { signPaymentwallWebhook } from '../../sandbox/paymentwallWebhook.ts';
import type { RawWebhook } from '../../src/domain/provider.ts';
import type { House } from '../fakes/house.ts';

/** Sends a web-hook to Countersign as it is. */
export async function deliver({ countersign }: House, { method, target, headers, body }: RawWebhook) {
  const url = `http://127.0.0.1:${countersign.webhooksPort}${target}`;
  const reply = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body }) });
  return { status: reply.status, body: await reply.text() };
}

/** Paymentwall paid back in full. */
export function refundPingback({ simulators }: House, ref: string): RawWebhook {
  const secret = simulators.variables['PAYMENTWALL_SECRET'] ?? '';
  const fields = { uid: 'user-17', goodsid: 'gold', slength: '', speriod: '', type: '2', ref, reason: '9' };
  return signPaymentwallWebhook({ secret, sign_version: 2 }, fields);
}
