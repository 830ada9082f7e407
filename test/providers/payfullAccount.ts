/** A Payfull account, with the merchant of the page's sample. */
import { createPayfull, PayfullAccount } from '../../providers/payfull.ts';
import { startPayfullSimulator } from '../../sandbox/payfull.ts';
import type { Simulator } from '../../sandbox/simulator.ts';
import type { Provider } from '../../src/domain/provider.ts';
import { createHttp } from '../../src/httpClient.ts';
import { stoppedAfterTest } from './answering.ts';

export const credentials = { merchant: 'merchant name', password: 'changeme' };
const patient = createHttp({ timeoutMs: 5000, maxBodyBytes: 64 * 1024 });

export function payfull(
  url: string,
  settings: Partial<PayfullAccount> = {},
  http = patient,
  now?: () => Date,
): Provider {
  const account = { provider: 'payfull', url, ...credentials, client_ip: '192.168.1.1', ...settings };
  return createPayfull(PayfullAccount.parse(account), http, now);
}

export async function simulator(now?: () => Date): Promise<Simulator> {
  return stoppedAfterTest(await startPayfullSimulator(credentials, 0, { now }));
}
