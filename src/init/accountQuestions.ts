/** Asks for the merchant accounts: what each provider needs to be told, and in the words of its settings. */
import { z } from 'zod';
import { Account } from '../../providers/index.ts';
import { AccountName } from '../config/settings.ts';
import { type ProviderName, providerNames } from '../domain/provider.ts';
import { providerTitles } from '../language/titles.ts';
import type { Desk } from './desk.ts';
import { accountFields, variableOf } from './plan.ts';
import type { Wishes } from './wishes.ts';

type Accounts = Wishes['account'];

export async function askForAccounts(desk: Desk): Promise<Pick<Wishes, 'account' | 'set'>> {
  const account: Accounts = [];
  const set: Wishes['set'] = [];
  do {
    const provider = await desk.choose(
      'Which provider is the merchant account at?',
      providerNames.map((value) => ({ value, label: providerTitles[value] })),
    );
    const isNew = AccountName.refine((name) => !account.some(([other]) => other === name), 'is taken');
    const name = await desk.text(
      'What do people call it? They type it, so keep it short: a-z, 0-9 and -',
      isNew,
    );
    account.push([name, provider]);
    for (const { key, asks, isSecret } of accountFields[provider])
      if (!isSecret) set.push([name, key, await desk.text(`${asks} (${key})`, schemaOf(provider, key))]);
  } while (await desk.agree('Is there another account?'));
  return { account, set };
}

/** What is to be asked for, and under which name it goes into the environment. */
export function secretsOf(accounts: Accounts) {
  return accounts.flatMap(([account, provider]) =>
    accountFields[provider]
      .filter(({ isSecret }) => isSecret)
      .map(({ key, asks }) => ({
        name: variableOf(account, key),
        message: `${account}: ${asks}`,
        schema: schemaOf(provider, key),
      })),
  );
}

/** What the settings want of this key. */
function schemaOf(provider: ProviderName, key: string): z.ZodType {
  const account = Account.options.find(({ shape }) => shape.provider.value === provider);
  const shape: Readonly<Record<string, z.ZodType>> = account?.shape ?? {};
  return shape[key] ?? z.string();
}
