/** The policy of `countersign.yaml`: which approvals a cancellation needs, and that there are people to give them. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../domain/canonical.ts';
import { parseMoney } from '../domain/money.ts';
import { matchesEverything, missing, type Policy, type Tier } from '../domain/policy.ts';

export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and -');

const MOST_APPROVALS = 10;

const Limits = z.record(z.string(), z.union([z.string(), z.number()]));

export const TierSettings = z.strictObject({
  accounts: z.array(Name).min(1).optional(),
  up_to: Limits.superRefine((limits, context) => {
    for (const [currency, amount] of Object.entries(limits)) {
      if (parseMoney(String(amount), currency) !== undefined) continue;
      const message = 'must be an amount in an ISO 4217 currency';
      context.addIssue({ code: 'custom', path: [currency], message });
    }
  }).optional(),
  approvals: z
    .record(Name, z.int().min(1).max(MOST_APPROVALS))
    .refine(
      (needs) => Object.keys(needs).length > 0,
      'must name at least one group: nobody cancels a payment alone',
    ),
});

/** What of the settings is compared. It may have faults of its own, as long as there is something to compare. */
export const Compared = z.object({
  groups: z.record(z.string(), z.array(z.string())),
  accounts: z.record(z.string(), z.unknown()),
  policy: z.object({
    tiers: z.array(
      z.object({
        accounts: z.array(z.string()).optional(),
        up_to: Limits.optional(),
        approvals: z.record(z.string(), z.int().max(MOST_APPROVALS)),
      }),
    ),
  }),
});
type Compared = z.infer<typeof Compared>;
type RawTier = Compared['policy']['tiers'][number];

/** Finds what no part of the settings shows alone. */
export function comparePolicy(settings: Compared, context: z.RefinementCtx): void {
  const { groups, accounts, policy } = settings;
  const fault = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path: ['policy', 'tiers', ...path], message });

  const people = new Set(Object.values(groups).flat());
  const memberships = Array.from(people, (user) =>
    Object.keys(groups).filter((group) => groups[group]?.includes(user)),
  );
  for (const [index, raw] of policy.tiers.entries()) {
    const { needs } = toTier(raw);
    for (const group of new Set(missing(needs, memberships))) {
      const why = Object.hasOwn(groups, group)
        ? 'asks for more people than there are: one person fills one place only'
        : 'is not one of the groups';
      fault([index, 'approvals', group], why);
    }
    for (const [n, account] of (raw.accounts ?? []).entries()) {
      if (!Object.hasOwn(accounts, account)) fault([index, 'accounts', n], 'is not one of the accounts');
    }
  }
  for (const index of policy.tiers.slice(0, -1).keys()) {
    const tier = policy.tiers[index];
    if (tier !== undefined && matchesEverything(toTier(tier))) {
      fault([index], 'catches everything, so that no tier after it ever applies: it must be the last');
    }
  }
  const last = policy.tiers.at(-1);
  if (last !== undefined && !matchesEverything(toTier(last))) {
    fault(
      [policy.tiers.length - 1],
      'the last tier must have neither accounts nor up_to, so that it catches the rest',
    );
  }
}

export function toPolicy(settings: readonly RawTier[]): Policy {
  const tiers = settings.map(toTier);
  const text = canonicalJson(
    tiers.map(({ accounts, upTo, needs }) => ({
      accounts: accounts ?? null,
      upTo: upTo?.map(({ minor, currency }) => `${minor} ${currency}`) ?? null,
      needs: needs.map(({ group, count }) => ({ group, count })),
    })),
  );
  return { version: createHash('sha256').update(text).digest('hex').slice(0, 12), tiers };
}

function toTier({ accounts, up_to: limits, approvals }: RawTier): Tier {
  return {
    ...(accounts === undefined ? {} : { accounts }),
    ...(limits === undefined
      ? {}
      : {
          upTo: Object.entries(limits).flatMap(
            ([currency, amount]) => parseMoney(String(amount), currency) ?? [],
          ),
        }),
    needs: Object.entries(approvals).map(([group, count]) => ({ group, count })),
  };
}
