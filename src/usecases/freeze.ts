/** An approver freezes: recorded in one transaction, from whose commit on nothing is sent that the freeze stops. */
import { randomUUID } from 'node:crypto';
import { type Freeze, type FreezeRefusal, isOfPerson, judgeFreeze, type Scope } from '../domain/freeze.ts';
import { type Aliases, aliasesOf, type Person } from '../domain/person.ts';
import { approverGroups } from '../domain/tiers.ts';
import type { World } from './ports.ts';

type Freezing =
  | { readonly counts: true; readonly freeze: Freeze }
  | (NotCounted & { readonly refusal: FreezeRefusal });

export interface NotCounted {
  readonly counts: false;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  /** The freeze of the person who acts, where that is the reason. */
  readonly own: Freeze | undefined;
}

export type FreezeDispatch = (what: { scope: Scope; reason: string }, person: Person) => Promise<Freezing>;

/** A person is frozen with every account that is known to be theirs. */
function widen(scope: Scope, aliases: Aliases): Scope {
  if (scope.type !== 'person') return scope;
  return { type: 'person', users: [...new Set(scope.users.flatMap((user) => aliasesOf(user, aliases)))] };
}

/** What does not count is recorded all the same: a refused try is on record, too. */
export function createFreezeDispatch({
  store,
  people,
  policy,
  aliases,
  now,
}: Pick<World, 'store' | 'people' | 'policy' | 'aliases' | 'now'>): FreezeDispatch {
  const approvers = approverGroups(policy);
  return async ({ scope, reason }, person) => {
    // Asked before the lock: nobody waits for Slack while nothing can be sent.
    const membership = await people.membershipOf(person, { among: approvers });

    return store.transaction(async (records) => {
      await records.lockFreezes({ alone: true });
      const standing = await records.selectFreezes();
      const refusal = judgeFreeze({ person, membership }, approvers, standing);
      const id = randomUUID();
      await records.insertFreeze({
        id,
        scope: widen(scope, aliases),
        reason,
        person,
        groups: membership.live ? membership.groups : [],
        frozenAt: now(),
        refusal: refusal ?? null,
      });
      if (refusal !== undefined) {
        const own = standing.find((one) => isOfPerson(one.scope, person));
        return { counts: false, refusal, own, why: membership.live ? undefined : membership.why };
      }
      await records.enqueue({ name: 'freeze', freeze: id });
      return { counts: true, freeze: await records.selectFreeze(id) };
    });
  };
}
