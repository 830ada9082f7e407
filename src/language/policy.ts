/** Tiers of the policy: which there are, who could approve, and who may not ask. */
import type { TicketKind } from '../domain/provider.ts';

const ticketNames: Readonly<Record<TicketKind, string>> = {
  refund: 'refunds',
  recurring: 'recurring cancellations',
  other: 'other wishes',
};

export const APPROVERS = 'Who could approve it now';

export const NOT_SAID_YET = 'Slack has not said yet who could approve it now.';

const NOT_SAID = 'Slack could not say who';

/** What a tier is for, as far as it is not known before anything was looked up. */
export interface Condition {
  readonly amounts: readonly string[];
  readonly part: boolean | null;
  readonly tickets: readonly TicketKind[];
}

/** `up to 1 000.00 PLN, for parts`; the last tier has no condition. */
export function conditionText({ amounts, part, tickets }: Condition): string {
  const conditions = [
    ...(amounts.length === 0 ? [] : [`up to ${amounts.join(' or ')}`]),
    ...(part === null ? [] : [part ? 'for parts' : 'for whole payments']),
    ...(tickets.length === 0 ? [] : [`for ${tickets.map((kind) => ticketNames[kind]).join(' and ')}`]),
  ];
  return conditions.length === 0 ? 'otherwise' : conditions.join(', ');
}

/** How many of a group are needed, and who there is. */
export interface PlaceWords {
  readonly count: number;
  readonly group: string;
  /** Mentions. */
  readonly people: readonly string[];
  readonly more: number;
}

/** `1 of finance (@pavel, @lena) and 1 of risk (@lena)`. @param lacking null when Slack could not say. */
export function approversText(places: readonly PlaceWords[], lacking: readonly string[] | null): string {
  const wanted = places
    .map(({ count, group, people, more }) => {
      const others = more === 0 ? [] : [`${more} more`];
      const who = [...people, ...others].join(', ');
      return `${count} of ${group} (${who === '' ? 'nobody' : who})`;
    })
    .join(' and ');
  if (lacking === null) return wanted === '' ? NOT_SAID : `${wanted}; ${NOT_SAID} else`;
  return lacking.length === 0
    ? wanted
    : `⚠️ nobody, for the lack of people in ${lacking.join(' and ')}: ${wanted}`;
}

/** @param tiers what the tiers are called that nobody can approve. */
export function shortageText({
  group,
  tiers,
}: {
  readonly group: string;
  readonly tiers: readonly string[];
}): string {
  return (
    `🚨 *Too few full, active members are left in ${group}:* nobody could approve what falls under ${tiers.join(' or ')}. ` +
    'Such requests are refused, and those that wait will expire. Please put people into the group.'
  );
}

export function shortageOverText(group: string): string {
  return `✅ *There are enough people for ${group} again.* What needs it can be asked for and approved.`;
}

/** @param why a clause of `notLiveReasons`. */
export function mayNotAskText(why: string): string {
  return `You can't ask for a cancellation: only full, active members of this workspace can, and ${why}. No request was made.`;
}

export function notAnAskerText(groups: readonly string[]): string {
  return `You can't ask for this cancellation: only people of ${groups.join(' or ')} can. No request was made.`;
}

export function nobodyApprovesText({
  needs,
  lacking,
}: {
  readonly needs: readonly { readonly count: number; readonly group: string }[];
  readonly lacking: readonly string[];
}): string {
  const wanted = needs.map(({ count, group }) => `${count} of ${group}`).join(' and ');
  return (
    `Nobody could approve this now, so no request was made. It needs ${wanted}, and besides you there are too few ` +
    `full, active members in ${lacking.join(' and ')}.`
  );
}
