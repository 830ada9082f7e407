/** What a form can say before anything was looked up: which tiers may apply, and who could approve then. */
import { wallTime } from '../domain/clock.ts';
import type { Person } from '../domain/person.ts';
import type { Provider } from '../domain/provider.ts';
import { type Tier, tiersAhead } from '../domain/tiers.ts';
import type { Approvers } from './people.ts';
import type { World } from './ports.ts';

export interface Prospect {
  readonly tier: Tier;
  readonly approvers: Approvers;
}

export type Foresee = (
  account: string,
  provider: Pick<Provider, 'name' | 'ticketKinds'>,
  person: Person,
) => Promise<readonly Prospect[]>;

export function createForesee({ people, policy, now }: Pick<World, 'people' | 'policy' | 'now'>): Foresee {
  return (account, { name, ticketKinds = [] }, person) => {
    const at = now();
    const tiers = tiersAhead(policy, {
      account,
      provider: name,
      ticketKinds,
      timeIn: (zone) => wallTime(at, zone),
    });
    return Promise.all(
      tiers.map(async (tier) => ({
        tier,
        approvers: await people.findApprovers(tier.needs, { except: person }),
      })),
    );
  };
}
