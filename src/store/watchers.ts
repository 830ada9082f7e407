/** Queries on `watchers`: who says that they are looking at a request. */
import { z } from 'zod';
import type { Person } from '../domain/person.ts';
import type { Watcher } from '../usecases/context.ts';
import { type Queryable, selectAll } from './pool.ts';

const WatcherRow = z
  .object({ person_team: z.string(), person_user: z.string(), since: z.date() })
  .transform(({ person_team, person_user, since }): Watcher => ({
    person: { team: person_team, user: person_user },
    since,
  }));

/** Not those who approved meanwhile: they are done. */
export async function selectWatchers(
  db: Queryable,
  request: string,
  after: Date,
): Promise<readonly Watcher[]> {
  return selectAll(
    db,
    WatcherRow,
    `select person_team, person_user, since from watchers w
     where request_id = $1 and since > $2 and not exists (
       select from decisions d
       where d.request_id = w.request_id and d.person_user = w.person_user and d.act = 'approve' and d.refusal is null)
     order by since, person_user limit 100`,
    [request, after],
  );
}

export async function saveWatcher(db: Queryable, request: string, { person, since }: Watcher): Promise<void> {
  await db.query(
    `insert into watchers (request_id, person_team, person_user, since) values ($1, $2, $3, $4)
     on conflict (request_id, person_user) do update set since = excluded.since`,
    [request, person.team, person.user, since],
  );
}

export async function deleteWatcher(
  db: Queryable,
  request: string,
  { user }: Person,
  after: Date,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from watchers where request_id = $1 and person_user = $2 and since > $3',
    [request, user, after],
  );
  return rowCount === 1;
}

const OverwatchedRow = z.object({ request_id: z.string() });

export async function selectOverwatched(db: Queryable, until: Date): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    OverwatchedRow,
    'select distinct request_id from (select request_id from watchers where since <= $1 order by since limit 1000) w',
    [until],
  );
  return rows.map(({ request_id }) => request_id);
}

export async function deleteOverdueWatchers(db: Queryable, request: string, until: Date): Promise<void> {
  await db.query('delete from watchers where request_id = $1 and since <= $2', [request, until]);
}
