/** What each summary ought to count, from the tables alone and by another way than Countersign counts. */
import type { Client } from 'pg';
import { z } from 'zod';

const Expected = z.object({
  kind: z.enum(['day', 'week', 'month']),
  date: z.string(),
  first: z.string(),
  since: z.date(),
  until: z.date(),
  opened: z.number(),
  ended: z.number(),
  carriedIn: z.number(),
  carriedOut: z.number(),
  /** By state, account and currency: how many, and how much in minor units. */
  sums: z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.number(), z.string().nullable()])),
  figures: z.unknown(),
});
export type Expected = z.infer<typeof Expected>;

/**
 * A summary counts what the record had until its entry of the chain and was before its end, less what the one before it
 * counted so. The first of a kind counts from its beginning.
 */
const QUERY = `
  with made as (
    select 'day' as kind, channel, local_date, first_date, since, until, figures from summaries
    union all select kind, channel, local_date, first_date, since, until, figures from roll_ups
  ),
  placed as (
    select *, (figures->'head'->>'seq')::bigint as seq,
      coalesce(lag((figures->'head'->>'seq')::bigint) over (partition by kind order by local_date),
               (figures->'head'->>'seq')::bigint) as seq_before
    from made
  ),
  ends as (
    select distinct on (c.request_id) c.request_id, c.seq, e.at, e.state
    from (
      select request_id, entry, decided_at as at,
        (array['rejected', 'withdrawn', 'expired', 'lapsed'])[array_position(array['reject', 'withdraw', 'expire', 'lapse'], act)] as state
      from decisions where refusal is null and act not in ('approve', 'find', 'find_cancelled', 'find_refused')
      union all
      select request_id, entry, learnt_at, type from outcomes where type = 'cancelled' or type = 'refused'
    ) e join chain c on c.request_id = e.request_id and c.n = e.entry
    order by c.request_id, c.seq
  ),
  facts as (
    select r.account, r.currency, r.amount_minor, r.requested_at as asked, c.seq as asked_seq, e.at as ended, e.seq as ended_seq, e.state
    from requests r join chain c on c.request_id = r.id and c.n = 1 left join ends e on e.request_id = r.id
  )
  select p.kind, p.local_date::text as date, p.first_date::text as first, p.since, p.until, counted.*, p.figures,
    (select coalesce(json_agg(json_build_array(state, account, currency, many, much) order by state collate "C", account, coalesce(currency, '')), '[]')
     from (select state, account, currency, count(*) as many, sum(amount_minor)::text as much from facts
       where ended < p.until and ended_seq <= p.seq and not (ended < p.since and ended_seq <= p.seq_before)
       group by state, account, currency) sum) as sums
  from placed p, lateral (
    select
      (count(*) filter (where asked < p.until and asked_seq <= p.seq and not (asked < p.since and asked_seq <= p.seq_before)))::int as opened,
      (count(*) filter (where ended < p.until and ended_seq <= p.seq and not (ended < p.since and ended_seq <= p.seq_before)))::int as ended,
      (count(*) filter (where asked < p.since and asked_seq <= p.seq_before)
        - count(*) filter (where ended < p.since and ended_seq <= p.seq_before))::int as "carriedIn",
      (count(*) filter (where asked < p.until and asked_seq <= p.seq)
        - count(*) filter (where ended < p.until and ended_seq <= p.seq))::int as "carriedOut"
    from facts
  ) counted
  order by p.kind, p.local_date`;

export async function readTables(sql: Client): Promise<readonly Expected[]> {
  const { rows } = await sql.query(QUERY);
  return z.array(Expected).parse(rows);
}
