/** Whether each provider takes the credentials of its account. */
import { type Account, createProvider } from '../../providers/index.ts';
import type { Access } from '../domain/provider.ts';
import { createHttp } from '../httpClient.ts';
import { providerTitles } from '../language/titles.ts';
import { failure, type Finding, ok, warning } from './finding.ts';

// Of Payfull the whole list of a day is read.
const http = createHttp({ timeoutMs: 10_000, maxBodyBytes: 8 * 1024 * 1024 });

export async function checkAccount(account: Account): Promise<readonly Finding[]> {
  const access = await createProvider(account, http).tryAccess();
  return [judge(access, providerTitles[account.provider])];
}

function judge(access: Access, provider: string): Finding {
  switch (access.granted) {
    case 'yes':
      return ok(`${provider} takes its credentials.`);
    case 'no':
      return failure(access.says);
    case 'cannot_tell':
      return warning(access.says);
  }
}
