/** "I'm looking": somebody who may approve tells the others that they are on it. It decides nothing and is not recorded. */
import { addSeconds } from '../domain/clock.ts';
import { decide, type Refusal } from '../domain/decide.ts';
import { asKnown, type Person } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import { partiesOf } from './parties.ts';
import type { Records, World } from './ports.ts';

/** Whoever does not say that they stopped is taken to have stopped after this long. */
export const WATCH_MINUTES = 15;

/** Since when somebody must have said so to be still looking. */
export function watchedAfter(now: Date): Date {
  return addSeconds(now, -60 * WATCH_MINUTES);
}

interface Watched {
  /** Why the person can't be looking at it to decide; undefined when they can. */
  readonly refusal: Refusal | undefined;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  readonly request: Request;
  /** False when they were looking already, and now stop. */
  readonly looks: boolean;
}

export type WatchRequest = (id: string, person: Person) => Promise<Watched>;

export function createWatchRequest({
  store,
  people,
  aliases,
  now,
}: Pick<World, 'store' | 'people' | 'aliases' | 'now'>): WatchRequest {
  return async (id, clicked) => {
    const { rule } = await store.selectRequest(id);
    const among = rule.needs.map(({ group }) => group);
    // Asked before the lock: nobody waits for Slack while holding a request.
    const membership = await people.membershipOf(clicked, { among, lately: true });

    return store.transaction(async (records) => {
      const story = await records.lockStory(id);
      const { request } = story;
      const person = asKnown(clicked, partiesOf(story), aliases);
      const at = now();
      // Whoever could approve it now may be looking at it.
      const approval = { type: 'approve', saw: request.digest, note: null, confirmed: true } as const;
      const verdict = decide(request, approval, { person, membership }, story.approvals, at);
      const why = membership.live ? undefined : membership.why;
      if (!verdict.counts) return { refusal: verdict.refusal, why, request, looks: false };

      const looks = !(await records.deleteWatcher(id, person, watchedAfter(at)));
      if (looks) await records.saveWatcher(id, { person, since: at });
      await showAgain(records, request);
      return { refusal: undefined, why, request, looks };
    });
  };
}

/** Takes away the marks of those who looked for long enough. */
export function createEndWatches({ store }: Pick<World, 'store'>) {
  return async (id: string, until: Date): Promise<void> => {
    await store.transaction(async (records) => {
      const request = await records.lockRequest(id);
      await records.deleteOverdueWatchers(id, until);
      if (request.state === 'pending') await showAgain(records, request);
    });
  };
}

/** The state stays, but there is something new to see. */
async function showAgain(records: Records, request: Request): Promise<void> {
  await records.moveRequest(request, request.state);
  await records.enqueue({ name: 'announce', request: request.id });
}
