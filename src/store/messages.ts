/** Queries on `messages`: where a request or a bulk stands in Slack. */
import { z } from 'zod';
import type { Posted, Unposted } from '../usecases/story.ts';
import { type Queryable, selectAll } from './pool.ts';

const PostedRow = z
  .object({
    kind: z.string(),
    channel: z.string(),
    ts: z.string(),
    version: z.number(),
    edition: z.number(),
    editing_ms: z.number().nullable(),
    seen_at: z.date(),
  })
  .transform(({ seen_at, editing_ms, ...row }): Posted => ({
    ...row,
    seenAt: seen_at,
    editingForMs: editing_ms,
  }));

export async function selectPosted(db: Queryable, request: string): Promise<readonly Posted[]> {
  return selectAll(
    db,
    PostedRow,
    `select kind, channel, ts, version, edition, seen_at,
       (extract(epoch from now() - editing_at) * 1000)::float8 as editing_ms
     from messages where request_id = $1 order by kind`,
    [request],
  );
}

const SAVE = `
  insert into messages (request_id, kind, channel, ts, version) values ($1, $2, $3, $4, $5)
  on conflict (request_id, kind) do update
  set channel = excluded.channel, ts = excluded.ts, version = excluded.version,
    edition = messages.edition + 1, editing_at = null
  where messages.edition = $6`;

export async function savePosted(
  db: Queryable,
  request: string,
  { kind, channel, ts, version }: Unposted,
  after: number,
): Promise<boolean> {
  const { rowCount } = await db.query(SAVE, [request, kind, channel, ts, version, after]);
  return rowCount === 1;
}

export async function saveDelivered(
  db: Queryable,
  name: string,
  request: string,
  { kind, channel, ts, version }: Unposted,
  after: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with saved as (${SAVE} returning kind),
     ended as (delete from deliveries where name = $7),
     forgotten as (
       delete from messages where request_id = $1 and exists (select from saved where kind = 'headline')
       and (kind = 'card' or kind like 'thread:%' or kind like 'file:%'))
     select from saved`,
    [request, kind, channel, ts, version, after, name],
  );
  return rowCount === 1;
}

export async function beginEdit(
  db: Queryable,
  request: string,
  kind: string,
  after: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'update messages set editing_at = now(), edition = edition + 1 where request_id = $1 and kind = $2 and edition = $3',
    [request, kind, after],
  );
  return rowCount === 1;
}

export async function endEdit(db: Queryable, request: string, kind: string): Promise<void> {
  await db.query('update messages set editing_at = null where request_id = $1 and kind = $2', [
    request,
    kind,
  ]);
}

export async function doubtPosted(db: Queryable, request: string, kind: string): Promise<void> {
  await db.query(
    'update messages set version = 0, edition = edition + 1 where request_id = $1 and kind = $2',
    [request, kind],
  );
  await db.query('update requests set announced = 0 where id = $1', [request]);
  await db.query('update bulks set announced = 0 where id = $1', [request]);
}

export async function markSeen(db: Queryable, request: string, at: Date): Promise<void> {
  await db.query(`update messages set seen_at = $2 where request_id = $1 and kind = 'headline'`, [
    request,
    at,
  ]);
}

export async function markAnnounced(db: Queryable, request: string, version: number): Promise<void> {
  await db.query(
    `update requests set announced = $2 where id = $1 and announced < $2
     and not exists (select from messages where request_id = $1 and kind in ('headline', 'card') and version < $2)`,
    [request, version],
  );
}
