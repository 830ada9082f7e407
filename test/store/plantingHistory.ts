/** Many requests at once, from their beginning to their end, as they would be on record after some time. */
import type { Client } from 'pg';
import { asReplica } from './planting.ts';

interface History {
  readonly requests: number;
  readonly from: Date;
  readonly until: Date;
}

/** What becomes of a request, by turns; the last are open. */
const ENDS = `array['cancelled', 'rejected', 'cancelled', 'refused', 'withdrawn', 'cancelled', 'expired', 'lapsed', 'unknown']`;
const SENT = `('cancelled', 'refused', 'unknown')`;

/**
 * Evenly over the time, at accounts and in currencies by turns, some without an amount. Each ends within three days. Of
 * every thousandth nobody knows how it ended. What is recorded stands in the chain in the order of its time. The law is
 * off from then on.
 */
export async function plantHistory(sql: Client, { requests, from, until }: History): Promise<void> {
  await sql.query(
    `create temp table planned as
     select i, gen_random_uuid() as id, 'shop-' || (i % 4) as account, asked,
       asked + (i % 17) * interval '13 minutes' as decided,
       asked + interval '10 minutes' + ((i * 7919) % 4300) * interval '1 minute' as ended,
       case when i % 1000 = 0 then 'unknown' else (${ENDS})[1 + i % 8] end as state,
       case when i % 6 = 0 then null else (array['PLN', 'EUR', 'JPY'])[1 + i % 3] end as currency
     from (select i, $2::timestamptz + i * (($3::timestamptz - $2) / $1) as asked from generate_series(0, $1 - 1) i) spread`,
    [requests, from, until],
  );
  for (const table of ['requests', 'decisions', 'attempts', 'outcomes'])
    await sql.query(`alter table ${table} disable trigger user`);
  await asReplica(sql, async () => {
    await sql.query(
      `insert into requests (id, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
         requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, state, announced)
       select id, account, 'sibs', 'history-' || i, '{}', false, case when currency is not null then 100 + i * 37 % 100000 end,
         currency, 'Paid twice', repeat('0f', 16), 'T_HOME', 'U_MARIA', asked, asked + interval '8 hours',
         '{"standing": "cancellable", "says": "On hold.", "amount": null, "madeAt": null, "facts": {}}', asked,
         '{"policy": "p1", "needs": [{"group": "finance", "count": 1}]}', 'history' || i, repeat('ab', 32), state, 1
       from planned`,
    );
    await sql.query(
      `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
       select id, 'U_MARIA', act, case when act in ('expire', 'lapse') then null else 'T_HOME' end,
         case when act in ('expire', 'lapse') then null when act = 'withdraw' then 'U_MARIA' else 'U_PAVEL' end,
         '{finance}', case when act = 'approve' then repeat('ab', 32) end,
         case when act = 'approve' then decided else ended end, '', 2
       from (select *, case state when 'rejected' then 'reject' when 'withdrawn' then 'withdraw' when 'expired' then 'expire'
         when 'lapsed' then 'lapse' else 'approve' end as act from planned) decided`,
    );
    await sql.query(
      `insert into attempts (request_id, n, started_at, entry) select id, 1, decided, 3 from planned where state in ${SENT}`,
    );
    await sql.query(
      `insert into outcomes (attempt_id, request_id, source, type, code, says, learnt_at, salt, entry)
       select a.id, p.id, 'answer', p.state, case when p.state = 'refused' then '4' || i % 5 end, 'As it says.', greatest(ended, decided),
         repeat('0f', 16), 4
       from planned p join attempts a on a.request_id = p.id`,
    );
    await sql.query(
      `insert into look_ups (request_id, made) select id, 1 from planned where state in ${SENT}`,
    );
    await sql.query(
      `insert into chain (seq, request_id, n, body, mac, prev, hash)
       select (select coalesce(max(seq), 0) from chain) + row_number() over (order by at, request_id, n), request_id, n,
         '{"planted":true}', zeros, zeros, zeros
       from (
         select id as request_id, 1 as n, asked as at from planned
         union all select request_id, 2, decided_at from decisions d join planned p on p.id = d.request_id
         union all select request_id, 3, started_at from attempts a join planned p on p.id = a.request_id
         union all select request_id, 4, learnt_at from outcomes o join planned p on p.id = o.request_id
       ) entries, (select decode(repeat('00', 32), 'hex') as zeros) nothing`,
    );
  });
  await sql.query('drop table planned');
  await sql.query('analyze');
}
