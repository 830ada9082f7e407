/** Queries on `homes` and `home_news`: whose Home is shown in Slack, and what it ought to show. */
import { z } from 'zod';
import type { Person } from '../domain/person.ts';
import { type KeptHome, type Section, sections } from '../usecases/home.ts';
import type { Cursor } from '../usecases/paging.ts';
import { type Queryable, selectAll, selectOptional } from './pool.ts';
import { toJson } from './rows.ts';

const CursorJson = z.union([
  z.object({ to: z.literal('start') }),
  z.object({ to: z.enum(['onwards', 'back']), from: z.number() }),
]);

const HomeRow = z
  .object({
    user_id: z.string(),
    team_id: z.string(),
    cursors: z.partialRecord(z.enum(sections), CursorJson),
    wanted: z.number(),
    shown: z.number(),
    hash: z.string().nullable(),
  })
  .transform(({ user_id, team_id, ...row }): KeptHome => ({
    ...row,
    person: { team: team_id, user: user_id },
  }));

export async function selectOptionalHome(db: Queryable, user: string): Promise<KeptHome | undefined> {
  return selectOptional(
    db,
    HomeRow,
    'select user_id, team_id, cursors, wanted, shown, hash from homes where user_id = $1',
    [user],
  );
}

export async function saveHomeOpened(db: Queryable, { team, user }: Person, at: Date): Promise<void> {
  await db.query(
    `insert into homes (user_id, team_id, opened_at, wanted_at) values ($1, $2, $3, $3)
     on conflict (user_id) do update
     set team_id = excluded.team_id, opened_at = $3, cursors = '{}', wanted = homes.wanted + 1, wanted_at = $3`,
    [user, team, at],
  );
}

export async function saveHomeCursor(
  db: Queryable,
  { team, user }: Person,
  section: Section,
  cursor: Cursor,
  at: Date,
): Promise<void> {
  await db.query(
    `insert into homes (user_id, team_id, opened_at, wanted_at, cursors) values ($1, $2, $3, $3, $4)
     on conflict (user_id) do update
     set opened_at = $3, cursors = homes.cursors || excluded.cursors, wanted = homes.wanted + 1, wanted_at = $3`,
    [user, team, at, toJson({ [section]: cursor })],
  );
}

/** Never back: whoever is slower has shown no more than what was wanted when they looked. */
export async function saveHomeShown(
  db: Queryable,
  user: string,
  {
    shown,
    hash,
    groups,
  }: { readonly shown: number; readonly hash: string | null; readonly groups: readonly string[] },
): Promise<void> {
  await db.query('update homes set shown = greatest(shown, $2), hash = $3, groups = $4 where user_id = $1', [
    user,
    shown,
    hash,
    groups,
  ]);
}

export async function forgetHomeHash(db: Queryable, user: string, hash: string): Promise<void> {
  await db.query('update homes set hash = null where user_id = $1 and hash = $2', [user, hash]);
}

const BehindRow = z.object({ user_id: z.string() });

/**
 * Gives whose they are: the requester's, by all their accounts, those of the groups in the rule, and those that are being
 * shown for the first time, of which the groups are not known yet.
 */
export async function markHomesBehind(
  db: Queryable,
  { subject, version }: { readonly subject: string; readonly version: number },
  { requesters, groups }: { readonly requesters: readonly string[]; readonly groups: readonly string[] },
  openedSince: Date,
  at: Date,
): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    BehindRow,
    // Locked in one order, so that two changes at once don't wait for each other.
    `with told as (
       insert into home_news (request_id, version) values ($5, $6)
       on conflict (request_id) do update set version = excluded.version
         where home_news.version <> excluded.version
       returning 1),
     concerned as (
       select user_id from homes
       where exists (select from told) and opened_at >= $3
         and (user_id = any($1) or groups && $2 or shown = 0)
       order by user_id for update)
     update homes h set wanted = h.wanted + 1, wanted_at = $4 from concerned c where h.user_id = c.user_id
     returning h.user_id`,
    [requesters, groups, openedSince, at, subject, version],
  );
  return rows.map(({ user_id }) => user_id);
}
