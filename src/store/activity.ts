/** What a period brought: what was opened, decided, learnt and ended in it, counted once and from one query. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import type { Figures } from '../domain/summary.ts';
import { type Queryable, selectOne } from './pool.ts';
import { MoneyJson } from './rows.ts';

/**
 * Rows of the time from `$1` until `$2`, and those of the two days before that were recorded after entry `$3`: the summary
 * before could not know them. `$3` is null where nothing came before. What is recorded even later is not counted, and
 * shows as figures that do not add up.
 * @param of the column that says what a row's entry of the chain is about
 */
function within(table: string, time: string, of = 'request_id'): string {
  return `(
    select x.* from ${table} x where x.${time} >= $1 and x.${time} < $2
    union all
    select x.* from ${table} x join chain c on c.request_id = x.${of} and c.n = x.entry
    where x.${time} >= $1::timestamptz - interval '2 days' and x.${time} < $1 and c.seq > $3::bigint)`;
}

const ENDING_ACTS = `'reject', 'withdraw', 'expire', 'lapse'`;

const EVENTS = `
  opened as (select * from ${within('requests', 'requested_at', 'id')} opened),
  decided as (select * from ${within('decisions', 'decided_at')} decided),
  learnt as (select * from ${within('outcomes', 'learnt_at')} learnt),
  ended as (
    select s.* from (
      select request_id as id from decided where refusal is null and act in (${ENDING_ACTS})
      union select request_id from learnt where type in ('cancelled', 'refused')
      -- By the clock of another process, it may have ended before it began.
      union select id from opened
    ) touched, lateral (select * from request_spans s where s.id = touched.id offset 0) s
    where s.ended_at < $2 and (s.ended_at >= $1
      or exists (select from chain c where c.request_id = s.id and c.n = s.entry and c.seq > $3::bigint))
  ),
  approved as (
    select r.*, d.decided_at from decided d, lateral (select * from requests r where r.id = d.request_id offset 0) r
    where d.act = 'approve' and d.refusal is null
      and not exists (select from decisions later where later.request_id = d.request_id and later.entry > d.entry
        and later.act = 'approve' and later.refusal is null)
      and (r.state in ('approved', 'sending', 'accepted', 'unknown', 'cancelled', 'refused')
        or r.state = 'lapsed' and has_enough_approvals(r.id))
  ),
  -- What is decided on a bulk is decided once.
  deciding as (
    select coalesce('B-' || b.number, 'C-' || min(r.number)) as name,
      greatest(extract(epoch from min(r.decided_at) - min(r.requested_at)), 0)::bigint as seconds
    from (
      select id, number, bulk, requested_at, decided_at from approved
      union all
      select r.id, r.number, r.bulk, r.requested_at, d.decided_at from decided d join requests r on r.id = d.request_id
      where d.act = 'reject' and d.refusal is null
    ) r left join bulks b on b.id = r.bulk
    group by coalesce(b.id, r.id), b.number
  ),
  tries as (
    select refusal as why from decided where refusal is not null
    union all select refusal from ${within('bulk_acts', 'acted_at', 'bulk_id')} acts where refusal is not null
    union all select refusal from ${within('freezes', 'frozen_at', 'of_house')} freezes where refusal is not null
    union all select refusal from ${within('lifts', 'agreed_at', 'of_house')} lifts where refusal is not null
    union all select refusal from ${within('sign_offs', 'signed_at', 'of_house')} offs where refusal is not null
    -- They have no entry, so only their time tells.
    union all select why from refused_asks where refused_at >= $1 and refused_at < $2
  )`;

const MONEY = `case when currency is not null
  then jsonb_build_object('minor', sum(amount_minor)::text, 'currency', currency) end`;

