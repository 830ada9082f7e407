/** Queries on pending requests and bulks of which people are to be reminded. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import type { Pending } from '../usecases/ports.ts';
import { type Queryable, selectAll } from './pool.ts';

const PendingRow = z
  .object({
    of: z.enum(['request', 'bulk']),
    id: z.string(),
    state: z.enum(states),
    requested_at: z.date(),
    deadline: z.date(),
  })
  .transform(({ requested_at, ...row }): Pending => ({ ...row, requestedAt: requested_at }));

export async function selectPendingWithout(
  db: Queryable,
  kind: string,
  until: Date,
): Promise<readonly Pending[]> {
  return selectAll(
    db,
    PendingRow,
    `select of, id, state, requested_at, deadline from (
       select 'request' as of, id, state, requested_at, deadline from requests
       where state = 'pending' and bulk is null
       union all
       -- The lines of a bulk have no thread: it has one.
       select 'bulk', b.id, 'pending', b.requested_at, b.deadline
       from (select distinct bulk from requests where bulk is not null and state = 'pending') p
         join bulks b on b.id = p.bulk
     ) waiting
     where requested_at <= $2
       and not exists (select from messages m where m.request_id = waiting.id and m.kind = $1)
     order by requested_at limit 200`,
    [kind, until],
  );
}
