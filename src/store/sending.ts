/** Queries on how far sending a bulk has come, and on `bulk_tries`. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import type { Sending } from '../usecases/bulkPorts.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';

const NextRow = z
  .object({ id: z.string(), account: z.string(), state: z.enum(states), tried_at: z.date().nullable() })
  .transform(({ id, account, state, tried_at }) => ({
    id,
    account,
    isUnderWay: state === 'sending',
    triedAt: tried_at,
  }));

const MovedRow = z.object({ moved_at: z.date() });
const StateRow = z.object({ state: z.enum(states) });

/**
 * Asked before every line of a bulk, so each of these walks along an index and ends with the few rows that are wanted, however
 * long the bulk is. `offset 0` has what a row needs looked up while it is walked by; else PostgreSQL may join all rows first.
 */
export async function selectSending(db: Queryable, bulk: string, many: number): Promise<Sending> {
  const [next, { moved_at: movedAt }, latest] = await Promise.all([
    selectOptional(db, NextRow, NEXT, [bulk]),
    selectOne(db, MovedRow, MOVED, [bulk]),
    selectAll(db, StateRow, LATEST, [bulk, many]),
  ]);
  return { next, movedAt, latest: latest.map(({ state }) => state) };
}

const NEXT = `
  select r.id, r.account, r.state, t.tried_at from requests r left join bulk_tries t on t.request_id = r.id
  where r.id = coalesce(
    (select r.id from requests r left join bulk_tries t on t.request_id = r.id
     where r.bulk = $1 and r.state = 'sending'
     order by t.tried_at nulls first, r.number limit 1),
    (select r.id from requests r
     where r.bulk = $1 and r.state = 'approved' and not exists (select from bulk_tries where request_id = r.id offset 0)
     order by r.number limit 1),
    (select t.request_id from bulk_tries t,
       lateral (select state, number from requests where id = request_id offset 0) line
     where t.line_of = $1 and line.state = 'approved'
     order by t.tried_at, line.number limit 1))`;

const MOVED = `
  select greatest(
    (select max(acted_at) from bulk_acts where bulk_id = $1 and refusal is null and act in ('approve', 'go_on')),
    (select max(started_at) from attempts where line_of = $1),
    (select max(decided_at) from decisions where line_of = $1 and act = 'lapse'),
    (select requested_at from bulks where id = $1)) as moved_at`;

const LINE = `(select state from requests where id = request_id and state not in ('sending', 'lapsed') offset 0)`;

/** It was a line's turn when it was attempted or tried, whichever was last. */
const LATEST = `
  select state from (
    (select state, started_at as at from attempts a, lateral ${LINE} line
     where line_of = $1
       and not exists (select from attempts later where later.request_id = a.request_id
                       and (later.started_at, later.n) > (a.started_at, a.n) offset 0)
       and not exists (select from bulk_tries t where t.request_id = a.request_id and t.tried_at > a.started_at offset 0)
     order by started_at desc limit $2)
    union all
    (select state, tried_at as at from bulk_tries t, lateral ${LINE} line
     where line_of = $1
       and not exists (select from attempts a where a.request_id = t.request_id and a.started_at >= t.tried_at offset 0)
     order by tried_at desc limit $2)
  ) turns
  where at > coalesce((select max(acted_at) from bulk_acts
                       where bulk_id = $1 and refusal is null and act = 'go_on'), '-infinity')
  order by at desc limit $2`;

export async function markTried(db: Queryable, line: string, at: Date): Promise<void> {
  await db.query(
    `insert into bulk_tries (request_id, tried_at) values ($1, $2)
     on conflict (request_id) do update set tried_at = excluded.tried_at`,
    [line, at],
  );
}
