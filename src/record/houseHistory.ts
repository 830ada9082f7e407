/** What is kept of the entries about no request, to judge later ones by: freezes, and which summaries were signed off. */
import { judgeSignOff } from '../domain/signOff.ts';
import { breaches } from './breaches.ts';
import { createFreezeHistory, type FreezeHistory, standingAt } from './freezeHistory.ts';
import type { Data } from './life.ts';

export interface HouseHistory extends FreezeHistory {
  /** The summaries of days, by channel and last day, and who signed them off. */
  readonly summaries: Map<string, { signOff: Data<'sign_off'>['person'] | null }>;
}

export function createHouseHistory(): HouseHistory {
  return { ...createFreezeHistory(), summaries: new Map() };
}

export function followSummary({ summaries }: HouseHistory, data: Data<'summary'>): string | undefined {
  const key = keyOf(data);
  if (summaries.has(key)) return breaches.summarisedAgain;
  summaries.set(key, { signOff: null });
  return undefined;
}

export function followSignOff(
  history: HouseHistory,
  seq: number,
  data: Data<'sign_off'>,
): string | undefined {
  const { groups, person, refusal } = data;
  // Whoever tries in vain may do so at any time.
  if (refusal !== null) return undefined;
  const summary = history.summaries.get(keyOf(data));
  // What could not be read may have been it.
  if (summary === undefined) return history.isComplete ? breaches.noSummary : undefined;
  const by = { person, membership: { live: true, groups } } as const;
  const wrong = judgeSignOff(summary, by, groups, standingAt(history, seq));
  summary.signOff ??= person;
  return wrong && breaches.refusedOnSummary[wrong];
}

function keyOf({ channel, date }: Pick<Data<'summary'>, 'channel' | 'date'>): string {
  return `${channel} ${date}`;
}
