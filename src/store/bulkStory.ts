/** The story of a bulk, and how much of it Slack shows. */
import { z } from 'zod';
import { type BulkStory, countedActs, type LineStory } from '../usecases/bulkStory.ts';
import { selectBulk, selectBulkActs } from './bulks.ts';
import { countFreezeNews, selectFreezes } from './freezes.ts';
import { selectLines } from './lines.ts';
import { type Queryable, selectAll } from './pool.ts';

const LearntRow = z
  .object({
    id: z.string(),
    says: z.string().nullable(),
    code: z.string().nullable(),
    reference: z.string().nullable(),
    ended_at: z.date().nullable(),
  })
  .transform(({ ended_at, ...row }) => ({ ...row, lookUpsEndedAt: ended_at }));

export async function selectBulkStory(db: Queryable, id: string): Promise<BulkStory> {
  const bulk = await selectBulk(db, id);
  const requests = await selectLines(db, id);
  const rows = await selectAll(
    db,
    LearntRow,
    `select r.id, coalesce(o.says, d.note) as says, o.code, o.reference, l.ended_at
     from requests r
     left join lateral (
       select says, code, reference from outcomes where request_id = r.id order by entry desc limit 1) o on true
     left join lateral (
       select note from decisions where request_id = r.id and act = 'lapse' and refusal is null limit 1) d on true
     left join look_ups l on l.request_id = r.id
     where r.bulk = $1`,
    [id],
  );
  const learnt = new Map(rows.map((row) => [row.id, row]));
  return {
    bulk,
    standing: await selectFreezes(db, null),
    freezeNews: await countFreezeNews(db),
    acts: await selectBulkActs(db, id),
    lines: requests.map((request): LineStory => {
      const {
        says = null,
        code = null,
        reference = null,
        lookUpsEndedAt = null,
      } = learnt.get(request.id) ?? {};
      return { request, says, code, reference, lookUpsEndedAt };
    }),
  };
}

export async function markBulkAnnounced(db: Queryable, story: BulkStory): Promise<void> {
  const { bulk, lines } = story;
  await db.query(
    // Locked in the order in which everybody locks them.
    `with shown as (
       select r.id, s.version from requests r join unnest($1::uuid[], $2::int[]) as s (id, version) on s.id = r.id
       where r.announced < s.version order by r.number for no key update of r
     )
     update requests r set announced = shown.version from shown where r.id = shown.id`,
    [lines.map(({ request }) => request.id), lines.map(({ request }) => request.version)],
  );
  await db.query(
    `update bulks set announced = $2 where id = $1 and announced < $2
     and not exists (select from messages where request_id = $1 and kind in ('headline', 'card') and version = 0)`,
    [bulk.id, countedActs(story).length + 1],
  );
}
