/** Once a minute: what the clock decides, what the queue may have lost, and the signature under the record. */
import { addSeconds, DAY_SECONDS } from '../domain/clock.ts';
import { endByClock } from './endByClock.ts';
import { endLines } from './endLines.ts';
import type { World } from './ports.ts';
import { createSelectUnreminded } from './remind.ts';
import { createMakeDueSummary } from './summarise.ts';
import { createEndWatches, watchedAfter } from './watch.ts';
import { createWatchGroups } from './watchGroups.ts';

export type Tick = () => Promise<void>;

export function createTick(world: World): Tick {
  const { store, summary, now } = world;
  const makeDueSummary = createMakeDueSummary(world);
  const watchGroups = createWatchGroups(world);
  const selectUnreminded = createSelectUnreminded(world);
  const endWatches = createEndWatches(world);

  async function expire(id: string): Promise<void> {
    await store.transaction(async (records) => {
      const request = await records.lockRequest(id);
      if (request.state === 'pending') await endByClock(records, request, 'expired', null, now());
    });
  }

  async function expireBulk(id: string): Promise<void> {
    await store.transaction(async (records) => {
      await records.lockBulk(id);
      const waiting = (await records.lockLines(id)).filter(({ state }) => state === 'pending');
      await endLines(records, waiting, 'expired', null, now());
      await records.enqueue({ name: 'announce-bulk', bulk: id });
    });
  }

  return async () => {
    const faults: unknown[] = [];
    // One that fails must not keep the others from their turn.
    const each = (work: Promise<void>) => work.catch((fault: unknown) => void faults.push(fault));

    for (const id of await store.selectOverdue(now())) await each(expire(id));
    for (const id of await store.selectOverdueBulks(now())) await each(expireBulk(id));
    for (const id of await store.selectOldDrafts(addSeconds(now(), -DAY_SECONDS)))
      await each(store.deleteDraft(id));
    const until = watchedAfter(now());
    for (const id of await store.selectOverwatched(until)) await each(endWatches(id, until));
    for (const job of await store.selectNeglected(now())) await each(store.ring(job));
    for (const job of await selectUnreminded()) await each(store.ring(job));
    for (const track of summary.tracks) await each(makeDueSummary(track));
    await each(watchGroups());
    await each(store.signHead(now()));
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} acts of the clock failed`);
  };
}
