/** Every provider by name. The compiler checks that none is missing. */
import { z } from 'zod';
import type { Provider } from '../src/domain/provider.ts';
import type { Http } from '../src/http.ts';
import { createFreedompay, FreedompayAccount } from './freedompay.ts';
import { createPayfull, PayfullAccount } from './payfull.ts';
import { createPaymentwall, PaymentwallAccount } from './paymentwall.ts';
import { createSibs, SibsAccount } from './sibs.ts';
import { createTranzzo, TranzzoAccount } from './tranzzo.ts';

/** The settings of one merchant account; `provider` says whose. */
export const Account = z.discriminatedUnion('provider', [
  PaymentwallAccount,
  PayfullAccount,
  TranzzoAccount,
  SibsAccount,
  FreedompayAccount,
]);
export type Account = z.infer<typeof Account>;

/** @param old the account with the secrets that it had before: web-hooks that are signed with those count, too. */
export function createProvider(account: Account, http: Http, old?: Account): Provider {
  const provider = createAdapter(account, http);
  if (old === undefined) return provider;
  const before = createAdapter(old, http);
  return {
    ...provider,
    readWebhook(raw) {
      const read = provider.readWebhook(raw);
      const readBefore = read.authentic ? read : before.readWebhook(raw);
      return readBefore.authentic ? readBefore : read;
    },
  };
}

function createAdapter(account: Account, http: Http): Provider {
  switch (account.provider) {
    case 'paymentwall':
      return createPaymentwall(account, http);
    case 'payfull':
      return createPayfull(account, http);
    case 'tranzzo':
      return createTranzzo(account, http);
    case 'sibs':
      return createSibs(account, http);
    case 'freedompay':
      return createFreedompay(account, http);
  }
}
