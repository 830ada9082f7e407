/** A Paymentwall account, with the key and the secret that the page prints as an example. */
import { createPaymentwall, PaymentwallAccount } from '../../providers/paymentwall.ts';
import { startPaymentwallSimulator } from '../../sandbox/paymentwall.ts';
import type { Simulator } from '../../sandbox/simulator.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { createHttp } from '../../src/httpClient.ts';
import { stoppedAfterTest } from './answering.ts';

export const key = 'f04150f73d04e47029548e526b2b12ec';
export const secret = 'ac8af8eeb4d5d33d1986bcb52719027b';
export const credentials = { key, secret, status_api: true };

const patient = createHttp({ timeoutMs: 5000, maxBodyBytes: 64 * 1024 });

export function paymentwall(
  url: string,
  settings: Partial<PaymentwallAccount> = {},
  http = patient,
): Provider {
  const account = { provider: 'paymentwall', url, ...credentials, ...settings };
  return createPaymentwall(PaymentwallAccount.parse(account), http);
}

export async function simulator(status_api = true): Promise<Simulator> {
  return stoppedAfterTest(await startPaymentwallSimulator({ ...credentials, status_api }));
}
