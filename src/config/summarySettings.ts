/** The summaries of `countersign.yaml`: when they come, of which days, and who signs them off. */
import { z } from 'zod';
import { approverGroups, type Policy } from '../domain/tiers.ts';
import type { World } from '../usecases/ports.ts';
import type { Track } from '../usecases/summaries.ts';
import { Name } from './policySettings.ts';
import { Duration, TimeOfDay, Zone } from './times.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const SummarySettings = z
  .strictObject({
    time: TimeOfDay,
    zone: Zone,
    /** The day on which the roll-up of the seven days before comes. */
    weekly: z.enum(WEEKDAYS, 'must be a day such as monday').optional(),
    /** Whether one of the month before comes on the first day of each. */
    monthly: z.boolean().default(false),
    /** Every group that approves, when absent. */
    reviewers: Name.optional(),
    accepted_limit: Duration.default(86_400),
  })
  .transform(({ time, zone, weekly, monthly, reviewers, accepted_limit }) => ({
    time,
    zone,
    tracks: tracksOf(weekly, monthly),
    reviewers,
    acceptedSeconds: accepted_limit,
  }));

/** What the use cases are given. */
export function toSummary(settings: {
  readonly channels: { readonly finance: string };
  readonly summary: z.infer<typeof SummarySettings>;
  readonly policy: Policy;
}): World['summary'] {
  const { channels, summary, policy } = settings;
  return {
    ...summary,
    channel: channels.finance,
    reviewers: summary.reviewers === undefined ? approverGroups(policy) : [summary.reviewers],
  };
}

function tracksOf(weekly: (typeof WEEKDAYS)[number] | undefined, monthly: boolean): readonly Track[] {
  const weeks: Track[] =
    weekly === undefined ? [] : [{ kind: 'week', weekday: WEEKDAYS.indexOf(weekly) + 1 }];
  const months: Track[] = monthly ? [{ kind: 'month', weekday: null }] : [];
  return [{ kind: 'day', weekday: null }, ...weeks, ...months];
}
