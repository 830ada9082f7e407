/** What fourteen local days brought, as the record's chain knew it up to one entry. Its cost is that of these days. */
import { z } from 'zod';
import { FORTNIGHT_DAYS, type Fortnight } from '../domain/fortnight.ts';
import { endStates } from '../domain/request.ts';
import type { Figures } from '../domain/summary.ts';
import { type Queryable, selectAll } from './pool.ts';
import { Count, MoneyJson } from './rows.ts';

const EndedJson = z.object({
  state: z.enum(endStates),
  count: z.number(),
  withoutAmount: z.number(),
  money: z.array(MoneyJson),
});

const DayRow = z
  .object({ date: z.string(), opened: Count, ended: z.array(EndedJson) })
  .transform(({ date, opened, ended }) => {
    const cancelled = ended.find(({ state }) => state === 'cancelled');
    return {
      date,
      opened,
      ended: Object.fromEntries(ended.map(({ state, count }) => [state, count])),
      cancelled: cancelled?.money ?? [],
      withoutAmount: cancelled?.withoutAmount ?? 0,
    };
  });

/** Ends with the last day of the figures, and what was carried out of it. */
export async function selectFortnight(
  db: Queryable,
  { last, zone, carriedOut, head }: Pick<Figures, 'last' | 'zone' | 'carriedOut' | 'head'>,
): Promise<Fortnight> {
  const days = await selectAll(
    db,
    DayRow,
    `with days as (
       select day::date as date, day at time zone $2 as since, (day + interval '1 day') at time zone $2 as until
       from generate_series($1::date::timestamp - interval '1 day' * ($3 - 1), $1::date::timestamp, interval '1 day') day
     ),
     span as (select min(since) as since, max(until) as until from days),
     opened as (
       select (r.requested_at at time zone $2)::date as date from requests r join span on r.requested_at >= since and r.requested_at < until
       where exists (select from chain c where c.request_id = r.id and c.n = r.entry and c.seq <= $4)
     ),
     touched as (
       select d.request_id as id from decisions d join span on d.decided_at >= since and d.decided_at < until
       where d.refusal is null and d.act in ('reject', 'withdraw', 'expire', 'lapse')
       union
       select o.request_id from outcomes o join span on o.learnt_at >= since and o.learnt_at < until
       where o.type in ('cancelled', 'refused')
       union
       -- By the clock of another process, it may have ended before it began.
       select r.id from requests r join span on r.requested_at >= since and r.requested_at < until
     ),
     ended as (
       select (s.ended_at at time zone $2)::date as date, s.state, s.currency, count(*) as count, sum(s.amount_minor) as minor
       from touched join request_spans s using (id)
       join span on s.ended_at >= since and s.ended_at < until
       where exists (select from chain c where c.request_id = s.id and c.n = s.entry and c.seq <= $4)
       group by 1, 2, 3
     ),
     ways as (
       select date, state, jsonb_build_object('state', state, 'count', sum(count),
         'withoutAmount', coalesce(sum(count) filter (where currency is null), 0),
         'money', coalesce(jsonb_agg(jsonb_build_object('minor', minor::text, 'currency', currency) order by currency)
           filter (where currency is not null), '[]')) as way
       from ended group by date, state
     )
     select date::text, (select count(*) from opened o where o.date = days.date) as opened,
       (select coalesce(jsonb_agg(way order by state), '[]') from ways where ways.date = days.date) as ended
     from days order by date`,
    [last, zone, FORTNIGHT_DAYS, head?.seq ?? 0],
  );
  return { zone, days, carriedOut };
}
