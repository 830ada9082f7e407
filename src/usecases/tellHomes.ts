/** A request changed, so the Homes that it concerns fall behind, and each is brought in line by a job of its own. */
import { addSeconds } from '../domain/clock.ts';
import { aliasesOf } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import type { World } from './ports.ts';

/** A Home that was opened longer ago is shown anew when it is opened next. */
const OPENED_WITHIN_SECONDS = 3600;
/** What changes within this becomes one publication. */
const GATHER_SECONDS = 1;

/** @param request as it was read: each version is told once, however often it is announced. */
export type TellHomes = (request: Request) => Promise<void>;

export function createTellHomes({
  store,
  aliases,
  now,
}: Pick<World, 'store' | 'aliases' | 'now'>): TellHomes {
  return ({ id, version, requester }) =>
    store.transaction(async (records) => {
      if (!(await records.saveHomesTold(id, version))) return;
      const at = now();
      const requesters = aliasesOf(requester.user, aliases);
      const since = addSeconds(at, -OPENED_WITHIN_SECONDS);
      for (const user of await records.markHomesBehind(id, requesters, since, at)) {
        await records.enqueue({ name: 'home', user, afterSeconds: GATHER_SECONDS });
      }
    });
}
