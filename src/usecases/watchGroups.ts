/**
 * Once a minute: whether enough live people are left for every tier. The finance channel is told once when they are not,
 * and once when they are again. Slack is asked as seldom as it is remembered what it told.
 */
import { nameOfTier } from '../domain/tiers.ts';
import { createDeliver, rememberDelivered } from './deliver.ts';
import { Later } from './later.ts';
import type { World } from './ports.ts';
import type { Shortage } from './shortage.ts';

export type WatchGroups = () => Promise<void>;

/** Of each group that a tier needs: the tiers that it leaves without approvers. */
type Found = ReadonlyMap<string, readonly string[]>;

export function createWatchGroups({
  store,
  people,
  board,
  policy,
  now,
}: Pick<World, 'store' | 'people' | 'board' | 'policy' | 'now'>): WatchGroups {
  const deliver = createDeliver({ store, board });

  /** Groups of which Slack did not tell enough are left out: neither short nor not. */
  async function look(): Promise<Found> {
    const found = new Map<string, string[]>();
    const doubted = new Set<string>();
    for (const tier of policy.tiers) {
      const { lacking } = await people.findApprovers(tier.needs);
      for (const { group } of tier.needs) {
        if (lacking === undefined) doubted.add(group);
        const tiers = found.get(group) ?? [];
        found.set(group, lacking?.includes(group) === true ? [...tiers, nameOfTier(policy, tier)] : tiers);
      }
    }
    return new Map([...found].filter(([group, tiers]) => tiers.length > 0 || !doubted.has(group)));
  }

  async function record(found: Found): Promise<void> {
    const lasting = await store.selectLastingShortages();
    for (const [group, tiers] of found) {
      if (tiers.length > 0 && !lasting.some((one) => one.group === group))
        await store.beginShortage(group, tiers, now());
    }
    const needed = new Set(policy.tiers.flatMap(({ needs }) => needs.map(({ group }) => group)));
    for (const { id, group } of lasting) {
      // A group that no tier needs any more lacks nobody.
      if (found.get(group)?.length === 0 || !needed.has(group)) await store.endShortage(id, now());
    }
  }

  async function tell(shortage: Shortage): Promise<void> {
    const what = shortage.endedAt === null ? 'alarm' : 'all-clear';
    const name = `shortage ${shortage.id} ${what}`;
    try {
      await deliver({
        name,
        where: 'finance',
        post: (delivery) => board.postShortage(shortage, delivery),
        remember: ({ ts }) =>
          rememberDelivered(store, name, (records) => records.saveShortageTold(shortage.id, what, ts)),
      });
    } catch (error) {
      // The next minute will do.
      if (!(error instanceof Later)) throw error;
    }
  }

  return () =>
    store.alone('shortages', async () => {
      await record(await look());
      for (const shortage of await store.selectUntoldShortages()) await tell(shortage);
    });
}
