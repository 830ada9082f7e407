/** A request or a bulk changed, so the Homes that it concerns fall behind, and each is brought in line by a job of its own. */
import { addSeconds } from '../domain/clock.ts';
import { aliasesOf } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import type { World } from './ports.ts';

/** A Home that was opened longer ago is shown anew when it is opened next. */
const OPENED_WITHIN_SECONDS = 3600;
/** What changes within this becomes one publication. */
const GATHER_SECONDS = 1;

/** A request or a bulk as it was read. What differs for Homes has another version, and is told once. */
type News = Pick<Request, 'id' | 'version' | 'requester' | 'rule'>;

export type TellHomes = (news: News) => Promise<void>;

export function createTellHomes({
  store,
  aliases,
  now,
}: Pick<World, 'store' | 'aliases' | 'now'>): TellHomes {
  return ({ id, version, requester, rule }) =>
    store.transaction(async (records) => {
      if (!(await records.saveHomesTold(id, version))) return;
      const at = now();
      const requesters = aliasesOf(requester.user, aliases);
      const since = addSeconds(at, -OPENED_WITHIN_SECONDS);
      const groups = rule.needs.map(({ group }) => group);
      for (const user of await records.markHomesBehind({ requesters, groups }, since, at)) {
        await records.enqueue({ name: 'home', user, afterSeconds: GATHER_SECONDS });
      }
    });
}
