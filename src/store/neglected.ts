/** What should long have happened by the tables, as jobs: a job that was lost leaves its rows behind. */
import { z } from 'zod';
import type { Job } from '../usecases/job.ts';
import { type Queryable, selectAll } from './pool.ts';

const NeglectedRow = z.discriminatedUnion('name', [
  z
    .object({ name: z.enum(['dispatch', 'look-up', 'announce']), of: z.string() })
    .transform(({ name, of }): Job => ({ name, request: of })),
  z
    .object({ name: z.literal('alarm'), of: z.string(), notice: z.string() })
    .transform(({ name, of, notice }): Job => ({ name, account: of, notice })),
  z
    .object({ name: z.literal('home'), of: z.string() })
    .transform(({ name, of }): Job => ({ name, user: of })),
  z
    .object({ name: z.literal('freeze'), of: z.string() })
    .transform(({ name, of }): Job => ({ name, freeze: of })),
]);

/**
 * Each line waits long enough that the job of the ordinary way has had its chance. What happened in the future was
 * recorded by a clock that was put back since, and is not waited for.
 */
export async function selectNeglected(db: Queryable, now: Date): Promise<readonly Job[]> {
  return selectAll(
    db,
    NeglectedRow,
    `(select 'dispatch' as name, r.id::text as of, null as notice from requests r
      where r.state = 'approved' and r.bulk is null and not exists (
        select from decisions d where d.request_id = r.id and d.refusal is null and d.decided_at
          between $1::timestamptz - interval '2 minutes' and $1::timestamptz + interval '2 minutes')
      limit 200)
     union all
     (select 'dispatch', r.id::text, null from requests r
      where r.state = 'sending' and r.bulk is null and not exists (
        select from attempts a where a.request_id = r.id and a.started_at
          between $1::timestamptz - interval '1 minute' and $1::timestamptz + interval '1 minute')
      limit 200)
     union all
     (select 'look-up', request_id::text, null from look_ups where due_at < $1::timestamptz - interval '30 seconds'
      order by due_at limit 200)
     union all
     (select 'announce', id::text, null from requests
      where announced < version and bulk is null and requested_at < $1::timestamptz - interval '1 minute' limit 200)
     union all
     -- Whether its messages still stand; a few a minute, because Slack limits how often threads are read.
     (select 'announce', m.request_id::text, null from messages m join requests r on r.id = m.request_id
      where m.kind = 'headline' and m.seen_at < $1::timestamptz - interval '5 minutes'
        and r.state in ('pending', 'approved', 'sending', 'accepted', 'unknown')
      order by m.seen_at limit 15)
     union all
     (select 'alarm', account, notice from untold_notices
      where received_at < $1::timestamptz - interval '1 minute' limit 10)
     union all
     (select 'home', user_id, null from homes
      where shown < wanted and wanted_at < $1::timestamptz - interval '1 minute'
        and opened_at > $1::timestamptz - interval '1 hour' limit 50)
     union all
     (select 'freeze', f.id::text, null from freezes f cross join lateral (
        select 1 + count(*) as version, greatest(f.frozen_at, max(l.agreed_at)) as changed_at
        from lifts l where l.freeze_number = f.number and l.refusal is null) news
      where f.refusal is null and changed_at not
          between $1::timestamptz - interval '1 minute' and $1::timestamptz + interval '1 minute'
        and (f.announced < news.version or not exists (
          select from messages m where m.request_id = f.id and m.kind = 'freeze' and m.version >= news.version))
      limit 10)`,
    [now],
  );
}
