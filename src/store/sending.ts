/** Queries on how far sending a bulk has come, and on `bulk_tries`. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import type { Sending } from '../usecases/bulkPorts.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';

const NextRow = z
  .object({ id: z.string(), state: z.enum(states), tried_at: z.date().nullable() })
  .transform(({ id, state, tried_at }) => ({ id, isUnderWay: state === 'sending', triedAt: tried_at }));

const StateRow = z.object({ state: z.enum(states) });

export async function selectSending(db: Queryable, bulk: string, many: number): Promise<Sending> {
  const [next, { moved_at: movedAt }, latest] = await Promise.all([
    selectOptional(
      db,
      NextRow,
      `select r.id, r.state, t.tried_at from requests r left join bulk_tries t on t.request_id = r.id
     where r.bulk = $1 and r.state in ('approved', 'sending')
     order by r.state = 'approved', t.tried_at nulls first, r.number limit 1`,
      [bulk],
    ),
    selectOne(
      db,
      z.object({ moved_at: z.date() }),
      `select greatest(
       (select max(acted_at) from bulk_acts where bulk_id = $1 and refusal is null and act in ('approve', 'go_on')),
       (select max(a.started_at) from attempts a join requests r on r.id = a.request_id where r.bulk = $1),
       (select max(d.decided_at) from decisions d join requests r on r.id = d.request_id
        where r.bulk = $1 and d.act = 'lapse'),
       (select requested_at from bulks where id = $1)) as moved_at`,
      [bulk],
    ),
    selectAll(
      db,
      StateRow,
      `select tried.state from (
       select r.state, greatest(t.tried_at, (select max(started_at) from attempts where request_id = r.id)) as at
       from requests r left join bulk_tries t on t.request_id = r.id
       where r.bulk = $1 and r.state not in ('sending', 'lapsed')
     ) tried
     where at > coalesce((select max(acted_at) from bulk_acts
                          where bulk_id = $1 and refusal is null and act = 'go_on'), '-infinity')
     order by at desc limit $2`,
      [bulk, many],
    ),
  ]);
  return { next, movedAt, latest: latest.map(({ state }) => state) };
}

export async function markTried(db: Queryable, line: string, at: Date): Promise<void> {
  await db.query(
    `insert into bulk_tries (request_id, tried_at) values ($1, $2)
     on conflict (request_id) do update set tried_at = excluded.tried_at`,
    [line, at],
  );
}
