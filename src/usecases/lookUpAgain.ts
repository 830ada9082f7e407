/** Asks the provider of a request's account. */
import type { Evidence } from '../domain/evidence.ts';
import type { Provider, Subject } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import type { World } from './ports.ts';

/**
 * @param sent what the provider called our cancellation, once something was sent.
 * @throws when the configuration no longer has the request's account
 */
export async function lookUpAgain(
  providers: World['providers'],
  { account, payment, details, key }: Request,
  sent?: Subject['sent'],
): Promise<Evidence> {
  const subject = { payment, details, key, ...(sent === undefined ? {} : { sent }) };
  return providerOf(providers, { account }).lookUp(subject);
}

export function providerOf(providers: World['providers'], { account }: Pick<Request, 'account'>): Provider {
  const provider = providers.get(account);
  if (provider === undefined) throw new Error(`the configuration has no account ${account}`);
  return provider;
}
