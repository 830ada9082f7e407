/**
 * Posts one message to Slack, once. That it is about to be posted is committed first; when the answer is lost with the
 * connection or the process, the next try looks whether the message arrived, and takes it for its own.
 */
import { randomUUID } from 'node:crypto';
import { Later } from './later.ts';
import type { Records, World } from './ports.ts';
import type { Delivery, Place, Where } from './posting.ts';

interface Parcel {
  /** Of this one message, whoever delivers it; only one may at a time. */
  readonly name: string;
  readonly where: Where;
  /** @param id goes into the message, which is recognised by it. */
  readonly post: (id: string) => Promise<Place>;
  /** @param isNew false for a message that was found: it shows what there was to say when it was posted. */
  readonly remember: (records: Records, place: Place, isNew: boolean) => Promise<void>;
}

export type Deliver = (parcel: Parcel) => Promise<Place>;

export function createDeliver({ store, board }: Pick<World, 'store' | 'board'>): Deliver {
  async function postNew({ name, post }: Parcel): Promise<Place> {
    const id = randomUUID();
    await store.beginDelivery(name, id);
    try {
      return await post(id);
    } catch (error) {
      // Surely not posted, so there is nothing to look for.
      if (error instanceof Later) await store.endDelivery(name);
      throw error;
    }
  }

  async function find(lost: Delivery | undefined, where: Where): Promise<Place | undefined> {
    return lost === undefined ? undefined : board.findPosted(lost, where);
  }

  return async (parcel) => {
    const lost = await store.selectDelivery(parcel.name);
    const found = await find(lost, parcel.where);
    const place = found ?? (await postNew(parcel));
    await store.transaction(async (records) => {
      await parcel.remember(records, place, found === undefined);
      await records.endDelivery(parcel.name);
    });
    return place;
  };
}
