/** The policy of `countersign.yaml`: its tiers, what is wrong with them, and what they are in the domain's terms. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Canonical, canonicalJson } from '../domain/canonical.ts';
import { moneyText, parseMoney } from '../domain/money.ts';
import { providerNames, ticketKinds } from '../domain/provider.ts';
import type { Policy, Tier } from '../domain/tiers.ts';
import { findUnsatisfiable } from './satisfiable.ts';
import { Duration, HoursText } from './times.ts';

export const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and -');

const MOST_APPROVALS = 10;
/** As PostgreSQL has it: more could not be judged there. */
const MOST_GROUPS = 10;
/** It stands in a form, before a checkbox. */
const LONGEST_STEP_UP = 500;

const Limits = z.record(z.string(), z.union([z.string(), z.number()]));

/** Each narrows what a tier is for. */
const conditions = {
  accounts: z.array(Name).min(1).exactOptional(),
  providers: z.array(z.enum(providerNames)).min(1).exactOptional(),
  up_to: Limits.superRefine((limits, context) => {
    for (const [currency, amount] of Object.entries(limits)) {
      if (parseMoney(String(amount), currency) !== undefined) continue;
      const message = 'must be an amount in an ISO 4217 currency';
      context.addIssue({ code: 'custom', path: [currency], message });
    }
  }).exactOptional(),
  part: z.boolean().exactOptional(),
  hours: HoursText.exactOptional(),
  tickets: z.array(z.enum(ticketKinds)).min(1).exactOptional(),
};

export const TierSettings = z.strictObject({
  name: Name.exactOptional(),
  ...conditions,
  approvals: z
    .record(Name, z.int().min(1).max(MOST_APPROVALS))
    .refine(
      (needs) => Object.keys(needs).length > 0,
      'must name at least one group: nobody cancels a payment alone',
    )
    .refine((needs) => Object.keys(needs).length <= MOST_GROUPS, `must name at most ${MOST_GROUPS} groups`),
  askers: z.array(Name).min(1).exactOptional(),
  deadline: Duration.exactOptional(),
  step_up: z.string().trim().min(1).max(LONGEST_STEP_UP).exactOptional(),
});
type TierSettings = z.infer<typeof TierSettings>;

/** What of the settings is compared. It may have faults of its own, as long as there is something to compare. */
export const Compared = z.object({
  groups: z.record(z.string(), z.array(z.string())),
  people: z.array(z.array(z.string())).optional(),
  accounts: z.record(z.string(), z.unknown()),
  policy: z.object({
    tiers: z.array(
      z
        .object({
          name: z.unknown().optional(),
          accounts: z.array(z.string()).exactOptional(),
          approvals: z.record(z.string(), z.int().max(MOST_APPROVALS)),
          askers: z.array(z.string()).exactOptional(),
        })
        .loose(),
    ),
  }),
});
type Compared = z.infer<typeof Compared>;

/** Finds what no part of the settings shows alone. */
export function comparePolicy(settings: Compared, context: z.RefinementCtx): void {
  const { groups, people = [], accounts, policy } = settings;
  const fault = (path: readonly (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path: ['policy', 'tiers', ...path], message });

  for (const { path, message } of findUnsatisfiable(policy.tiers.map(whoOf), groups, people))
    fault(path, message);
  for (const [index, { name, accounts: wanted = [], askers = [] }] of policy.tiers.entries()) {
    for (const [n, account] of wanted.entries()) {
      if (!Object.hasOwn(accounts, account)) fault([index, 'accounts', n], 'is not one of the accounts');
    }
    for (const [n, group] of askers.entries()) {
      if (!Object.hasOwn(groups, group)) fault([index, 'askers', n], 'is not one of the groups');
    }
    const first = policy.tiers.findIndex((other) => other.name === name);
    if (name !== undefined && first !== index) fault([index, 'name'], 'is the name of a tier before it, too');
  }
  for (const [index, tier] of policy.tiers.slice(0, -1).entries()) {
    if (conditionsOf(tier).length === 0)
      fault([index], 'catches everything, so that no tier after it ever applies: it must be the last');
  }
  const narrowed = policy.tiers.slice(-1).flatMap(conditionsOf);
  if (narrowed.length > 0) {
    const message = `the last tier must not have ${narrowed.join(' or ')}, so that it catches the rest`;
    fault([policy.tiers.length - 1], message);
  }
}

function conditionsOf(tier: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(conditions).filter((condition) => tier[condition] !== undefined);
}

/** Who has to be there for a tier. */
function whoOf({ name, approvals, askers }: Compared['policy']['tiers'][number]) {
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(askers === undefined ? {} : { askers }),
    needs: needsOf(approvals),
  };
}

function needsOf(approvals: TierSettings['approvals']): Tier['needs'] {
  return Object.entries(approvals).map(([group, count]) => ({ group, count }));
}

export function toPolicy(settings: readonly TierSettings[]): Policy {
  const tiers = settings.map(toTier);
  const text = canonicalJson(tiers.map(describeTier));
  return { version: createHash('sha256').update(text).digest('hex').slice(0, 12), tiers };
}

function toTier({ up_to: limits, approvals, deadline, step_up: stepUp, ...tier }: TierSettings): Tier {
  return {
    ...tier,
    ...(limits === undefined ? {} : { upTo: toMoney(limits) }),
    ...(deadline === undefined ? {} : { deadlineSeconds: deadline }),
    ...(stepUp === undefined ? {} : { stepUp }),
    needs: needsOf(approvals),
  };
}

function toMoney(limits: z.infer<typeof Limits>): Tier['upTo'] & {} {
  return Object.entries(limits).flatMap(([currency, amount]) => parseMoney(String(amount), currency) ?? []);
}

/** All of it, so that the version changes with anything. */
function describeTier({ upTo, hours, needs, ...tier }: Tier): Canonical {
  return {
    ...tier,
    ...(upTo === undefined ? {} : { upTo: upTo.map(moneyText) }),
    ...(hours === undefined ? {} : { hours: { ...hours } }),
    needs: needs.map(({ group, count }) => ({ group, count })),
  };
}
