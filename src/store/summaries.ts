/** The figures of a local day, and which days were summarised. Postgres knows the zones, so it does the calendar. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import { type Figures, WAITING_SHOWN } from '../domain/summary.ts';
import { NO_REQUEST } from '../record/entry.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { Count, MoneyJson, toJson } from './rows.ts';

const State = z.enum(states);
const DateJson = z.union([z.date(), z.iso.datetime({ offset: true }).transform((text) => new Date(text))]);

const FiguresJson = z.object({
  date: z.iso.date(),
  zone: z.string(),
  since: DateJson,
  until: DateJson,
  carriedIn: z.number(),
  opened: z.number(),
  ended: z.array(
    z.object({ state: State, count: z.number(), money: z.array(MoneyJson), withoutAmount: z.number() }),
  ),
  carriedOut: z.number(),
  refusedTries: z.number(),
  waiting: z.array(
    z.object({
      number: z.number(),
      account: z.string(),
      state: State,
      amount: MoneyJson.nullable(),
      requestedAt: DateJson,
    }),
  ),
  waitingCount: z.number(),
});

const TextRow = z.object({ text: z.string() });

export async function selectLocalDay(
  db: Queryable,
  now: Date,
  zone: string,
  offsetDays: number,
): Promise<string> {
  const { text } = await selectOne(
    db,
    TextRow,
    `select (($1::timestamptz at time zone $2)::date + $3::int)::text as text`,
    [now, zone, offsetDays],
  );
  return text;
}

export async function selectDueDay(
  db: Queryable,
  now: Date,
  time: string,
  zone: string,
): Promise<string | undefined> {
  // An hour that a clock change skips counts as come as soon as the clock is past it.
  const due = await selectOptional(
    db,
    TextRow,
    `select ((local)::date - 1)::text as text
     from (select $1::timestamptz at time zone $3 as local) clock
     where local::time >= $2::time`,
    [now, time, zone],
  );
  return due?.text;
}

const DayRow = z.object({
  since: z.date(),
  until: z.date(),
  carried_in: Count,
  opened: Count,
  carried_out: Count,
  refused_tries: Count,
});

const EndedRow = z.object({ state: State, count: Count, without_amount: Count, money: z.array(MoneyJson) });

const WaitingRow = z
  .object({
    number: Count,
    account: z.string(),
    state: State,
    amount: MoneyJson.nullable(),
    requested_at: z.date(),
    of: Count,
  })
  .transform(({ requested_at, ...row }) => ({ ...row, requestedAt: requested_at }));

export async function selectFigures(db: Queryable, date: string, zone: string): Promise<Figures> {
  const day = await selectOne(
    db,
    DayRow,
    `with day as (
       select $1::date::timestamp at time zone $2 as since, ($1::date + 1)::timestamp at time zone $2 as until
     )
     select since, until,
       (select count(*) from request_spans s where s.requested_at < since
          and (s.ended_at is null or s.ended_at >= since)) as carried_in,
       (select count(*) from request_spans s where s.requested_at >= since and s.requested_at < until) as opened,
       (select count(*) from request_spans s where s.requested_at < until
          and (s.ended_at is null or s.ended_at >= until)) as carried_out,
       (select count(*) from decisions d
        where d.refusal is not null and d.decided_at >= since and d.decided_at < until) as refused_tries
     from day`,
    [date, zone],
  );
  const ended = await selectAll(
    db,
    EndedRow,
    `with sums as (
       select s.state, s.currency, count(*) as count, sum(s.amount_minor) as minor
       from request_spans s where s.ended_at >= $1 and s.ended_at < $2
       group by s.state, s.currency
     )
     select state, sum(count)::bigint as count,
       coalesce(sum(count) filter (where currency is null), 0)::bigint as without_amount,
       coalesce(jsonb_agg(jsonb_build_object('minor', minor::text, 'currency', currency) order by currency)
         filter (where currency is not null), '[]') as money
     from sums group by state order by state`,
    [day.since, day.until],
  );
  const waiting = await selectAll(
    db,
    WaitingRow,
    `select number, account, state, requested_at, count(*) over () as of,
       case when currency is not null
         then jsonb_build_object('minor', amount_minor::text, 'currency', currency) end as amount
     from requests where state in ('pending', 'approved', 'sending', 'accepted', 'unknown')
     order by state <> 'unknown', state <> 'accepted', number limit $1`,
    [WAITING_SHOWN],
  );
  return {
    date,
    zone,
    since: day.since,
    until: day.until,
    carriedIn: day.carried_in,
    opened: day.opened,
    ended: ended.map(({ without_amount, ...row }) => ({ ...row, withoutAmount: without_amount })),
    carriedOut: day.carried_out,
    refusedTries: day.refused_tries,
    waiting: waiting.map(({ of: _of, ...row }) => row),
    waitingCount: waiting[0]?.of ?? 0,
  };
}

export async function hasSummary(db: Queryable, channel: string, date: string): Promise<boolean> {
  const { rowCount } = await db.query('select from summaries where channel = $1 and local_date = $2', [
    channel,
    date,
  ]);
  return rowCount === 1;
}

export async function insertSummary(
  db: Queryable,
  ledger: Ledger,
  channel: string,
  figures: Figures,
  madeAt: Date,
): Promise<boolean> {
  const { date, zone, since, until } = figures;
  const json = toJson(figures);
  const { rowCount } = await db.query(
    `insert into summaries (channel, local_date, zone, since, until, figures, made_at, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (channel, local_date) do nothing`,
    [channel, date, zone, since, until, json, madeAt, await ledger.nextNumber(NO_REQUEST)],
  );
  if (rowCount === 0) return false;
  const data = { channel, date, figures: z.record(z.string(), z.json()).parse(JSON.parse(json)) };
  await ledger.enter(NO_REQUEST, madeAt, { type: 'summary', data });
  return true;
}

export async function selectUnpostedSummary(
  db: Queryable,
  channel: string,
  date: string,
): Promise<Figures | undefined> {
  const row = await selectOptional(
    db,
    z.object({ figures: FiguresJson }),
    'select figures from summaries where channel = $1 and local_date = $2 and ts is null',
    [channel, date],
  );
  return row?.figures;
}

export async function saveSummaryPosted(
  db: Queryable,
  channel: string,
  date: string,
  ts: string,
): Promise<void> {
  await db.query('update summaries set ts = $3 where channel = $1 and local_date = $2', [channel, date, ts]);
}
