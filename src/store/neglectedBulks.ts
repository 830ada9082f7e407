/** Jobs for everything about bulks that should long have happened. */
import { z } from 'zod';
import type { Job } from '../usecases/job.ts';
import { type Queryable, selectAll } from './pool.ts';

const NeglectedRow = z.discriminatedUnion('name', [
  z
    .object({ name: z.enum(['dispatch-bulk', 'announce-bulk']), of: z.string() })
    .transform(({ name, of }): Job => ({ name, bulk: of })),
  z
    .object({ name: z.literal('draft'), of: z.string() })
    .transform(({ name, of }): Job => ({ name, draft: of })),
]);

/** Each line waits long enough that the job of the ordinary way has had its chance. */
export async function selectNeglectedBulks(db: Queryable, now: Date): Promise<readonly Job[]> {
  return selectAll(
    db,
    NeglectedRow,
    `(select distinct 'dispatch-bulk' as name, r.bulk::text as of from requests r
      where r.bulk is not null and r.state in ('approved', 'sending')
        and 'pause' is distinct from (select act from bulk_acts where bulk_id = r.bulk and refusal is null order by id desc limit 1)
        and not exists (select from bulk_acts a where a.bulk_id = r.bulk and a.acted_at
          between $1::timestamptz - interval '2 minutes' and $1::timestamptz + interval '2 minutes')
        and not exists (select from requests l join attempts a on a.request_id = l.id where l.bulk = r.bulk and a.started_at
          between $1::timestamptz - interval '1 minute' and $1::timestamptz + interval '1 minute')
      limit 50)
     union all
     -- A bulk that is being sent is announced by itself every few seconds; this is for what is left when that ends.
     (select distinct 'announce-bulk', r.bulk::text from requests r
      where r.bulk is not null and r.announced < r.version and r.requested_at < $1::timestamptz - interval '1 minute'
      limit 50)
     union all
     -- Of those that are over, what nobody could be told for a month is not told any more. With one end only, a plan for any
     -- time would take it for a third of all bulks.
     (select 'announce-bulk', b.id::text from (
        select id from bulks
        where requested_at >= $1::timestamptz - interval '30 days' and requested_at < $1::timestamptz
        union
        select bulk from requests where bulk is not null
          and state in ('pending', 'approved', 'sending', 'accepted', 'unknown')) lately,
        lateral (select * from bulks where id = lately.id offset 0) b
      where b.requested_at < $1::timestamptz - interval '1 minute' and b.announced <
        1 + (select count(*) from bulk_acts a where a.bulk_id = b.id and a.refusal is null)
      limit 50)
     union all
     (select 'announce-bulk', m.request_id::text from messages m join bulks b on b.id = m.request_id
      where m.kind = 'headline' and m.seen_at < $1::timestamptz - interval '5 minutes'
        and exists (select from requests r where r.bulk = b.id and r.state in ('pending', 'approved', 'sending'))
      order by m.seen_at limit 5)
     union all
     (select 'draft', d.id::text from bulk_drafts d
      where (d.asked_at is null or d.bulk is not null) and d.begun_at < $1::timestamptz - interval '2 minutes'
      limit 50)`,
    [now],
  );
}
