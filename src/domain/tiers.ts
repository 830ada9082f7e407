/** The policy is a list of tiers; the first that a cancellation matches says what that needs. */
import { type Hours, isWithin } from './hours.ts';
import type { Money } from './money.ts';
import type { Need, Rule } from './policy.ts';
import type { ProviderName, TicketKind } from './provider.ts';

/** One line of the policy. A condition that is absent holds for every cancellation. */
export interface Tier {
  /** For people; one without a name goes by its number. */
  readonly name?: string;
  readonly accounts?: readonly string[];
  readonly providers?: readonly ProviderName[];
  /** The largest amount by currency. An amount that is unknown, or in a currency not listed, does not match. */
  readonly upTo?: readonly Money[];
  /** Parts of payments only, or whole payments only. */
  readonly part?: boolean;
  readonly hours?: Hours;
  /** Kinds of ticket; a cancellation that opens no ticket does not match. */
  readonly tickets?: readonly TicketKind[];

  readonly needs: readonly Need[];
  /** The groups that may ask; every full member of the workspace when absent. */
  readonly askers?: readonly string[];
  /** How long there is to decide, where it is not the policy's own time. */
  readonly deadlineSeconds?: number;
  readonly stepUp?: string;
}

export interface Policy {
  /** Hash of the policy's text, so that each request can say under which one it was made. */
  readonly version: string;
  readonly tiers: readonly Tier[];
}

/** What is known of a cancellation before anybody typed or looked up anything. */
export interface Beginning {
  readonly account: string;
  readonly provider: ProviderName;
  /** Those that it may be; none where no ticket is opened. */
  readonly ticketKinds: readonly TicketKind[];
  /** What a clock on the wall shows in a time zone: `21:30`. */
  readonly timeIn: (zone: string) => string;
}

/** What a tier is chosen by; of what kind the ticket is, is known. */
export interface Case extends Beginning {
  /** Of the whole payment, by the provider's word: a part is what the requester says, and must not loosen anything. */
  readonly amount: Money | null;
  readonly partial: boolean;
}

/** A policy always ends with a tier that matches everything (checked when it is read), so one is always found. */
export function tierFor({ tiers }: Policy, one: Case): Tier {
  const tier = tiers.find((candidate) => matches(candidate, one));
  if (tier === undefined) throw new Error(`no tier of the policy matches account ${one.account}`);
  return tier;
}

/** Those that may apply to something that begins so, in order; none after one that is sure to apply. */
export function tiersAhead({ tiers }: Policy, one: Beginning): readonly Tier[] {
  const ahead = tiers.filter((tier) => mayMatch(tier, one));
  const sure = ahead.findIndex(
    ({ upTo, part, tickets }) => upTo === undefined && part === undefined && tickets === undefined,
  );
  return ahead.slice(0, sure === -1 ? undefined : sure + 1);
}

/** What of the tier is frozen into the request. */
export function ruleOf({ version }: Policy, { needs, stepUp }: Tier): Rule {
  return { policy: version, needs, ...(stepUp === undefined ? {} : { stepUp }) };
}

/** The groups that can be asked to approve anything. */
export function approverGroups({ tiers }: Policy): readonly string[] {
  return [...new Set(tiers.flatMap(({ needs }) => needs.map(({ group }) => group)))];
}

/** What people call it: its name, or its place in the policy. */
export function nameOfTier({ tiers }: Policy, tier: Tier): string {
  return tier.name ?? `tier ${tiers.indexOf(tier) + 1}`;
}

function matches(tier: Tier, one: Case): boolean {
  const { upTo, part } = tier;
  return (
    mayMatch(tier, one) &&
    (upTo === undefined || isUpTo(upTo, one.amount)) &&
    (part === undefined || part === one.partial)
  );
}

/** Whether it is for something that begins so. */
function mayMatch({ accounts, providers, hours, tickets }: Tier, one: Beginning): boolean {
  return (
    (accounts === undefined || accounts.includes(one.account)) &&
    (providers === undefined || providers.includes(one.provider)) &&
    (hours === undefined || isWithin(hours, one.timeIn(hours.zone))) &&
    (tickets === undefined || one.ticketKinds.some((kind) => tickets.includes(kind)))
  );
}

function isUpTo(limits: readonly Money[], amount: Money | null): boolean {
  const limit = limits.find(({ currency }) => currency === amount?.currency);
  return amount !== null && limit !== undefined && amount.minor <= limit.minor;
}
