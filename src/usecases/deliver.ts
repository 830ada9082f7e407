/**
 * Posts one message to Slack, once. That it is about to be posted is committed first; when the answer is lost with the
 * connection or the process, the next try looks whether the message arrived, and takes it for its own.
 */
import { randomUUID } from 'node:crypto';
import { Later } from './later.ts';
import type { Records, Store, World } from './ports.ts';
import type { Delivery, Place, Where } from './posting.ts';

interface Parcel {
  /** Of this one message, whoever delivers it; only one may at a time. */
  readonly name: string;
  readonly where: Where;
  /** @param id goes into the message, which is recognised by it. */
  readonly post: (id: string) => Promise<Place>;
  /**
   * Commits where it stands together with the end of its delivery.
   * @param isNew false for a message that was found: it shows what there was to say when it was posted.
   */
  readonly remember: (place: Place, isNew: boolean) => Promise<void>;
}

/** The name of a message of a request. */
export function deliveryName(request: string, kind: string): string {
  return `${request} ${kind}`;
}

export type Deliver = (parcel: Parcel) => Promise<Place>;

export function createDeliver({ store, board }: Pick<World, 'store' | 'board'>): Deliver {
  async function postNew({ name, post }: Parcel, id: string): Promise<Place> {
    try {
      return await post(id);
    } catch (error) {
      // Surely not posted, so there is nothing to look for.
      if (error instanceof Later) await store.endDelivery(name);
      throw error;
    }
  }

  return async (parcel) => {
    const id = randomUUID();
    const lost = await store.beginDelivery(parcel.name, id);
    const found = lost && (await board.findPosted(lost, parcel.where));
    if (lost !== undefined && found === undefined) await store.replaceDelivery(parcel.name, id);
    const place = found ?? (await postNew(parcel, id));
    await parcel.remember(place, found === undefined);
    return place;
  };
}

/** Commits what is to be remembered of a message together with the end of its delivery. */
export async function rememberDelivered(
  store: Pick<Store, 'transaction'>,
  name: string,
  save: (records: Records) => Promise<void>,
): Promise<void> {
  await store.transaction(async (records) => {
    await Promise.all([save(records), records.endDelivery(name)]);
  });
}

/** Whether a post whose answer was lost stands there; one that does not arrive any more is given up. */
export type HasArrived = (name: string, lost: Delivery, where: Where) => Promise<boolean>;

export function createHasArrived({ store, board }: Pick<World, 'store' | 'board'>): HasArrived {
  return async (name, lost, where) => {
    if ((await board.findPosted(lost, where)) !== undefined) return true;
    await store.giveUpDelivery(name, lost.id);
    return false;
  };
}
