/** Queries on requests that are another try of an earlier one. */
import { z } from 'zod';
import type { Follower } from '../usecases/story.ts';
import { type Queryable, selectOne } from './pool.ts';
import { Count, DateJson } from './rows.ts';

/** The oldest first. @param are which requests they follow. */
export const followersOf = (are: string): string => `
  (select coalesce(json_agg(f order by f.number), '[]') from (
     select id, number, requester_team, requester_user, requested_at from requests where follows ${are}) f)`;
export const FollowersJson = z.array(
  z
    .object({
      id: z.string(),
      number: z.number(),
      requester_team: z.string(),
      requester_user: z.string(),
      requested_at: DateJson,
    })
    .transform(({ requester_team, requester_user, requested_at, ...row }): Follower => ({
      ...row,
      requester: { team: requester_team, user: requester_user },
      requestedAt: requested_at,
    })),
);

const CountRow = z.object({ count: Count });

/** How many came before it, each followed by the next. */
export async function countBefore(db: Queryable, request: string): Promise<number> {
  const { count } = await selectOne(
    db,
    CountRow,
    `with recursive tries as (
       select id, follows from requests where id = $1
       union
       select r.id, r.follows from tries t join requests r on r.id = t.follows
     )
     select count(*) - 1 as count from tries`,
    [request],
  );
  return count;
}
