/** A freeze stops dispatch until two people lift it: of one account, of one person's requests and approvals, or of all. */
import type { Act, Approval } from './decide.ts';
import type { Find } from './find.ts';
import { isSamePerson, type Membership, type Person } from './person.ts';
import type { Request } from './request.ts';

export type Scope =
  | { readonly type: 'all' }
  | { readonly type: 'account'; readonly account: string }
  /** All accounts of one human. User ids alone: a mention names no team, and `isSamePerson` does not ask for one. */
  | { readonly type: 'person'; readonly users: readonly string[] };

/** An agreement to lift a freeze that counted. */
export interface Lift {
  readonly person: Person;
  readonly agreedAt: Date;
}

export interface Freeze {
  readonly id: string;
  /** What people say aloud: 3 for F-3. */
  readonly number: number;
  readonly scope: Scope;
  readonly reason: string;
  /** Who froze. */
  readonly person: Person;
  readonly frozenAt: Date;
  readonly lifts: readonly Lift[];
}

/** What somebody does about freezes, as it is recorded, also when it does not count. */
interface Tried {
  readonly person: Person;
  /** The groups that they were in at that moment. */
  readonly groups: readonly string[];
}
export interface TriedFreeze extends Tried, Pick<Freeze, 'id' | 'scope' | 'reason' | 'frozenAt'> {
  readonly refusal: FreezeRefusal | null;
}
export interface TriedLift extends Tried, Pick<Lift, 'agreedAt'> {
  /** The number of the freeze. */
  readonly freeze: number;
  readonly refusal: LiftRefusal | null;
}

/** How many people have to agree that a freeze is lifted. */
export const LIFTERS = 2;

export type FreezeRefusal = 'not_live' | 'not_an_approver' | 'frozen';
export type LiftRefusal = FreezeRefusal | 'already_lifted' | 'already_agreed';

/** A person, and what is known of them at the moment they act. */
interface By {
  readonly person: Person;
  readonly membership: Membership;
}

/** The name that people use: `F-3`. */
export function freezeName({ number }: Pick<Freeze, 'number'>): string {
  return `F-${number}`;
}

/** Reads `F-3`, `f3` or `3`; undefined for anything else. */
export function readFreezeNumber(text: string): number | undefined {
  const digits = /^(?:f-?)?(\d{1,9})$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function isStanding({ lifts }: { readonly lifts: readonly unknown[] }): boolean {
  return lifts.length < LIFTERS;
}

export function isOfPerson(scope: Scope, { user }: Person): boolean {
  return scope.type === 'person' && scope.users.includes(user);
}

/** Whether a freeze stops this request: by its account, or by whoever asked for it or approved it. */
export function stops(
  scope: Scope,
  { account, requester }: Pick<Request, 'account' | 'requester'>,
  approvals: readonly Pick<Approval, 'person'>[],
): boolean {
  switch (scope.type) {
    case 'all':
      return true;
    case 'account':
      return scope.account === account;
    case 'person':
      return [requester, ...approvals.map(({ person }) => person)].some((one) => isOfPerson(scope, one));
  }
}

/** The oldest freeze that stops a request; undefined when none does. */
export function freezeOver<Standing extends Pick<Freeze, 'scope'>>({
  standing,
  request,
  approvals,
}: {
  readonly standing: readonly Standing[];
  readonly request: Pick<Request, 'account' | 'requester'>;
  readonly approvals: readonly Pick<Approval, 'person'>[];
}): Standing | undefined {
  return standing.find(({ scope }) => stops(scope, request, approvals));
}

/**
 * The freeze for which an act does not count; undefined when there is none. An approval would go stale under a freeze of
 * its request. What a frozen person decides does not count at all, but for withdrawing, which only stops their own.
 */
export function freezeAgainst<Standing extends Pick<Freeze, 'scope'>>(
  standing: readonly Standing[],
  act: Act['type'] | Find['type'],
  person: Person,
  request: Pick<Request, 'account' | 'requester'>,
  approvals: readonly Pick<Approval, 'person'>[],
): Standing | undefined {
  if (act === 'withdraw') return undefined;
  return standing.find(
    ({ scope }) => isOfPerson(scope, person) || (act === 'approve' && stops(scope, request, approvals)),
  );
}

/**
 * Gives why a freeze does not count, or undefined when it does.
 * @param approvers the groups whose members may freeze and lift
 */
export function judgeFreeze(
  { person, membership }: By,
  approvers: readonly string[],
  standing: readonly Pick<Freeze, 'scope'>[],
): FreezeRefusal | undefined {
  if (!membership.live) return 'not_live';
  if (!membership.groups.some((group) => approvers.includes(group))) return 'not_an_approver';
  return standing.some(({ scope }) => isOfPerson(scope, person)) ? 'frozen' : undefined;
}

/** Gives why an agreement to lift does not count, or undefined when it does. */
export function judgeLift(
  freeze: Pick<Freeze, 'scope'> & { readonly lifts: readonly Pick<Lift, 'person'>[] },
  by: By,
  approvers: readonly string[],
  standing: readonly Pick<Freeze, 'scope'>[],
): LiftRefusal | undefined {
  if (!isStanding(freeze)) return 'already_lifted';
  const refusal = judgeFreeze(by, approvers, standing);
  if (refusal !== undefined) return refusal;
  return freeze.lifts.some((lift) => isSamePerson(lift.person, by.person)) ? 'already_agreed' : undefined;
}
