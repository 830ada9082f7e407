/** What is done to a whole bulk: deciding on it like on a request, and halting or ending what was approved. */
import { asRequest, type Bulk, type BulkState } from './bulk.ts';
import { type Act, type Approval, decide, judgeSecondPerson, type Refusal } from './decide.ts';
import { type Freeze, freezeAgainst } from './freeze.ts';
import type { State } from './request.ts';
import { isSamePerson, type Membership, type Person } from './person.ts';

/** Nobody pauses by hand: sending is halted by itself. */
export const bulkActs = ['approve', 'reject', 'withdraw', 'pause', 'go_on', 'stop'] as const;

/** What sending is halted for: refusals or unknown outcomes in a row, or that nothing was sent for a while. */
export const halts = ['trouble', 'standstill'] as const;
export type Halt = (typeof halts)[number];

/** An act on a bulk as it is recorded; refused ones too. */
export interface BulkAct {
  readonly id: string;
  readonly act: (typeof bulkActs)[number];
  /** Null when sending was halted. */
  readonly person: Person | null;
  readonly groups: readonly string[];
  readonly saw: string | null;
  readonly why: Halt | null;
  /** What the person said; it is kept with every line that they decided on. */
  readonly note: string | null;
  readonly actedAt: Date;
  readonly refusal: Refusal | null;
}
export type NewBulkAct = Omit<BulkAct, 'id' | 'note'>;

export type Steer =
  /** Sending goes on. `saw` is the digest of what was on the person's screen. */
  | { readonly type: 'go_on'; readonly saw: string }
  /** What is not sent yet is not sent any more. */
  | { readonly type: 'stop' };

/** Gives why it does not count, or undefined when it does. Whoever asked may only stop what they asked for. */
export function judgeSteer(
  bulk: Pick<Bulk, 'requester' | 'rule' | 'digest'>,
  state: BulkState,
  steer: Steer,
  by: { readonly person: Person; readonly membership: Membership },
): Refusal | undefined {
  const isOpen = state === 'paused' || (steer.type === 'stop' && state === 'sending');
  if (!isOpen) return 'already_settled';
  if (steer.type === 'stop' && isSamePerson(by.person, bulk.requester)) return undefined;
  const second = judgeSecondPerson(bulk, by);
  if ('refusal' in second) return second.refusal;
  return steer.type === 'go_on' && steer.saw !== bulk.digest ? 'request_changed' : undefined;
}

/** The freeze for which this does not count: going on is like approving, and stopping one's own like withdrawing. */
export function freezeAgainstSteer<Standing extends Pick<Freeze, 'scope'>>(
  standing: readonly Standing[],
  steer: Steer,
  person: Person,
  bulk: Pick<Bulk, 'account' | 'requester'>,
  approvals: readonly Approval[],
): Standing | undefined {
  if (steer.type === 'go_on') return freezeAgainst(standing, 'approve', person, bulk, approvals);
  const act = isSamePerson(person, bulk.requester) ? 'withdraw' : 'reject';
  return freezeAgainst(standing, act, person, bulk, approvals);
}

/** What a person can do to a whole bulk. */
export type HandAct = Act['type'] | Steer['type'];

/** What would count if this person did it now, in the order in which it is offered. */
export function actsOpenTo(
  by: { readonly person: Person; readonly membership: Membership },
  bulk: Bulk,
  state: BulkState,
  approvals: readonly Approval[],
  standing: readonly Pick<Freeze, 'scope'>[],
  now: Date,
): readonly HandAct[] {
  const saw = bulk.digest;
  const decisions: readonly Act[] = [
    { type: 'approve', saw, note: null, confirmed: true },
    { type: 'reject', note: '' },
    { type: 'withdraw' },
  ];
  const steers: readonly Steer[] = [{ type: 'go_on', saw }, { type: 'stop' }];
  const open = [
    ...decisions.filter(
      (act) =>
        decide(asRequest(bulk, state), act, by, approvals, now).counts &&
        freezeAgainst(standing, act.type, by.person, bulk, approvals) === undefined,
    ),
    ...steers.filter(
      (steer) =>
        judgeSteer(bulk, state, steer, by) === undefined &&
        freezeAgainstSteer(standing, steer, by.person, bulk, approvals) === undefined,
    ),
  ];
  return open.map(({ type }) => type);
}

/** Refused, unknown, or not to be sent although it was its turn. */
const TROUBLES: readonly State[] = ['refused', 'unknown', 'approved'];

/**
 * Whether sending is to be halted: so many lines in a row came to nothing.
 * @param latest the states of the lines whose turn it was, the latest first.
 */
export function isInTrouble(latest: readonly State[], pauseAfter: number): boolean {
  const tried = latest.filter((state) => state !== 'lapsed').slice(0, pauseAfter);
  return tried.length === pauseAfter && tried.every((state) => TROUBLES.includes(state));
}

/** Whether somebody ended what was not sent yet. Nothing follows that. */
export function isStopped(acts: readonly Pick<BulkAct, 'act' | 'refusal'>[]): boolean {
  return acts.some(({ act, refusal }) => act === 'stop' && refusal === null);
}

/** Whether the last thing that counted was a halt. */
export function isHalted(acts: readonly Pick<BulkAct, 'act' | 'refusal'>[]): boolean {
  return acts.findLast(({ refusal }) => refusal === null)?.act === 'pause';
}
