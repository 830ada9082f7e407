/** How the record and the queue stand, in figures. Every query looks only at what is open, by an index of its own. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';
import { OPEN } from './requests.ts';
import { Count } from './rows.ts';

export interface Gauges {
  /**
   * `oldestSeconds`: since it was asked for, approved, or sent, whatever came last. An approved line of a bulk has its
   * turn with its bulk, which may take hours or wait for a person, so it counts as 0.
   */
  readonly requests: readonly OpenRequests[];
  /** `lagSeconds`: how long the oldest job that is ready has been waiting; 0 when none is. */
  readonly queues: readonly QueueNow[];
  /** Whose look-ups bring nothing more. */
  readonly waitingForPerson: number;
  /** Slack does not show their latest version. */
  readonly unannounced: number;
  readonly unpostedSummaries: number;
  /** Posted, and nobody signed them off yet. */
  readonly unsignedSummaries: number;
  readonly shortGroups: number;
  readonly standingFreezes: number;
  readonly chainEntries: number;
  readonly unsignedEntries: number;
  /** Since the head of the chain was signed last; null while none was. */
  readonly headAgeSeconds: number | null;
}

const OpenRequests = z
  .object({ state: z.enum(states), count: Count, oldest_seconds: z.number() })
  .transform(({ oldest_seconds, ...row }) => ({ ...row, oldestSeconds: oldest_seconds }));
type OpenRequests = z.output<typeof OpenRequests>;

const QueueNow = z
  .object({ queue: z.string(), ready: Count, waiting: Count, active: z.number(), lag_seconds: z.number() })
  .transform(({ lag_seconds, ...row }) => ({ ...row, lagSeconds: lag_seconds }));
type QueueNow = z.output<typeof QueueNow>;

const Others = z.object({
  waiting_for_person: Count,
  unannounced: Count,
  unposted_summaries: Count,
  unsigned_summaries: Count,
  short_groups: Count,
  standing_freezes: Count,
  chain_entries: Count,
  signed_entries: Count,
  head_age_seconds: z.number().nullable(),
});

export async function selectGauges(db: Queryable): Promise<Gauges> {
  const requests = await selectAll(
    db,
    OpenRequests,
    `select r.state, count(*),
       -- In states that follow an approval, since the last of them, or since the attempt.
       coalesce(extract(epoch from now() - min(case r.state when 'pending' then r.requested_at
         else coalesce(a.started_at, d.decided_at, r.requested_at) end)
         filter (where r.state <> 'approved' or r.bulk is null)), 0)::float8 as oldest_seconds
     from requests r
     left join lateral (select max(started_at) as started_at from attempts where request_id = r.id) a on true
     left join lateral (select max(decided_at) as decided_at from decisions
       where request_id = r.id and act = 'approve' and refusal is null) d on true
     where r.state in (${OPEN})
     group by r.state`,
  );
  const queues = await selectAll(
    db,
    QueueNow,
    `select q.name as queue, coalesce(j.ready, 0) as ready, coalesce(j.waiting, 0) as waiting,
       -- The queue counts those by itself, every few seconds.
       q.active_count as active, coalesce(j.lag_seconds, 0) as lag_seconds
     from pgboss.queue q
     left join (
       select name, count(*) filter (where start_after <= now()) as ready,
         count(*) filter (where start_after > now()) as waiting,
         extract(epoch from now() - min(start_after) filter (where start_after <= now()))::float8 as lag_seconds
       from pgboss.job where state < 'active' and not blocked
       group by name
     ) j on j.name = q.name
     where q.name not like '\\_\\_%'`,
  );
  const others = await selectOne(
    db,
    Others,
    `select
       (select count(*) from look_ups l join requests r on r.id = l.request_id
        where r.state in ('accepted', 'unknown') and l.ended_at is not null) as waiting_for_person,
       (select count(*) from requests where announced < version) as unannounced,
       (select count(*) from summaries where ts is null) as unposted_summaries,
       (select count(*) from summaries s where asks_sign_off and not shows_sign_off and ts is not null
          and not exists (select from sign_offs o where o.channel = s.channel and o.local_date = s.local_date
                            and o.refusal is null)) as unsigned_summaries,
       (select count(*) from shortages where ended_at is null) as short_groups,
       (select count(*) from standing_freezes) as standing_freezes,
       coalesce((select max(seq) from chain), 0) as chain_entries,
       coalesce((select max(seq) from heads), 0) as signed_entries,
       (select extract(epoch from now() - signed_at)::float8 from heads order by seq desc limit 1) as head_age_seconds`,
  );
  return {
    requests,
    queues,
    waitingForPerson: others.waiting_for_person,
    unannounced: others.unannounced,
    unpostedSummaries: others.unposted_summaries,
    unsignedSummaries: others.unsigned_summaries,
    shortGroups: others.short_groups,
    standingFreezes: others.standing_freezes,
    chainEntries: others.chain_entries,
    unsignedEntries: Math.max(0, others.chain_entries - others.signed_entries),
    headAgeSeconds: others.head_age_seconds,
  };
}
