/** Which freezes stood when, by the places of their entries in the chain. */
import { isStanding, judgeFreeze, judgeLift, type Lift, type Scope } from '../domain/freeze.ts';
import { breaches } from './breaches.ts';
import type { Data } from './life.ts';

interface Stood {
  readonly number: number;
  readonly scope: Scope;
  readonly lifts: Pick<Lift, 'person'>[];
  /** The numbers of the entries that began it and ended it. */
  readonly from: number;
  until: number;
}

/** Grows with the entries of the house, which are judged before the requests are. */
export interface FreezeHistory {
  readonly freezes: Stood[];
  /** The numbers of the entries that have a reason. */
  readonly texts: Set<number>;
  /** False where an entry could not be read: it may have been a freeze, or have lifted one. */
  isComplete: boolean;
}

export function createFreezeHistory(): FreezeHistory {
  return { freezes: [], texts: new Set(), isComplete: true };
}

export function standingAt({ freezes, isComplete }: FreezeHistory, seq: number): readonly Stood[] {
  return isComplete ? freezes.filter(({ from, until }) => from < seq && seq < until) : [];
}

/** What was frozen was frozen, also where it should not have been. */
export function followFreeze(history: FreezeHistory, seq: number, data: Data<'freeze'>): string | undefined {
  const { freeze: number, groups, person, refusal } = data;
  // Whoever tries in vain may do so at any time.
  if (refusal !== null) return number === null ? undefined : breaches.freezeNumber;
  const scope = scopeOf(data);
  if (number === null) return breaches.freezeNumber;
  if (scope === undefined) return breaches.freezesNothing;
  const isNext = number === 1 + (history.freezes.at(-1)?.number ?? 0);
  const wrong = judgeFreeze({ person, membership: { live: true, groups } }, groups, standingAt(history, seq));
  history.freezes.push({ number, scope, lifts: [], from: seq, until: Infinity });
  return wrong === undefined ? (isNext ? undefined : breaches.freezeNumber) : breaches.refusedOnFreeze[wrong];
}

/** What must not count lifts nothing, so that whatever was sent afterwards is named too. */
export function followLift(history: FreezeHistory, seq: number, data: Data<'lift'>): string | undefined {
  const { freeze: number, groups, person, refusal } = data;
  const freeze = history.freezes.find((one) => one.number === number);
  if (freeze === undefined) return breaches.noFreeze;
  if (refusal !== null) return undefined;
  const by = { person, membership: { live: true, groups } } as const;
  const wrong = judgeLift(freeze, by, groups, standingAt(history, seq));
  if (wrong !== undefined) return breaches.refusedOnFreeze[wrong];
  freeze.lifts.push({ person });
  if (!isStanding(freeze)) freeze.until = seq;
  return undefined;
}

function scopeOf({ scope, account, users }: Data<'freeze'>): Scope | undefined {
  if (scope === 'all' && account === null && users.length === 0) return { type: 'all' };
  if (scope === 'account' && account !== null && users.length === 0) return { type: 'account', account };
  if (scope === 'person' && account === null && users.length > 0) return { type: 'person', users };
  return undefined;
}
