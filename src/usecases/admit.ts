/** Who may ask for a cancellation, and whether there is anybody to approve it: looked at before there is a request. */
import type { Membership, Person } from '../domain/person.ts';
import type { Need } from '../domain/policy.ts';
import type { Tier } from '../domain/tiers.ts';
import type { Approvers } from './people.ts';
import type { World } from './ports.ts';

export type TurnedAway =
  /** `why` is a clause such as "you are a guest". */
  | { readonly type: 'not_live'; readonly why: string }
  | { readonly type: 'not_an_asker'; readonly groups: readonly string[] }
  | {
      readonly type: 'nobody_approves';
      readonly needs: readonly Need[];
      readonly lacking: readonly string[];
    };

interface Asking {
  readonly account: string;
  readonly payment: string;
  readonly requester: Person;
}

type Admission =
  | { readonly admitted: true; readonly approvers: Approvers }
  | { readonly admitted: false; readonly turnedAway: TurnedAway };

/**
 * @param tier without one, only whether they are live, full members at all.
 * @param welcome of the same ask, a moment ago: that they are members is not asked again.
 */
export type Admit = (asking: Asking, tier?: Tier, welcome?: Admission) => Promise<Admission>;

const NOT_LOOKED_AT: Approvers = { places: [], lacking: undefined };

const A_MEMBER: Membership = { live: true, groups: [] };

/** Whoever is turned away is on record. */
export function createAdmit({ store, people, now }: Pick<World, 'store' | 'people' | 'now'>): Admit {
  /** Somebody may have come to a group since Slack was asked. */
  async function findApprovers({ needs }: Tier, except: Person): Promise<Approvers> {
    const lately = await people.findApprovers(needs, { except });
    return lately.lacking?.length === 0 ? lately : people.findApprovers(needs, { except, anew: true });
  }

  return async ({ account, payment, requester }, tier, welcome) => {
    async function turnAway(turnedAway: TurnedAway) {
      const refused = { account, payment, person: requester, why: turnedAway.type, refusedAt: now() };
      await store.transaction((records) => records.insertRefusedAsk(refused));
      return { admitted: false, turnedAway } as const;
    }

    const isKnown = welcome?.admitted === true && tier?.askers === undefined;
    const membership = isKnown
      ? A_MEMBER
      : await people.membershipOf(requester, { among: tier?.askers ?? [] });
    if (!membership.live) return turnAway({ type: 'not_live', why: membership.why });
    if (tier === undefined) return { admitted: true, approvers: NOT_LOOKED_AT };

    const { askers, needs } = tier;
    if (askers !== undefined && membership.groups.length === 0)
      return turnAway({ type: 'not_an_asker', groups: askers });
    const approvers = await findApprovers(tier, requester);
    const { lacking = [] } = approvers;
    return lacking.length === 0
      ? { admitted: true, approvers }
      : turnAway({ type: 'nobody_approves', needs, lacking });
  };
}
