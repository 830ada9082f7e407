/** Pings in the thread of a request or a bulk, once each, those who leave it waiting. */
import { addSeconds } from '../domain/clock.ts';
import { isDue, type Reminder, reminders } from '../domain/reminders.ts';
import type { Request } from '../domain/request.ts';
import { createHasArrived, deliveryName } from './deliver.ts';
import type { Job } from './job.ts';
import type { Pending, Records, World } from './ports.ts';
import type { Delivery, Place } from './posting.ts';
import type { Show } from './show.ts';
import type { Posted } from './story.ts';

interface Thread {
  readonly of: Pick<Request, 'id' | 'state' | 'requestedAt' | 'deadline'>;
  /** While nobody could approve it, nobody is called to. */
  readonly isFrozen: boolean;
  readonly headline: Place;
  /** By kind. */
  readonly posted: ReadonlyMap<string, Posted>;
  readonly lost: LostReminders;
  readonly show: Show;
  readonly post: (reminder: Reminder, delivery: string) => Promise<Place>;
  readonly edit: (reminder: Reminder, at: Place) => Promise<boolean>;
}

/** Those that were begun, and of which the answer was never recorded, by the names of their deliveries. */
type LostReminders = ReadonlyMap<string, Delivery>;

export function selectLostReminders(records: Records, id: string): Promise<LostReminders> {
  return records.selectDeliveries(reminders.map((reminder) => deliveryName(id, kindOf(reminder))));
}

/** Posts what is due, and keeps in line what was posted: once it is decided, its buttons go. */
export type Remind = (thread: Thread) => Promise<void>;

export function createRemind({
  store,
  board,
  reminding,
  now,
}: Pick<World, 'store' | 'board' | 'reminding' | 'now'>): Remind {
  const hasArrived = createHasArrived({ store, board });

  return async ({ of, isFrozen, headline, posted, lost, show, post, edit }) => {
    async function isToBeShown(reminder: Reminder): Promise<boolean> {
      const kind = kindOf(reminder);
      const isWanted = !isFrozen && reminding !== undefined && isDue(reminder, of, reminding, now());
      if (posted.has(kind) || isWanted) return true;
      // One of which the answer was lost may stand there with its buttons, also when nobody is reminded any more.
      const name = deliveryName(of.id, kind);
      const delivery = lost.get(name);
      return delivery !== undefined && hasArrived(name, delivery, headline);
    }

    const areToBeShown = await Promise.all(reminders.map(isToBeShown));
    for (const [n, reminder] of reminders.entries()) {
      if (areToBeShown[n] !== true) continue;
      const kind = kindOf(reminder);
      await show({
        kind,
        where: headline,
        post: (delivery) => post(reminder, delivery),
        edit: (at) => edit(reminder, at),
      });
    }
  };
}

/** Announces the requests and bulks of which a reminder is due that is not in their thread. */
export type SelectUnreminded = () => Promise<readonly Job[]>;

export function createSelectUnreminded({
  store,
  reminding,
  now,
}: Pick<World, 'store' | 'reminding' | 'now'>): SelectUnreminded {
  return async () => {
    if (reminding === undefined) return [];
    const at = now();
    const askedUntil = addSeconds(at, -reminding.afterSeconds);
    const due = new Map<string, Job>();
    for (const reminder of reminders) {
      for (const pending of await store.selectPendingWithout(kindOf(reminder), askedUntil))
        if (isDue(reminder, pending, reminding, at)) due.set(pending.id, jobFor(pending));
    }
    return [...due.values()];
  };
}

function jobFor({ of, id }: Pending): Job {
  return of === 'bulk' ? { name: 'announce-bulk', bulk: id } : { name: 'announce', request: id };
}

function kindOf(reminder: Reminder): string {
  return `thread:${reminder}`;
}
