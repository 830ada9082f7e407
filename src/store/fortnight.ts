/** What fourteen local days brought, as the record's chain knew it up to one entry. Its cost is that of these days. */
import { z } from 'zod';
import { FORTNIGHT_DAYS, type Fortnight } from '../domain/fortnight.ts';
import { endStates } from '../domain/request.ts';
import type { Figures } from '../domain/summary.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';
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

const SpanRow = z.object({ since: z.date(), until: z.date() });

/** What the chain did not know yet: little, because a chart is drawn soon after its figures were made. */
const LATER = '(select request_id, n from chain where seq > $5)';

/** Ends with the last day of the figures, and what was carried out of it. */
export async function selectFortnight(
  db: Queryable,
  { last, zone, carriedOut, head }: Pick<Figures, 'last' | 'zone' | 'carriedOut' | 'head'>,
): Promise<Fortnight> {
  // Known before the rest is planned, so that PostgreSQL sees how few rows it is about.
  const { since, until } = await selectOne(
    db,
    SpanRow,
    `select ($1::date - $3::int)::timestamp at time zone $2 as since,
       ($1::date + 1)::timestamp at time zone $2 as until`,
    [last, zone, FORTNIGHT_DAYS - 1],
  );
  const days = await selectAll(
    db,
    DayRow,
    // Materialized, or each of the days would gather all of them anew.
    `with opened as materialized (
       select (r.requested_at at time zone $4)::date as date from requests r
       where r.requested_at >= $1 and r.requested_at < $2
         and (r.id, r.entry) not in ${LATER}
     ),
     touched as (
       select request_id as id from decisions
       where decided_at >= $1 and decided_at < $2 and refusal is null
         and act in ('reject', 'withdraw', 'expire', 'lapse')
       union
       select request_id from outcomes
       where learnt_at >= $1 and learnt_at < $2 and type in ('cancelled', 'refused')
       union
       -- By the clock of another process, it may have ended before it began.
       select id from requests where requested_at >= $1 and requested_at < $2
     ),
     ended as (
       select (s.ended_at at time zone $4)::date as date, s.state, s.currency,
         count(*) as count, sum(s.amount_minor) as minor
       from touched, lateral (select * from request_spans s where s.id = touched.id offset 0) s
       where s.ended_at >= $1 and s.ended_at < $2
         and (s.id, s.entry) not in ${LATER}
       group by 1, 2, 3
     ),
     ways as materialized (
       select date, state, jsonb_build_object('state', state, 'count', sum(count),
         'withoutAmount', coalesce(sum(count) filter (where currency is null), 0),
         'money', coalesce(jsonb_agg(jsonb_build_object('minor', minor::text, 'currency', currency) order by currency)
           filter (where currency is not null), '[]')) as way
       from ended group by date, state
     )
     select day::date::text as date,
       (select count(*) from opened where date = day::date) as opened,
       (select coalesce(jsonb_agg(way order by state), '[]') from ways where date = day::date) as ended
     from generate_series($3::date - $6::int, $3::date::timestamp, interval '1 day') day order by day`,
    [since, until, last, zone, head?.seq ?? 0, FORTNIGHT_DAYS - 1],
  );
  return { zone, days, carriedOut };
}