/** @param from what is summed up by account and currency. @param by one more column that keeps sums apart */
function sums(from: string, by?: 'state'): string {
  const keys = ['account', ...(by === undefined ? [] : [by]), 'currency'].join(', ');
  const more = by === undefined ? '' : `'${by}', ${by}, `;
  return `(select coalesce(jsonb_agg(summed.sum order by ${keys}), '[]') from (
    select ${keys}, jsonb_build_object(${more}'account', account, 'count', count(*), 'money', ${MONEY}) as sum
    from ${from} group by ${keys}) summed)`;
}

const QUERY = `
  with ${EVENTS}
  select ${sums('opened')} as opened, ${sums('approved')} as approved, ${sums('ended', 'state')} as ended,
    jsonb_build_object(
      'opened', (select count(*) from opened where requested_at < $1),
      'ended', (select count(*) from ended where ended_at < $1)) as late,
    (select case when count(*) > 0 then jsonb_build_object(
       'count', count(*), 'medianSeconds', round(percentile_cont(0.5) within group (order by seconds)),
       'slowest', (select jsonb_build_object('name', name, 'seconds', seconds) from deciding
                   order by seconds desc, name limit 1)) end
     from deciding) as decided,
    (select coalesce(jsonb_agg(jsonb_build_object('account', account, 'code', code, 'count', count)
       order by count desc, account, code), '[]')
     from (select e.account, coalesce(o.code, '–') as code, count(*) as count
       from ended e join outcomes o on o.request_id = e.id and o.entry = e.entry
       where e.state = 'refused' group by 1, 2) refused) as refusals,
    (select coalesce(jsonb_agg(jsonb_build_object('why', why, 'count', count) order by count desc, why), '[]')
     from (select why, count(*) as count from tries group by why) counted) as tries,
    (select coalesce(jsonb_agg(jsonb_build_object(
       'name', 'C-' || number, 'account', account, 'state', state,
       'amount', jsonb_build_object('minor', amount_minor::text, 'currency', currency))
       order by place, currency), '[]')
     from (select *, row_number() over (partition by currency order by amount_minor desc, number) as place
       from ended where currency is not null) ranked where place <= 3) as largest`;

const SumJson = z.object({ account: z.string(), count: z.number(), money: MoneyJson.nullable() });

export const ActivityJson = z.object({
  opened: z.array(SumJson),
  approved: z.array(SumJson),
  ended: z.array(SumJson.extend({ state: z.enum(states) })),
  late: z.object({ opened: z.number(), ended: z.number() }),
  decided: z
    .object({
      count: z.number(),
      medianSeconds: z.number(),
      slowest: z.object({ name: z.string(), seconds: z.number() }),
    })
    .nullable(),
  refusals: z.array(z.object({ account: z.string(), code: z.string(), count: z.number() })),
  tries: z.array(z.object({ why: z.string(), count: z.number() })),
  largest: z.array(
    z.object({ name: z.string(), account: z.string(), state: z.enum(states), amount: MoneyJson }),
  ),
});
type Activity = z.infer<typeof ActivityJson>;

/** @param after the entry that was the newest when the summary before was made; null where there is none */
export async function selectActivity(
  db: Queryable,
  { since, until }: Pick<Figures, 'since' | 'until'>,
  after: number | null,
): Promise<Activity> {
  return selectOne(db, ActivityJson, QUERY, [since, until, after]);
}

const OpenAtRow = z.object({ count: z.bigint().transform(Number) });

/** How many requests were open at that moment. */
export async function countOpenAt(db: Queryable, at: Date): Promise<number> {
  const { count } = await selectOne(
    db,
    OpenAtRow,
    `select (
       select count(*) from requests
       where state in ('pending', 'approved', 'sending', 'accepted', 'unknown') and requested_at < $1
     ) + (
       select count(*) from (
         select request_id as id from decisions
         where decided_at >= $1 and refusal is null and act in (${ENDING_ACTS})
         union select request_id from outcomes where learnt_at >= $1 and type in ('cancelled', 'refused')
       ) touched, lateral (select * from request_spans s where s.id = touched.id offset 0) s
       where s.ended_at >= $1 and s.requested_at < $1
     ) as count`,
    [at],
  );
  return count;
}
