/** Secrets that were in use before: while a provider changes to a new one, its web-hooks come with either. */
import { z } from 'zod';
import { Account } from '../../providers/index.ts';
import { missing } from './faults.ts';

/** By account, and then by the account's own keys. */
export const OldSecrets = z.record(z.string(), z.record(z.string(), z.string())).default({});

/** Each account as it was before. Faults are told to the context. */
export function readOldAccounts(
  accounts: Readonly<Record<string, Account>>,
  old: z.infer<typeof OldSecrets>,
  context: z.RefinementCtx,
): ReadonlyMap<string, Account> {
  const before = new Map<string, Account>();
  for (const [name, secrets] of Object.entries(old)) {
    const account = accounts[name];
    if (account === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['old_secrets', name],
        message: 'is not one of the accounts',
      });
      continue;
    }
    const read = Account.safeParse(
      { ...account, ...secrets, provider: account.provider },
      { error: missing },
    );
    if (read.success) before.set(name, read.data);
    for (const { path, message } of read.error?.issues ?? [])
      context.addIssue({ code: 'custom', path: ['old_secrets', name, ...path], message });
  }
  return before;
}
