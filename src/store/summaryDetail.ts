/** Every request that a summary counts, as the record's chain knew it when its figures were made. */
import { z } from 'zod';
import { providerNames } from '../domain/provider.ts';
import { states } from '../domain/request.ts';
import type { Figures } from '../domain/summary.ts';
import { DETAIL_LINES, type Detail, type DetailLine } from '../usecases/summaryFiles.ts';
import { type Queryable, selectAll } from './pool.ts';
import { Count, MoneyJson } from './rows.ts';
import { selectBefore } from './summaries.ts';

const State = z.enum(states);

const LineRow = z
  .object({
    of: Count,
    number: Count,
    bulk: Count.nullable(),
    account: z.string(),
    provider: z.enum(providerNames),
    payment: z.string(),
    amount: MoneyJson.nullable(),
    partial: z.boolean(),
    ticket: z.string().nullable(),
    requester: z.string(),
    requested_at: z.date(),
    is_opened: z.boolean(),
    ended_as: State.nullable(),
    ended_at: z.date().nullable(),
    state: State,
    approvers: z.array(z.string()),
    approved_at: z.date().nullable(),
    ended_by: z.string().nullable(),
    refusal: z.string().nullable(),
  })
  .transform(({ of, requested_at, is_opened, ended_as, ended_at, approved_at, ended_by, ...row }) => {
    const ended = ended_as === null || ended_at === null ? null : { state: ended_as, at: ended_at };
    const line: DetailLine = {
      ...row,
      ended,
      requestedAt: requested_at,
      isOpened: is_opened,
      approvedAt: approved_at,
      endedBy: ended_by,
    };
    return { of, line };
  });

/** As far back is looked for what was recorded only after the summary of its day. */
const EARLIEST = `$1::timestamptz - interval '2 days'`;

/**
 * Rows of the time from `$1` on, and those of the two days before that the summary before could not know.
 * @param of the column that says what a row's entry of the chain is about
 */
function newsIn(table: string, time: string, of: string, where: string): string {
  return `
    select ${of} from ${table} where ${time} >= $1 and ${where}
    union
    select ${of} from ${table} x where ${time} >= ${EARLIEST} and ${time} < $1 and ${where}
      and (select seq from chain c where c.request_id = x.${of} and c.n = x.entry) > coalesce($3::bigint, $4)`;
}

/**
 * `$1` and `$2` are when the days began and ended, `$3` and `$4` the newest entry of the chain when the summary before
 * was made, null where there is none, and when this one was.
 */
const QUERY = `
  with seen as (
    ${newsIn('requests', 'requested_at', 'id', 'requested_at < $2')}
    union
    select id from requests
    where state in ('pending', 'approved', 'sending', 'accepted', 'unknown') and requested_at < $2
    union
    ${newsIn('decisions', 'decided_at', 'request_id', `refusal is null and act in ('reject', 'withdraw', 'expire', 'lapse')`)}
    union
    ${newsIn('outcomes', 'learnt_at', 'request_id', `type in ('cancelled', 'refused')`)}
  ),
  known as (
    select one.* from seen, lateral (
      select r.*, s.state as end_state, s.ended_at, s.entry as end_entry,
        r.requested_at >= $1 or r.requested_at >= ${EARLIEST} and opened.seq > $3::bigint as is_opened,
        coalesce(ending.seq <= $4 and s.ended_at < $2, false) as is_ended,
        coalesce(s.ended_at >= $1 or s.ended_at >= ${EARLIEST} and ending.seq > $3::bigint, false) as is_news
      from requests r join request_spans s on s.id = r.id
      join chain opened on opened.request_id = r.id and opened.n = r.entry
      left join chain ending on ending.request_id = r.id and ending.n = s.entry
      where r.id = seen.id and r.requested_at < $2 and opened.seq <= $4
      offset 0
    ) one
  )
  select count(*) over () as of, k.number, b.number as bulk, k.account, k.provider, k.payment, k.partial, k.ticket,
    k.requester_user as requester, k.requested_at, coalesce(k.is_opened, false) as is_opened, k.state,
    case when k.currency is not null
      then jsonb_build_object('minor', k.amount_minor::text, 'currency', k.currency) end as amount,
    case when k.is_ended then k.end_state end as ended_as, case when k.is_ended then k.ended_at end as ended_at,
    approval.approvers, approval.approved_at,
    case when k.is_ended then (
      select d.person_user from decisions d where d.request_id = k.id and d.refusal is null and d.act <> 'approve'
      order by d.id desc limit 1) end as ended_by,
    case when k.is_ended and k.end_state = 'refused' then (
      select o.code from outcomes o where o.request_id = k.id and o.entry = k.end_entry) end as refusal
  from known k left join bulks b on b.id = k.bulk, lateral (
    select coalesce(array_agg(d.person_user order by d.id), '{}') as approvers, max(d.decided_at) as approved_at
    from decisions d where d.request_id = k.id and d.act = 'approve' and d.refusal is null and d.decided_at < $2
  ) approval
  where not k.is_ended or k.is_news
  order by k.number limit $5`;

export async function selectDetail(db: Queryable, channel: string, figures: Figures): Promise<Detail> {
  const before = await selectBefore(db, channel, figures);
  const { since, until, head } = figures;
  const bounds = [since, until, before?.seq ?? null, head?.seq ?? 0];
  const rows = await selectAll(db, LineRow, QUERY, [...bounds, DETAIL_LINES]);
  return { lines: rows.map(({ line }) => line), of: rows[0]?.of ?? 0 };
}
