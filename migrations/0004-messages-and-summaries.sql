-- What was posted to Slack, so that it can be edited in place and nothing is posted twice.

create table messages (
  request_id  uuid not null references requests (id),
  -- `headline`, `card`, `thread:decision:<id>`, `thread:outcome:<id>`, `result:<state>`.
  kind        text not null,
  channel     text not null,
  -- Slack's timestamp is an id: text, never a number.
  ts          text not null,
  -- The request's version that the message shows.
  version     integer not null,
  primary key (request_id, kind)
);

-- One summary per channel and local day, however many processes run.
create table summaries (
  channel     text not null,
  local_date  date not null,
  zone        text not null,
  since       timestamptz not null,
  until       timestamptz not null check (until > since),
  figures     jsonb not null,
  made_at     timestamptz not null default now(),
  -- Null until it was posted.
  ts          text,
  primary key (channel, local_date)
);

create index summaries_unposted on summaries (local_date) where ts is null;
create index outcomes_by_time on outcomes (learnt_at);
create index requests_by_time on requests (requested_at);

-- When each request began and ended. An end is the first decision that ends a request or the first outcome that
-- settles it; a request without one is open.
create view request_spans as
  select r.id, r.number, r.account, r.amount_minor, r.currency, r.requested_at, e.state, e.ended_at
  from requests r
  left join lateral (
    select ends.state, ends.ended_at from (
      select case d.act when 'reject' then 'rejected' when 'withdraw' then 'withdrawn'
                        when 'expire' then 'expired' else 'lapsed' end as state, d.decided_at as ended_at
      from decisions d
      where d.request_id = r.id and d.refusal is null and d.act <> 'approve'
      union all
      select o.type, o.learnt_at
      from attempts a join outcomes o on o.attempt_id = a.id
      where a.request_id = r.id and o.type in ('cancelled', 'refused')
    ) ends
    order by ends.ended_at limit 1
  ) e on true;
