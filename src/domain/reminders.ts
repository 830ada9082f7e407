/** Who leaves a request waiting is reminded: once those who may decide, and later once those it is escalated to. */
import { addSeconds, wallTime } from './clock.ts';
import { type Hours, isWithin } from './hours.ts';
import type { Request } from './request.ts';
import { nextTimeOfDay } from './timeOfDay.ts';

export const reminders = ['reminder', 'escalation'] as const;
export type Reminder = (typeof reminders)[number];

/** When reminders come, counted from the request. */
export interface Reminding {
  readonly afterSeconds: number;
  /** Later than the reminder; null where nothing is escalated. */
  readonly escalateAfterSeconds: number | null;
  /** Nobody is pinged then: what would come in these hours comes at their end. */
  readonly quiet: Hours | null;
}

/**
 * Whether it may be sent now. What was due while no process ran is sent late, but neither in quiet hours, nor when
 * nothing is to be decided any more.
 */
export function isDue(
  reminder: Reminder,
  { state, requestedAt, deadline }: Pick<Request, 'state' | 'requestedAt' | 'deadline'>,
  reminding: Reminding,
  now: Date,
): boolean {
  if (state !== 'pending' || now >= deadline || isQuiet(now, reminding)) return false;
  const at = dueAt(reminder, requestedAt, reminding);
  return at !== null && at <= now;
}

/** Quiet hours move both, so that whoever is reminded has the usual time before it is escalated. */
export function dueAt(reminder: Reminder, requestedAt: Date, reminding: Reminding): Date | null {
  const { afterSeconds, escalateAfterSeconds } = reminding;
  const remindAt = afterQuiet(addSeconds(requestedAt, afterSeconds), reminding);
  if (reminder === 'reminder') return remindAt;
  if (escalateAfterSeconds === null) return null;
  return afterQuiet(addSeconds(remindAt, escalateAfterSeconds - afterSeconds), reminding);
}

function afterQuiet(at: Date, reminding: Reminding): Date {
  const { quiet } = reminding;
  return quiet !== null && isQuiet(at, reminding) ? nextTimeOfDay(quiet.until, quiet.zone, at) : at;
}

function isQuiet(at: Date, { quiet }: Reminding): boolean {
  return quiet !== null && isWithin(quiet, wallTime(at, quiet.zone));
}
