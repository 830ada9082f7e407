/** Asks the provider of a request's account. */
import type { Evidence } from '../domain/evidence.ts';
import type { Provider } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import type { World } from './ports.ts';

/** @throws when the configuration no longer has the request's account */
export async function lookUpAgain(providers: World['providers'], request: Request): Promise<Evidence> {
  return providerOf(providers, request).lookUp(request);
}

export function providerOf(providers: World['providers'], { account }: Request): Provider {
  const provider = providers.get(account);
  if (provider === undefined) throw new Error(`the configuration has no account ${account}`);
  return provider;
}
