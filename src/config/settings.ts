/** The schema of `countersign.yaml`. It turns text into the domain's terms and refuses every key that it does not know. */
import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { Account } from '../../providers/index.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { type Money, parseMoney } from '../domain/money.ts';
import { matchesEverything, type Policy, type Tier } from '../domain/policy.ts';
import type { Variables } from './environment.ts';
import { faultsOf, missing, pathText } from './faults.ts';
import { fillSecrets } from './secrets.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and -');
const Channel = z.string().regex(/^[CG][A-Z0-9_]{2,}$/, 'must be a channel id such as C0123456789');
const User = z.string().regex(/^[UW][A-Z0-9_]{2,}$/, 'must be a user id such as U0123456789');

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;

/** `30m`, `8h`, `2d`, as seconds. */
const Duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, 'must be a duration such as 30m, 8h or 2d')
  .transform((text) => {
    const unit = z.enum(['m', 'h', 'd']).parse(text.slice(-1));
    return Number(text.slice(0, -1)) * SECONDS[unit];
  });

const Limits = z.record(z.string(), z.union([z.string(), z.number()])).transform((limits, context): Money[] =>
  Object.entries(limits).flatMap(([currency, amount]) => {
    const money = parseMoney(String(amount), currency);
    if (money !== undefined) return [money];
    context.addIssue({
      code: 'custom',
      path: [currency],
      message: 'must be an amount in an ISO 4217 currency',
    });
    return [];
  }),
);

const TierSettings = z
  .strictObject({
    accounts: z.array(Name).min(1).optional(),
    up_to: Limits.optional(),
    approvals: z.record(Name, z.number().int().min(1).max(10)),
  })
  .refine((tier) => Object.keys(tier.approvals).length > 0, {
    path: ['approvals'],
    message: 'must name at least one group: nobody cancels a payment alone',
  })
  .transform(({ accounts, up_to, approvals }): Tier => ({
    ...(accounts === undefined ? {} : { accounts }),
    ...(up_to === undefined ? {} : { upTo: up_to }),
    needs: Object.entries(approvals).map(([group, count]) => ({ group, count })),
  }));

const Zone = z
  .string()
  .refine(
    (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'must be a time zone such as Europe/Warsaw',
  );

const Settings = z
  .strictObject({
    channels: z.strictObject({ approvals: Channel, finance: Channel }),
    groups: z.record(Name, z.array(User).min(1, 'must not be empty: nobody could approve')),
    policy: z.strictObject({
      deadline: Duration.default(8 * SECONDS.h),
      tiers: z.array(TierSettings).min(1),
    }),
    summary: z.strictObject({
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00'),
      zone: Zone,
    }),
    accounts: z
      .record(Name, Account)
      .refine((accounts) => Object.keys(accounts).length > 0, 'must not be empty'),
  })
  .superRefine(({ groups, policy, accounts }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: ['policy', 'tiers', ...path], message });

    for (const [index, tier] of policy.tiers.entries()) {
      for (const { group, count } of tier.needs) {
        const size = new Set(groups[group]).size;
        const path = [index, 'approvals', group];
        if (groups[group] === undefined) fault(path, 'is not one of the groups');
        else if (size < count) fault(path, `asks for ${count} people, and the group has ${size}`);
      }
      for (const account of tier.accounts ?? []) {
        if (accounts[account] === undefined)
          fault([index, 'accounts'], `${account} is not one of the accounts`);
      }
    }
    const last = policy.tiers.at(-1);
    if (last !== undefined && !matchesEverything(last)) {
      fault(
        [policy.tiers.length - 1],
        'the last tier must have neither accounts nor up_to, so that it catches the rest',
      );
    }
  })
  .transform(({ policy, ...rest }) => ({
    ...rest,
    deadlineSeconds: policy.deadline,
    policy: versioned(policy.tiers),
  }));
export type Settings = z.infer<typeof Settings>;

function versioned(tiers: readonly Tier[]): Policy {
  const text = canonicalJson(
    tiers.map(({ accounts, upTo, needs }) => ({
      accounts: accounts ?? null,
      upTo: upTo?.map(({ minor, currency }) => `${minor} ${currency}`) ?? null,
      needs: needs.map(({ group, count }) => ({ group, count })),
    })),
  );
  return { version: createHash('sha256').update(text).digest('hex').slice(0, 12), tiers };
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly faults: readonly string[] };

/** @param text the file's text, undefined when it could not be read. @param from where `${NAME}` is looked up. */
export function readSettings(text: string | undefined, file: string, from: Variables): ReadSettings {
  if (text === undefined) {
    return { ok: false, faults: [`${file}: cannot be read; copy countersign.example.yaml to begin with`] };
  }
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const lines = document.errors.map(({ linePos }) => linePos?.[0].line ?? 1);
    return { ok: false, faults: lines.map((line) => `${file}: is not YAML at line ${line}`) };
  }

  const { value, secrets, absent } = fillSecrets(document.toJS(), from);
  const parsed = Settings.safeParse(value, { error: missing });
  if (parsed.success && absent.size === 0) return { ok: true, settings: parsed.data, secrets };

  // A secret that is absent is one fault, not also a malformed value.
  const issues = parsed.error?.issues.filter(({ path }) => !absent.has(pathText(path))) ?? [];
  return {
    ok: false,
    faults: [
      ...Array.from(
        absent,
        ([path, name]) => `${file}: ${path} needs ${name}, which the environment does not have`,
      ),
      ...faultsOf(file, new z.ZodError(issues)),
    ],
  };
}
