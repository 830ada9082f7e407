/** Which local days there are, and which of them have to be summarised. PostgreSQL knows the zones, so it does the calendar. */
import { z } from 'zod';
import type { Period } from '../domain/summary.ts';
import type { Calendar, Track } from '../usecases/summaries.ts';
import { type Queryable, selectOne, selectOptional } from './pool.ts';
import { Count } from './rows.ts';

const DayRow = z.object({ day: z.string() });

export async function selectLocalDay(
  db: Queryable,
  now: Date,
  zone: string,
  offsetDays: number,
): Promise<string> {
  const { day } = await selectOne(
    db,
    DayRow,
    `select (($1::timestamptz at time zone $2)::date + $3::int)::text as day`,
    [now, zone, offsetDays],
  );
  return day;
}

const PeriodRow = z
  .object({
    first: z.string(),
    last: z.string(),
    days: Count,
    since: z.date(),
    until: z.date(),
    due_at: z.date(),
  })
  .transform(({ due_at, ...row }) => ({ ...row, dueAt: due_at }));

/** The days of the zone `$1`: a day that it skipped is none. The summary of a day comes on the day `next` to it. */
function daysFrom(from: string, to: string): string {
  return `(
    select day::date as day, since, until, (until at time zone $1)::date as next
    from generate_series((${from})::timestamp, (${to})::timestamp, interval '1 day') day, lateral (
      select day at time zone $1 as since, (day + interval '1 day') at time zone $1 as until) span
    where until > since)`;
}

const SpanRow = z.object({ since: z.date(), until: z.date() });

/** By itself, whatever was summarised before it. */
export async function selectDay(db: Queryable, day: string, zone: string): Promise<Omit<Period, 'dueAt'>> {
  const span = await selectOne(
    db,
    SpanRow,
    `select $1::date::timestamp at time zone $2 as since, ($1::date + 1)::timestamp at time zone $2 as until`,
    [day, zone],
  );
  return { kind: 'day', first: day, last: day, days: 1, zone, ...span };
}

/** Further back than the longest period begins, where none was summarised. */
const LOOK_BACK_DAYS = 70;

/**
 * All that is due of a kind and has no summary yet, as one period; undefined when nothing is. What follows a summary
 * begins where that ended, also in another zone; the first of all is of what ended with yesterday, and never late. An hour
 * that a clock change skips has come once the clock is past it.
 */
export async function selectDuePeriod(
  db: Queryable,
  { kind, weekday }: Track,
  { time, zone }: Calendar,
  now: Date,
  before: Pick<Period, 'last' | 'until'> | undefined,
): Promise<Period | undefined> {
  const row = await selectOptional(
    db,
    PeriodRow,
    `with clock as (select $2::timestamptz at time zone $1 as local),
     days as (
       select days.* from clock, lateral ${daysFrom(
         `coalesce($5::date + 1, local::date - ${LOOK_BACK_DAYS})`,
         'local::date - 1',
       )} days
     ),
     ending as (
       select day as last, until, next, case $4 when 'week' then day - 6
         when 'month' then date_trunc('month', day::timestamp)::date else day end as whole
       from days, clock
       where local >= next + $3::time and until <= $2 and case when $6::timestamptz is null then next = local::date else until > $6 end and case $4
         when 'week' then extract(isodow from next) = $7
         when 'month' then extract(day from next) = 1
         else true end
       order by day desc limit 1
     ),
     beginning as (
       select case when $5::date is null then whole else (select min(day) from days) end as first from ending
     )
     select first::text, last::text, until,
       case when $6::timestamptz is null then $2 else (next + $3::time) at time zone $1 end as due_at,
       (select count(*) from days where day between first and last) as days,
       coalesce($6, first::timestamp at time zone $1) as since
     from ending, beginning`,
    [zone, now, time, kind, before?.last ?? null, before?.until ?? null, weekday],
  );
  return row && { kind, zone, ...row };
}
