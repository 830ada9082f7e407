/** Queries on requests that are another try of an earlier one. */
import { z } from 'zod';
import type { Follower } from '../usecases/story.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';
import { Count } from './rows.ts';

const FollowerRow = z
  .object({
    id: z.string(),
    number: Count,
    requester_team: z.string(),
    requester_user: z.string(),
    requested_at: z.date(),
  })
  .transform(({ requester_team, requester_user, requested_at, ...row }): Follower => ({
    ...row,
    requester: { team: requester_team, user: requester_user },
    requestedAt: requested_at,
  }));

/** The oldest first. */
export async function selectFollowers(db: Queryable, request: string): Promise<readonly Follower[]> {
  return selectAll(
    db,
    FollowerRow,
    `select id, number, requester_team, requester_user, requested_at
     from requests where follows = $1 order by number`,
    [request],
  );
}

/** How many came before it, each followed by the next. */
export async function countBefore(db: Queryable, request: string): Promise<number> {
  const { count } = await selectOne(
    db,
    z.object({ count: Count }),
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
