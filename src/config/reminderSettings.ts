/** The reminders of `countersign.yaml`: after what time people are pinged, and at what hours nobody is. */
import { z } from 'zod';
import type { Reminding } from '../domain/reminders.ts';
import { Name } from './policySettings.ts';
import { User } from './slackIds.ts';
import { Duration, HoursText } from './times.ts';

export interface ReminderSettings extends Reminding {
  /** A group's name, or user ids; none where nothing is escalated. */
  readonly escalateTo: string | readonly string[];
}

export const ReminderSettings = z
  .strictObject({
    after: Duration,
    escalate_after: Duration.optional(),
    escalate_to: z.union([Name, z.array(User).min(1)], 'must be the name of a group, or user ids').optional(),
    quiet: HoursText.optional(),
  })
  .superRefine(({ after, escalate_after, escalate_to }, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (escalate_after === undefined && escalate_to !== undefined)
      fault('escalate_after', 'is missing: nobody knows when to escalate');
    if (escalate_after !== undefined && escalate_to === undefined)
      fault('escalate_to', 'is missing: nobody knows whom to call');
    if (escalate_after !== undefined && escalate_after <= after)
      fault('escalate_after', 'must be longer than after: the approvers come first');
  })
  .transform(({ after, escalate_after, escalate_to, quiet }): ReminderSettings => ({
    afterSeconds: after,
    escalateAfterSeconds: escalate_after ?? null,
    escalateTo: escalate_to ?? [],
    quiet: quiet ?? null,
  }));
