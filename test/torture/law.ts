/** The law of one request in two sentences: when approvals are enough, and which state follows from its rows. */
import type { DecisionRow, Everything, RequestRow } from './record.ts';

/** Ends that a person or the clock gives a request. */
const ends = { reject: 'rejected', withdraw: 'withdrawn', expire: 'expired', lapse: 'lapsed' } as const;

/** The state that follows from the rows alone. */
export function stateOf(
  { needs }: RequestRow,
  counted: readonly DecisionRow[],
  attempts: Everything['attempts'],
  outcomesOf: (attempt: string) => Everything['outcomes'],
): string {
  for (const { act } of counted) if (act !== 'approve') return ends[act];
  const last = attempts.at(-1);
  if (last === undefined) return isEnough(needs, counted) ? 'approved' : 'pending';

  let state = 'sending';
  for (const { type } of outcomesOf(last.id)) {
    if (state === 'cancelled' || state === 'refused') break;
    if (type === 'not_sent') state = state === 'accepted' ? state : 'approved';
    else if (type !== 'unknown' || state === 'sending') state = type;
  }
  return state;
}

/** Whether these approvals fill every place, one person one place. */
export function isEnough(needs: RequestRow['needs'], approvals: readonly DecisionRow[]): boolean {
  const places = needs.flatMap(({ group, count }) => Array.from({ length: count }, () => group));
  const fits = (place: number, left: readonly DecisionRow[]): boolean => {
    const group = places[place];
    if (group === undefined) return true;
    return left.some(
      (one) =>
        one.groups.includes(group) &&
        fits(
          place + 1,
          left.filter((other) => other !== one),
        ),
    );
  };
  return approvals.length > 0 && fits(0, approvals);
}
