/** A record as years would leave it: every table that grows is filled, by a few statements that work on sets. */
import type { Client } from 'pg';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { indexAtOnce } from './plantingAtOnce.ts';

export interface Years {
  readonly requests: number;
  /** So many of them came in the last sixteen days, which is more than a chart shows, however long the history before. */
  readonly lately: number;
  /** The newest of them; all others ended. */
  readonly open: number;
  /** The first five of so many requests are the lines of a bulk. */
  readonly bulkEvery: number;
  /** When the last one was asked for. The first came two years before. */
  readonly until: Date;
}

const ENDS = `array['cancelled', 'rejected', 'cancelled', 'refused', 'withdrawn', 'cancelled', 'expired', 'cancelled', 'lapsed', 'cancelled']`;
const OPEN = `array['pending', 'pending', 'pending', 'unknown', 'pending', 'accepted']`;
const GROWN = [
  'requests',
  'decisions',
  'attempts',
  'outcomes',
  'look_ups',
  'messages',
  'home_news',
  'bulks',
  'bulk_acts',
  'bulk_places',
  'summaries',
  'sign_offs',
  'refused_asks',
  'notices',
  'alarms',
  'chain',
  'heads',
];

/** In an empty database, as a superuser. The law is in force again afterwards, and PostgreSQL knows its statistics. */
export async function plantYears(sql: Client, years: Years): Promise<void> {
  await planRequests(sql, years);
  await indexAtOnce(sql, GROWN, async () => {
    for (const statement of [...OF_REQUESTS, ...OF_BULKS, ...OF_HOUSE, ...OF_CHAIN])
      await sql.query(statement);
  });
  await sql.query(SEQUENCES);
  await sql.query('drop table planned');
}

/**
 * What becomes of each: when it was asked for, decided, sent and settled. Every tenth payment is asked for a second time. The text of all but the latest was erased.
 */
async function planRequests(sql: Client, { requests, lately, open, bulkEvery, until }: Years): Promise<void> {
  await sql.query(
    `create temp table planned as
     select *, uuidv7(asked - now()) as id, case state when 'rejected' then 'reject' when 'withdrawn' then 'withdraw' when 'expired' then 'expire'
         when 'lapsed' then 'lapse' when 'pending' then null else 'approve' end as act,
       case when state in ('cancelled', 'refused', 'unknown', 'accepted') then decided + interval '2 seconds' end as sent,
       case when state in ('cancelled', 'refused', 'unknown', 'accepted') then decided + interval '4 seconds' end as settled
     from (
       select i, i < $1::int - $2::int as is_old, bulk, leader, asked,
         (array['shop-pl', 'shop-tr', 'shop-ua', 'shop-kz'])[1 + leader % 4] as account,
         case when leader % 7 = 0 then 'U_MARIA' else 'U_ASKER_' || leader * 31 % 200 end as requester,
         case when leader % 3 = 0 then 'U_LENA' else 'U_PAVEL' end as decider,
         least(asked + (leader % 170) * interval '1 minute', $4::timestamptz) as decided,
         case when i >= $1::int - $3::int then (${OPEN})[1 + i % 6] else (${ENDS})[1 + leader % 10] end as state,
         case when i % 6 = 0 then null else (array['PLN', 'EUR', 'JPY'])[1 + i % 3] end as currency
       from (
         select i, case when i % $5::int < 5 and i < $1::int - $3::int then i / $5::int end as bulk,
           case when i % $5::int < 5 then i - i % $5::int else i end as leader,
           case when i < $1::int - $2::int then $4::timestamptz - interval '730 days' + i * (interval '714 days' / ($1::int - $2::int))
             else $4::timestamptz - interval '16 days' + (i - $1::int + $2::int) * (interval '16 days' / $2::int) end as asked
         from generate_series(0, $1::int - 1) i
       ) spread
     ) told`,
    [requests, lately, open, until, bulkEvery],
  );
  // Lines were asked for together.
  await sql.query(
    `update planned p set asked = l.asked from planned l where p.bulk is not null and l.i = p.leader and p.i <> l.i`,
  );
}

const RULE = `'{"policy": "p1", "needs": [{"group": "finance", "count": 1}]}'`;

const OF_REQUESTS = [
  `insert into requests (id, number, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
     requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, state, ticket, bulk,
     version, announced)
   overriding system value
   select id, 1001 + i, account, 'sibs', 'payment-' || (case when i % 10 = 9 then i - 9 else i end), '{}', false,
     case when currency is not null then 100 + i::bigint * 37 % 100000 end, currency, case when is_old then 'erased' else 'Paid twice, says the customer' end,
     case when is_old then '' else repeat('0f', 16) end, 'T_HOME', requester, asked, asked + interval '8 hours' + case when state = 'pending' then interval '30 days' else interval '0' end,
     '{"standing": "cancellable", "says": "On hold, not captured yet.", "amount": null, "madeAt": null, "facts": {"Method": "BLIK"}}',
     asked, ${RULE}, 'c' || lpad(i::text, 26, '0'), md5(id::text) || md5(i::text), state,
     case when i % 5 = 0 then 'HELP-' || i end, case when bulk is not null then md5('bulk ' || bulk)::uuid end, 3, 3
   from planned`,
  `insert into decisions (id, request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
   overriding system value
   select i + 1, id, requester, act, case when act not in ('expire', 'lapse') then 'T_HOME' end,
     case act when 'withdraw' then requester when 'expire' then null when 'lapse' then null else decider end,
     '{finance}', case when act = 'approve' then md5(id::text) || md5(i::text) end, decided, '', 2
   from planned where act is not null`,
  `insert into attempts (id, request_id, n, started_at, entry, line_of)
   overriding system value select i + 1, id, 1, sent, 3, case when bulk is not null then md5('bulk ' || bulk)::uuid end
   from planned where sent is not null`,
  `insert into outcomes (id, attempt_id, request_id, source, type, code, says, learnt_at, salt, entry)
   overriding system value
   select i + 1, i + 1, id, 'answer', state, case when state = 'refused' then '4' || i % 5 end, 'As the provider says.',
     settled, repeat('0f', 16), 4
   from planned where sent is not null`,
  `insert into look_ups (request_id, made, due_at, ended_at)
   select id, 1, case when state in ('unknown', 'accepted') and i % 2 = 0 then settled + interval '30 days' end,
     case when state in ('unknown', 'accepted') and i % 2 = 1 then settled + interval '1 hour' end
   from planned where sent is not null`,
  `insert into messages (request_id, kind, channel, ts, version, seen_at)
   select id, kind, 'C_APPROVALS', extract(epoch from asked)::text, 3, settled
   from (select id, asked, coalesce(settled, decided) as settled, state, bulk from planned) p,
     unnest(array['headline', 'card', 'result:' || state]) kind where bulk is null`,
  `insert into home_news (request_id, version) select id, 3 from planned where bulk is null`,
];

