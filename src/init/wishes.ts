/** What flags say of the plan. Secrets are no flags: whoever lists the processes would see them. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AccountName } from '../config/settings.ts';
import { Channel, Member } from '../config/slackIds.ts';
import { TimeOfDay, Zone } from '../config/times.ts';
import { providerNames } from '../domain/provider.ts';
import { HttpsAddress } from '../httpsAddress.ts';
import { accountFields, type Plan, variableOf } from './plan.ts';

export const Wishes = z.object({
  http: HttpsAddress.optional(),
  approvalsChannel: Channel.optional(),
  financeChannel: Channel.optional(),
  approver: z.array(Member).default([]),
  approvals: z.coerce.number().int().min(1).max(9).default(1),
  time: TimeOfDay.default('09:00'),
  zone: Zone.default(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
  /** `shop-pl:sibs` */
  account: z
    .array(
      z
        .string()
        .transform((text) => text.split(':'))
        .pipe(z.tuple([AccountName, z.enum(providerNames)])),
    )
    .default([]),
  /** `shop-pl.url=https://…` */
  set: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9-]+\.[a-z_]+=/, 'must be an account, a key and a value such as shop-pl.url=https://…')
        .transform((text): [string, string, string] => {
          const [path = '', ...value] = text.split('=');
          const [account = '', key = ''] = path.split('.');
          return [account, key, value.join('=')];
        }),
    )
    .default([]),
});
export type Wishes = z.infer<typeof Wishes>;

/** @throws Error that names the flags that are missing */
export function planFrom(wishes: Wishes, variables: Readonly<Record<string, string>>): Plan {
  const { http, approvalsChannel, financeChannel, approver, approvals, time, zone, account, set } = wishes;
  if (
    approvalsChannel === undefined ||
    financeChannel === undefined ||
    approver.length === 0 ||
    account.length === 0
  )
    throw new Error(
      `Where nobody can be asked, these have to be said: ${[
        ...(approvalsChannel === undefined ? ['--approvals-channel'] : []),
        ...(financeChannel === undefined ? ['--finance-channel'] : []),
        ...(approver.length === 0 ? ['--approver'] : []),
        ...(account.length === 0 ? ['--account'] : []),
      ].join(', ')}.`,
    );
  for (const [name, key] of set) refuseSecret(account, name, key);
  return {
    publicUrl: http,
    transport: http === undefined ? 'socket' : 'http',
    channels: { approvals: approvalsChannel, finance: financeChannel },
    approvers: approver,
    approvals,
    summary: { time, zone },
    accounts: account.map(([name, provider]) => ({
      name,
      provider,
      plain: Object.fromEntries(set.flatMap(([of, key, value]) => (of === name ? [[key, value]] : []))),
    })),
    variables: { ...variables, ...makeUp(variables) },
  };
}

/** @throws Error when this is not to be set so */
function refuseSecret(accounts: Wishes['account'], name: string, key: string): void {
  const [, provider] = accounts.find(([account]) => account === name) ?? [];
  if (provider === undefined) throw new Error(`--set names ${name}, which is no --account.`);
  const field = accountFields[provider].find((one) => one.key === key);
  if (field === undefined) throw new Error(`${name}.${key} can't be set here: add it to the settings later.`);
  if (field.isSecret)
    throw new Error(`${name}.${key} is a secret, so give it as ${variableOf(name, key)} in the environment.`);
}

/** What nobody has to think of: the record's key, and a role of its own for the app, which "migrate" makes. */
function makeUp(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const {
    COUNTERSIGN_RECORD_KEY: key = '',
    DATABASE_URL: app = '',
    DATABASE_OWNER_URL: owner = '',
  } = variables;
  return {
    ...(key === '' ? { COUNTERSIGN_RECORD_KEY: randomBytes(32).toString('hex') } : {}),
    ...(app === '' && owner !== '' ? { DATABASE_URL: appUrlFor(owner) } : {}),
  };
}

function appUrlFor(ownerUrl: string): string {
  const url = URL.parse(ownerUrl);
  if (url === null) return '';
  url.username = 'countersign_app';
  url.password = randomBytes(24).toString('base64url');
  return url.href;
}
