/** The law in three sentences: when approvals are enough, which state follows from rows, and what a freeze stops. */
import type { ActRow, BulkRow, DecisionRow, Everything, FreezeRow, RequestRow } from './record.ts';

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
export function isEnough(
  needs: RequestRow['needs'],
  approvals: readonly Pick<DecisionRow, 'groups'>[],
): boolean {
  const places = needs.flatMap(({ group, count }) => Array.from({ length: count }, () => group));
  const fits = (place: number, left: readonly Pick<DecisionRow, 'groups'>[]): boolean => {
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

/** The freezes that stood at this place in the chain: made before, and not lifted by two people before. */
export function standingAt(
  { freezes, lifts }: Pick<Everything, 'freezes' | 'lifts'>,
  place: number,
): FreezeRow[] {
  return freezes.filter((freeze) => {
    const agreed = lifts.filter(
      (lift) => lift.freeze === freeze.number && lift.refusal === null && lift.place < place,
    );
    return freeze.refusal === null && freeze.place < place && agreed.length < 2;
  });
}

/** Whether it stops what these people asked for and approved at this account. */
export function stops(
  { scope, account, users }: FreezeRow,
  of: string,
  people: readonly (string | null)[],
): boolean {
  if (scope === 'all') return true;
  return scope === 'account' ? account === of : people.some((person) => users.includes(person ?? ''));
}

/** Those whose approvals counted before this place. */
export function approversBefore(
  decisions: readonly Pick<DecisionRow | ActRow, 'act' | 'person' | 'refusal' | 'place'>[],
  before: number,
): (string | null)[] {
  return decisions
    .filter(({ act, refusal, place }) => act === 'approve' && refusal === null && place < before)
    .map(({ person }) => person);
}

export type BulkState = 'pending' | 'sending' | 'paused' | 'ended';

/** Where a bulk stands, by its lines and by what was done to it last. */
export function stateOfBulk({ id }: BulkRow, { requests, acts }: Everything): BulkState {
  const states = requests.filter(({ bulk }) => bulk === id).map(({ state }) => state);
  if (states.includes('pending')) return 'pending';
  if (!states.includes('approved') && !states.includes('sending')) return 'ended';
  const last = acts.findLast((act) => act.bulk === id && act.refusal === null);
  return last?.act === 'pause' ? 'paused' : 'sending';
}
