/** What waits on somebody at this moment, what is held, and whose look-ups bring nothing. */
import { z } from 'zod';
import { type Figures, LISTED, waits } from '../domain/summary.ts';
import { ScopeRow } from './freezes.ts';
import { type Queryable, selectAll } from './pool.ts';
import { Count, DateJson, MoneyJson } from './rows.ts';

const OPEN = `state in ('pending', 'approved', 'sending', 'accepted', 'unknown')`;

export const ItemJson = z.object({
  name: z.string(),
  account: z.string(),
  lines: z.number(),
  money: z.array(MoneyJson),
  withoutAmount: z.number(),
  since: DateJson,
  deadline: DateJson,
});

const WaitingRow = z
  .object({ why: z.enum(waits), count: Count, more: Count, items: z.array(ItemJson) })
  .transform(({ why, count, more, items }) => ({ why, count, more, items }));

/** @param acceptedSince requests that a provider accepted later than this don't wait on anybody yet. */
export async function selectWaiting(
  db: Queryable,
  now: Date,
  acceptedSince: Date,
): Promise<Figures['waiting']> {
  return selectAll(
    db,
    WaitingRow,
    `with open as (
       select r.*, coalesce(o.learnt_at, r.requested_at) as since
       from requests r left join lateral (
         select min(learnt_at) as learnt_at from outcomes
         where request_id = r.id and type = r.state and r.state in ('unknown', 'accepted')
       ) o on true
       where ${OPEN}
     ),
     waiting as (
       select *, coalesce(bulk, id) as item from open
       where state = 'unknown'
         or state = 'accepted' and since <= $2
         or state = 'pending' and requested_at + (deadline - requested_at) / 2 <= $1
     ),
     items as (
       select state as why, item, min(number) as number, count(*) as lines,
         count(*) filter (where currency is null) as without_amount,
         min(account) as account, min(since) as since, min(deadline) as deadline, bool_or(bulk is not null) as is_bulk
       from waiting group by state, item
     ),
     placed as (
       select i.*, row_number() over (partition by why order by since, number) as place,
         sum(lines) over (partition by why) as requests, count(*) over (partition by why) as of
       from items i
     )
     select why, min(requests)::bigint as count, greatest(min(of) - $3, 0) as more, jsonb_agg(jsonb_build_object(
         'name', case when is_bulk then 'B-' || (select number from bulks where id = item) else 'C-' || number end,
         'account', account, 'lines', lines, 'withoutAmount', without_amount, 'since', since, 'deadline', deadline,
         'money', (select coalesce(jsonb_agg(jsonb_build_object('minor', minor::text, 'currency', currency) order by currency), '[]')
                   from (select currency, sum(amount_minor) as minor from waiting w
                     where w.item = placed.item and w.state = placed.why and currency is not null group by currency) sums)
       ) order by place) as items
     from placed where place <= $3
     group by why order by array_position(array['unknown', 'accepted', 'pending'], why)`,
    [now, acceptedSince, LISTED],
  );
}

const FreezeRow = z
  .object({ number: z.number(), frozen_at: z.date(), of: Count, scope: z.string() })
  .loose()
  .transform(({ number, frozen_at, of, ...row }) => ({
    of,
    item: { number, frozenAt: frozen_at, scope: ScopeRow.parse(row) },
  }));

export async function selectStandingFreezes(db: Queryable): Promise<Figures['freezes']> {
  const rows = await selectAll(
    db,
    FreezeRow,
    `select f.number, f.scope, f.account, f.frozen_users, f.frozen_at, count(*) over () as of
     from standing_freezes s join freezes f using (number) order by f.number limit $1`,
    [LISTED],
  );
  return listed(rows);
}

const HaltedRow = z
  .object({ name: z.string(), account: z.string(), lines: Count, halted_at: z.date(), of: Count })
  .transform(({ of, halted_at, ...row }) => ({ of, item: { ...row, haltedAt: halted_at } }));

/** Bulks that stopped by themselves, and wait for somebody to let them go on or to end them. */
export async function selectHaltedBulks(db: Queryable): Promise<Figures['halted']> {
  const rows = await selectAll(
    db,
    HaltedRow,
    `select 'B-' || b.number as name, b.account, left_over.lines, last.acted_at as halted_at, count(*) over () as of
     from (select bulk, count(*) as lines from requests where ${OPEN} and state = 'approved' and bulk is not null
           group by bulk) left_over
     join bulks b on b.id = left_over.bulk
     join lateral (select act, acted_at from bulk_acts where bulk_id = b.id and refusal is null order by id desc limit 1) last
       on last.act = 'pause'
     order by last.acted_at, b.number limit $1`,
    [LISTED],
  );
  return listed(rows);
}

function listed<Item>(rows: readonly { readonly item: Item; readonly of: number }[]) {
  const [first] = rows;
  return { items: rows.map(({ item }) => item), more: first === undefined ? 0 : first.of - rows.length };
}

const SilentRow = z.object({ account: z.string(), count: Count, since: z.date() });

/**
 * Accounts that told nothing usable of a payment when it was asked for, or that leave something unsettled so.
 * @param mute accounts that never tell anything, which is no failure
 */
export async function selectSilentAccounts(
  db: Queryable,
  { since, until }: Pick<Figures, 'since' | 'until'>,
  mute: readonly string[],
): Promise<Figures['silent']> {
  return selectAll(
    db,
    SilentRow,
    `select account, count(*) as count, min(silent_since) as since from (
       select r.id, r.account, min(silent_since) as silent_since from (
         select id, requested_at as silent_since from requests
         where requested_at >= $1 and requested_at < $2 and evidence->>'standing' = 'cannot_tell'
         union all
         select r.id, l.silent_since from requests r join look_ups l on l.request_id = r.id
         where r.${OPEN} and r.state in ('accepted', 'unknown') and l.silent_since is not null
       ) silences join requests r using (id) group by r.id
     ) silent
     where account <> all ($3) group by account order by account`,
    [since, until, mute],
  );
}
