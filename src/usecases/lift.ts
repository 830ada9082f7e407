/** Somebody agrees to lift a freeze; the second who does lifts it. */
import { type Freeze, isOfPerson, judgeLift, type LiftRefusal } from '../domain/freeze.ts';
import { asKnown, type Person } from '../domain/person.ts';
import { approverGroups } from '../domain/tiers.ts';
import type { NotCounted } from './freeze.ts';
import type { World } from './ports.ts';

type Lifted =
  /** The freeze as it is afterwards: it may want one more. */
  | { readonly counts: true; readonly freeze: Freeze }
  | (NotCounted & { readonly refusal: LiftRefusal; readonly freeze: Freeze });

export type AgreeToLift = (freeze: string, person: Person) => Promise<Lifted>;

/** What does not count is recorded all the same. */
export function createAgreeToLift({
  store,
  people,
  policy,
  aliases,
  now,
}: Pick<World, 'store' | 'people' | 'policy' | 'aliases' | 'now'>): AgreeToLift {
  const approvers = approverGroups(policy);

  return async (id, clicked) => {
    const membership = await people.membershipOf(clicked, { among: approvers });

    return store.transaction(async (records) => {
      await records.lockFreezes({ alone: true });
      const freeze = await records.selectFreeze(id);
      const lifters = freeze.lifts.map((lift) => lift.person);
      const person = asKnown(clicked, lifters, aliases);
      const standing = await records.selectFreezes();
      const refusal = judgeLift(freeze, { person, membership }, approvers, standing);
      await records.insertLift({
        freeze: freeze.number,
        person,
        groups: membership.live ? membership.groups : [],
        agreedAt: now(),
        refusal: refusal ?? null,
      });
      if (refusal !== undefined) {
        const own = standing.find((one) => isOfPerson(one.scope, person));
        return { counts: false, refusal, freeze, own, why: membership.live ? undefined : membership.why };
      }
      await records.enqueue({ name: 'freeze', freeze: id });
      return { counts: true, freeze: await records.selectFreeze(id) };
    });
  };
}
