-- Summaries that catch up on several days, roll-ups of weeks and months, and who signed a day off.

alter table summaries
  -- The first of its days; `local_date` is the last. Null: it is of one day, and an older version made it.
  add column first_date date check (first_date <= local_date),
  -- Whether its message asks for a sign-off, and whether it shows that it has one.
  add column asks_sign_off boolean not null default false,
  add column shows_sign_off boolean not null default false;

-- Each begins where the one before ended: two processes with different settings can't both summarise what follows it.
create unique index summaries_follow_one_another on summaries (channel, since) where first_date is not null;
create index summaries_signed_off_unseen on summaries (local_date) where asks_sign_off and not shows_sign_off;

create table roll_ups (
  channel     text not null,
  kind        text not null check (kind in ('week', 'month')),
  -- The last of its days.
  local_date  date not null,
  first_date  date not null check (first_date <= local_date),
  zone        text not null,
  since       timestamptz not null,
  until       timestamptz not null check (until > since),
  figures     jsonb not null,
  made_at     timestamptz not null,
  -- Null until it was posted.
  ts          text,
  of_house    uuid not null default '00000000-0000-0000-0000-000000000000'
                check (of_house = '00000000-0000-0000-0000-000000000000'),
  entry       integer not null unique,
  foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred,
  primary key (channel, kind, local_date),
  unique (channel, kind, since)
);

create index roll_ups_unposted on roll_ups (local_date) where ts is null;

-- That somebody reviewed a summary, and tries to sign one off that did not count.
create table sign_offs (
  id          bigint generated always as identity primary key,
  channel     text not null,
  local_date  date not null,
  person_team text not null,
  person_user text not null,
  -- The groups that they were in at that moment.
  groups      text[] not null,
  signed_at   timestamptz not null,
  -- Why it did not count; null when it did.
  refusal     text,
  of_house    uuid not null default '00000000-0000-0000-0000-000000000000'
                check (of_house = '00000000-0000-0000-0000-000000000000'),
  entry       integer not null unique,
  foreign key (channel, local_date) references summaries (channel, local_date),
  foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred,
  constraint sign_offs_are_by_a_reviewer check (refusal is not null or cardinality(groups) > 0)
);

create unique index sign_offs_one_counts on sign_offs (channel, local_date) where refusal is null;
create index sign_offs_by_time on sign_offs (signed_at);

create trigger sign_offs_append_only
  before update or delete or truncate on sign_offs
  for each statement execute function forbid_change();
alter table sign_offs enable always trigger sign_offs_append_only;

create function heed_freezes_in_sign_off() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found_freeze integer;
begin
  perform lock_freezes(false);
  found_freeze := freeze_of_person(new.person_user);
  if found_freeze is not null then
    raise exception 'under the freeze F-% no sign-off counts', found_freeze;
  end if;
  return new;
end;
$$;

create trigger sign_offs_heed_freezes
  before insert on sign_offs
  for each row when (new.refusal is null) execute function heed_freezes_in_sign_off();
alter table sign_offs enable always trigger sign_offs_heed_freezes;

-- As before, but the first end is the one that was recorded first: what comes later changes no end, whatever its time.
-- Nor does anything end before it began, however the clocks of two processes differ. `entry` is the entry of the end.
create or replace view request_spans as
  select r.id, r.number, r.account, r.amount_minor, r.currency, r.requested_at, e.state,
    case when e.ended_at < r.requested_at then r.requested_at else e.ended_at end as ended_at, e.entry
  from requests r
  left join lateral (
    select ends.state, ends.ended_at, ends.entry from (
      select case d.act when 'reject' then 'rejected' when 'withdraw' then 'withdrawn'
                        when 'expire' then 'expired' else 'lapsed' end as state, d.decided_at as ended_at, d.entry
      from decisions d
      where d.request_id = r.id and d.refusal is null and d.act in ('reject', 'withdraw', 'expire', 'lapse')
      union all
      select o.type, o.learnt_at, o.entry
      from outcomes o
      where o.request_id = r.id and o.type in ('cancelled', 'refused')
    ) ends
    order by ends.entry limit 1
  ) e on true;

-- What a summary counts is found by its time.
create index bulk_acts_by_time on bulk_acts (acted_at);
create index freezes_by_time on freezes (frozen_at);
create index lifts_by_time on lifts (agreed_at);

-- Since when look-ups bring no usable answer; null once one did.
alter table look_ups add column silent_since timestamptz;
