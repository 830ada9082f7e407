/** Queries on what was asked before a request. Each reads so many rows by an index and no more, however long the history. */
import { z } from 'zod';
import { type Request, states } from '../domain/request.ts';
import { LATELY_DAYS, type PastOfPayment, type PastOfRequester } from '../usecases/context.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';
import { Count, MoneyJson } from './rows.ts';

const NAMED = 3;
const COUNTED_OF_PAYMENT = 100;
const COUNTED_OF_REQUESTER = 500;

const EarlierRow = z
  .object({
    number: Count,
    state: z.enum(states),
    requester_team: z.string(),
    requester_user: z.string(),
    requested_at: z.date(),
  })
  .transform(({ number, state, requester_team, requester_user, requested_at }) => ({
    number,
    state,
    requester: { team: requester_team, user: requester_user },
    requestedAt: requested_at,
  }));

export async function selectPastOfPayment(
  db: Queryable,
  { account, payment, number }: Pick<Request, 'account' | 'payment' | 'number'>,
): Promise<PastOfPayment> {
  const rows = await selectAll(
    db,
    EarlierRow,
    `select number, state, requester_team, requester_user, requested_at from requests
     where account = $1 and payment = $2 and number < $3 order by number desc limit ${COUNTED_OF_PAYMENT}`,
    [account, payment, number],
  );
  return {
    named: rows.slice(0, NAMED),
    others: Math.max(0, rows.length - NAMED),
    isAll: rows.length < COUNTED_OF_PAYMENT,
  };
}

const LatelyRow = z.object({
  requests: Count,
  cancelled: Count,
  without_amount: Count,
  sums: z.array(MoneyJson),
});

export async function selectPastOfRequester(
  db: Queryable,
  { requester, number, requestedAt }: Pick<Request, 'requester' | 'number' | 'requestedAt'>,
): Promise<PastOfRequester> {
  const { without_amount, ...row } = await selectOne(
    db,
    LatelyRow,
    `with lately as (
       select state, amount_minor, currency from (
         select state, amount_minor, currency, requested_at from requests
         where requester_user = $1 and number < $2 order by number desc limit ${COUNTED_OF_REQUESTER}) newest
       where requested_at > $3::timestamptz - make_interval(days => $4)
     ), sums as (
       select currency, sum(amount_minor)::text as minor from lately
       where state = 'cancelled' and amount_minor is not null group by currency
     )
     select count(*) as requests,
       count(*) filter (where state = 'cancelled') as cancelled,
       count(*) filter (where state = 'cancelled' and amount_minor is null) as without_amount,
       (select coalesce(jsonb_agg(sums order by currency), '[]') from sums) as sums
     from lately`,
    [requester.user, number, requestedAt, LATELY_DAYS],
  );
  return { ...row, withoutAmount: without_amount, isAll: row.requests < COUNTED_OF_REQUESTER };
}