const OF_BULKS = [
  `insert into bulks (id, number, account, requester_team, requester_user, requested_at, deadline, rule, digest, announced)
   overriding system value
   select md5('bulk ' || bulk)::uuid, 1001 + bulk, account, 'T_HOME', requester, asked, asked + interval '8 hours', ${RULE},
     repeat('cd', 32), 2
   from planned where bulk is not null and i = leader`,
  `insert into bulk_places (bulk_id, requester_user, place)
   select md5('bulk ' || bulk)::uuid, requester, 1001 + i from planned where bulk is not null and i = leader`,
  `insert into bulk_acts (bulk_id, requester_user, act, person_team, person_user, groups, saw, acted_at, entry)
   select md5('bulk ' || bulk)::uuid, requester, 'approve', 'T_HOME', decider, '{finance}', repeat('cd', 32), decided, 2
   from planned where bulk is not null and i = leader`,
];

const HOUSE = `'${NO_REQUEST}'`;

/** A summary of every day but the last one, each signed off; and now and then somebody who was turned away, or an alarm. */
const OF_HOUSE = [
  `insert into summaries (channel, local_date, first_date, zone, since, until, figures, made_at, ts, asks_sign_off, shows_sign_off, entry)
   select 'C_FINANCE', day, day, 'Europe/Warsaw', day::timestamp at time zone 'Europe/Warsaw',
     (day + 1)::timestamp at time zone 'Europe/Warsaw',
     jsonb_build_object('carriedOut', 0, 'head', jsonb_build_object('seq', 0, 'hash', ''), 'text', repeat('figures ', 300)),
     (day + 1) + interval '9 hours', '1.' || n, true, true, 2 * n
   from (select row_number() over (order by d) as n, d::date as day
         from planned p, generate_series(p.asked::date, (select max(asked)::date - 2 from planned), interval '1 day') d where p.i = 0) days`,
  `insert into sign_offs (channel, local_date, person_team, person_user, groups, signed_at, entry)
   select channel, local_date, 'T_HOME', 'U_LENA', '{finance}', made_at + interval '1 hour', entry + 1 from summaries`,
  `insert into refused_asks (account, payment, person_team, person_user, why, refused_at)
   select account, 'payment-' || i, 'T_HOME', 'U_TOM', 'not_an_asker', asked from planned where i % 10 = 5`,
  `insert into notices (account, id, payment, meaning, says, received_at, alarming, entry)
   select account, 'notice-' || i, 'payment-' || i, 'cancelled', 'Cancelled.', settled, i % 1000 = 0,
     case when i % 1000 = 0 then 10000 + i end
   from planned where state = 'cancelled'`,
  `insert into alarms (account, notice, ts) select account, id, '1.1' from notices where alarming`,
];

/** As long as real ones: of what is asked for 1,100 characters, else some 500. In the order of time. */
const OF_CHAIN = [
  `insert into chain (seq, request_id, n, body, mac, prev, hash)
   select row_number() over (order by at, id, n), id, n, '{"data":"' || repeat('planted ', case when n = 1 then 140 else 60 end) || '"}',
     zeros, zeros, zeros
   from (
     select id, n, at from planned, unnest(array[asked, case when act is not null then decided end, sent, settled])
       with ordinality e (at, n) where at is not null
     union all select ${HOUSE}::uuid, 1, min(asked) from planned
     union all select of_house, entry, made_at from summaries
     union all select of_house, entry, signed_at from sign_offs
     union all select of_house, entry, received_at from notices where alarming
     union all select md5('bulk ' || bulk)::uuid, 1, asked from planned where bulk is not null and i = leader
     union all select md5('bulk ' || bulk)::uuid, 2, decided from planned where bulk is not null and i = leader
   ) entries, (select decode(repeat('00', 32), 'hex') as zeros) nothing`,
  `insert into heads (seq, hash, key, signed_at, signature)
   select seq, hash, repeat('0', 16), now(), decode(repeat('00', 64), 'hex') from chain where seq % 7 = 0`,
];

const SEQUENCES = `
  select setval(pg_get_serial_sequence('requests', 'number'), (select max(number) from requests)),
    setval(pg_get_serial_sequence('bulks', 'number'), (select coalesce(max(number), 1000) from bulks)),
    setval(pg_get_serial_sequence('decisions', 'id'), (select max(id) from decisions)),
    setval(pg_get_serial_sequence('attempts', 'id'), (select max(id) from attempts)),
    setval(pg_get_serial_sequence('outcomes', 'id'), (select max(id) from outcomes))`;
