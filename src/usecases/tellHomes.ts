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
  return async ({ id, version, requester, rule }) => {
    const at = now();
    const requesters = aliasesOf(requester.user, aliases);
    const since = addSeconds(at, -OPENED_WITHIN_SECONDS);
    const groups = rule.needs.map(({ group }) => group);
    const news = { subject: id, version };
    const behind = await store.markHomesBehind(news, { requesters, groups }, since, at);
    // A job that is lost between the two is rung for by what was marked.
    const jobs = behind.map((user) => ({ name: 'home', user, afterSeconds: GATHER_SECONDS }) as const);
    await Promise.all(jobs.map((job) => store.enqueue(job)));
  };
}
