/** Once a minute: what the clock decides, and what the queue may have lost. */
import { endByClock } from './endByClock.ts';
import type { World } from './ports.ts';

export type Tick = () => Promise<void>;

export function createTick({ store, summary, now }: Pick<World, 'store' | 'summary' | 'now'>): Tick {
  return async () => {
    for (const id of await store.selectOverdue(now())) {
      await store.transaction(async (records) => {
        const request = await records.lockRequest(id);
        if (request.state === 'pending') await endByClock(records, request, 'expired', null, now());
      });
    }

    for (const job of await store.selectNeglected(now())) await store.enqueue(job);

    const day = await store.selectDueDay(now(), summary.time, summary.zone);
    if (day === undefined) return;
    await store.transaction(async (records) => {
      const figures = await records.selectFigures(day, summary.zone);
      if (await records.insertSummary(summary.channel, figures))
        await records.enqueue({ name: 'summarise', date: day });
    });
  };
}
