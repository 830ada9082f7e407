/** Queries on pending requests of which people are to be reminded. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import type { Pending } from '../usecases/ports.ts';
import { type Queryable, selectAll } from './pool.ts';

const PendingRow = z
  .object({ id: z.string(), state: z.enum(states), requested_at: z.date(), deadline: z.date() })
  .transform(({ requested_at, ...row }): Pending => ({ ...row, requestedAt: requested_at }));

export async function selectPendingWithout(
  db: Queryable,
  kind: string,
  until: Date,
): Promise<readonly Pending[]> {
  return selectAll(
    db,
    PendingRow,
    `select id, state, requested_at, deadline from requests r
     where state = 'pending' and requested_at <= $2
       -- A line of a bulk has no thread of its own.
       and bulk is null
       and not exists (select from messages m where m.request_id = r.id and m.kind = $1)
     order by requested_at limit 200`,
    [kind, until],
  );
}
