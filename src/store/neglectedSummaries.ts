/** Jobs for summaries that should long have been posted, or shown with their sign-off. */
import { z } from 'zod';
import { kinds } from '../domain/summary.ts';
import type { Job } from '../usecases/job.ts';
import { type Queryable, selectAll } from './pool.ts';

const NeglectedRow = z
  .object({ kind: z.enum(kinds), date: z.string() })
  .transform((row): Job => ({ name: 'summarise', ...row }));

/** Each line waits long enough that the job of the ordinary way has had its chance. */
export async function selectNeglectedSummaries(db: Queryable, now: Date): Promise<readonly Job[]> {
  return selectAll(
    db,
    NeglectedRow,
    `(select 'day' as kind, local_date::text as date from summaries
      where ts is null and made_at < $1::timestamptz - interval '1 minute' limit 10)
     union all
     (select kind, local_date::text from roll_ups
      where ts is null and made_at < $1::timestamptz - interval '1 minute' limit 10)
     union all
     (select 'day', s.local_date::text from summaries s join sign_offs o using (channel, local_date)
      where s.asks_sign_off and not s.shows_sign_off and o.refusal is null
        and o.signed_at < $1::timestamptz - interval '1 minute' limit 10)`,
    [now],
  );
}
