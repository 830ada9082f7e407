/** How many approvals a cancellation needs, and from which groups. */
import type { Money } from './money.ts';

export interface Need {
  readonly group: string;
  readonly count: number;
}

/** One line of the policy. The first that matches applies. */
export interface Tier {
  /** Account names that it is for; all accounts when absent. */
  readonly accounts?: readonly string[];
  /** The largest amount by currency. An amount that is unknown, or in a currency not listed, does not match. */
  readonly upTo?: readonly Money[];
  readonly needs: readonly Need[];
}

export interface Policy {
  /** Hash of the policy's text, so that each request can say under which one it was made. */
  readonly version: string;
  readonly tiers: readonly Tier[];
}

/** The tier that applied to a request, frozen into it. */
export interface Rule {
  readonly policy: string;
  readonly needs: readonly Need[];
  /** What whoever approves has to confirm, besides having seen the request. */
  readonly stepUp?: string;
}

/** A policy always ends with a tier that matches everything (checked when it is read), so a rule is always found. */
export function ruleFor(policy: Policy, account: string, amount: Money | null): Rule {
  const tier = policy.tiers.find((candidate) => matches(candidate, account, amount));
  if (tier === undefined) throw new Error(`no tier of the policy matches account ${account}`);
  return { policy: policy.version, needs: tier.needs };
}

function matches({ accounts, upTo }: Tier, account: string, amount: Money | null): boolean {
  if (accounts !== undefined && !accounts.includes(account)) return false;
  if (upTo === undefined) return true;
  const limit = upTo.find(({ currency }) => currency === amount?.currency);
  return amount !== null && limit !== undefined && amount.minor <= limit.minor;
}

/** True for a tier that no request of the account can fall through. */
export function matchesEverything(tier: Tier): boolean {
  return tier.accounts === undefined && tier.upTo === undefined;
}

/**
 * Whether approvals by these people, each given as the groups they were in when they approved, meet every need.
 * One person fills one place only, so two groups mean two people.
 */
export function isSatisfied(needs: readonly Need[], approvers: readonly (readonly string[])[]): boolean {
  return missing(needs, approvers).length === 0;
}

/** The groups that still have to approve, one entry per missing person. */
export function missing(
  needs: readonly Need[],
  approvers: readonly (readonly string[])[],
): readonly string[] {
  const places = needs.flatMap(({ group, count }) => Array.from({ length: count }, () => group));
  const seated = new Map<number, number>();

  // Kuhn's matching: an approver may take a place from another who can be seated elsewhere.
  function seat(approver: number, tried: Set<number>): boolean {
    const groups = approvers[approver] ?? [];
    for (const [place, group] of places.entries()) {
      if (!groups.includes(group) || tried.has(place)) continue;
      tried.add(place);
      const holder = seated.get(place);
      if (holder === undefined || seat(holder, tried)) {
        seated.set(place, approver);
        return true;
      }
    }
    return false;
  }

  for (const approver of approvers.keys()) seat(approver, new Set());
  return places.filter((_group, place) => !seated.has(place));
}
