/** Brings Slack in line with a freeze: its own message, and the cards of the requests that it stops. May run any number of times. */
import type { Freeze } from '../domain/freeze.ts';
import type { World } from './ports.ts';
import { createShow } from './show.ts';

export type AnnounceFreeze = (id: string) => Promise<void>;

export function createAnnounceFreeze({ store, board }: Pick<World, 'store' | 'board'>): AnnounceFreeze {
  async function showFreeze(freeze: Freeze): Promise<void> {
    const posted = new Map((await store.selectPosted(freeze.id)).map((message) => [message.kind, message]));
    const of = { id: freeze.id, version: versionOf(freeze) };
    const show = createShow({ store, board }, of, { posted, standing: undefined });
    await show({
      kind: 'freeze',
      where: 'approvals',
      post: (delivery) => board.postFreeze(freeze, delivery),
      edit: (at) => board.editFreeze(at, freeze),
    });
  }

  /** Those that wait come to say that they are stopped, or that they are not any more; what is approved goes on. */
  async function tellRequests(freeze: Freeze): Promise<void> {
    await store.transaction(async (records) => {
      const isNews = await records.markFreezeAnnounced(freeze.id, versionOf(freeze));
      if (!isNews) return;
      for (const { id: request, state } of await records.touchStopped(freeze)) {
        await records.enqueue({ name: 'announce', request });
        if (state === 'approved') await records.enqueue({ name: 'dispatch', request });
      }
      for (const bulk of await records.selectStoppedBulks(freeze)) {
        await records.enqueue({ name: 'announce-bulk', bulk });
        await records.enqueue({ name: 'dispatch-bulk', bulk });
      }
    });
  }

  return (id) =>
    store.alone(`freeze ${id}`, async () => {
      const freeze = await store.selectFreeze(id);
      // A channel that is busy keeps no request from saying what stops it, nor the other way round.
      const telling = [showFreeze(freeze), tellRequests(freeze)];
      await Promise.allSettled(telling);
      await Promise.all(telling);
    });
}

/** Counts the acts on a freeze: 1 when it was made. */
function versionOf({ lifts }: Freeze): number {
  return 1 + lifts.length;
}
