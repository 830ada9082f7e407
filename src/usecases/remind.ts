/** Pings in a request's thread, once each, those who leave it waiting. */
import { addSeconds } from '../domain/clock.ts';
import { freezeOver } from '../domain/freeze.ts';
import { isDue, type Reminder, reminders } from '../domain/reminders.ts';
import { createHasArrived, deliveryName } from './deliver.ts';
import type { World } from './ports.ts';
import type { Place } from './posting.ts';
import type { Show } from './show.ts';
import type { Posted, Story } from './story.ts';

interface Thread {
  readonly story: Story;
  readonly headline: Place;
  /** By kind. */
  readonly posted: ReadonlyMap<string, Posted>;
  readonly show: Show;
}

/** Posts what is due, and keeps in line what was posted: once the request is decided, its buttons go. */
export type Remind = (thread: Thread) => Promise<void>;

export function createRemind({
  store,
  board,
  reminding,
  now,
}: Pick<World, 'store' | 'board' | 'reminding' | 'now'>): Remind {
  const hasArrived = createHasArrived({ store, board });

  return async ({ story, headline, posted, show }) => {
    const { request } = story;
    for (const reminder of reminders) {
      const kind = kindOf(reminder);
      // While nobody could approve it, nobody is called to.
      const isFree = freezeOver(story) === undefined;
      const isWanted = isFree && reminding !== undefined && isDue(reminder, request, reminding, now());
      // One of which the answer was lost may stand there with its buttons, also when nobody is reminded any more.
      const stands =
        posted.has(kind) || isWanted || (await hasArrived(deliveryName(request.id, kind), headline));
      if (!stands) continue;
      await show({
        kind,
        where: headline,
        post: (delivery) => board.postReminder(headline, reminder, story, delivery),
        edit: (at) => board.editReminder(at, reminder, story),
      });
    }
  };
}

/** The requests of which a reminder is due that is not in their thread. */
export type SelectUnreminded = () => Promise<readonly string[]>;

export function createSelectUnreminded({
  store,
  reminding,
  now,
}: Pick<World, 'store' | 'reminding' | 'now'>): SelectUnreminded {
  return async () => {
    if (reminding === undefined) return [];
    const at = now();
    const askedUntil = addSeconds(at, -reminding.afterSeconds);
    const due = new Set<string>();
    for (const reminder of reminders) {
      for (const request of await store.selectPendingWithout(kindOf(reminder), askedUntil))
        if (isDue(reminder, request, reminding, at)) due.add(request.id);
    }
    return [...due];
  };
}

function kindOf(reminder: Reminder): string {
  return `thread:${reminder}`;
}
