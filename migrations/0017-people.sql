-- Who was turned away before there was a request, and groups in which too few people are left to approve.

-- A refused try is recorded. One that leads to no request is no part of the chain, which is about requests.
create table refused_asks (
  id          bigint generated always as identity primary key,
  account     text not null,
  payment     text not null,
  person_team text not null,
  person_user text not null,
  why         text not null check (why in ('not_live', 'not_an_asker', 'nobody_approves')),
  refused_at  timestamptz not null
);

create index refused_asks_by_time on refused_asks (refused_at);

create trigger refused_asks_append_only
  before update or delete or truncate on refused_asks
  for each statement execute function forbid_change();
alter table refused_asks enable always trigger refused_asks_append_only;

create table shortages (
  id           bigint generated always as identity primary key,
  "group"      text not null,
  -- The tiers that nobody can approve for the lack of it.
  tiers        text[] not null check (cardinality(tiers) > 0),
  began_at     timestamptz not null,
  ended_at     timestamptz,
  -- The messages in the finance channel that say so; null until they stand there.
  alarm_ts     text,
  all_clear_ts text
);

-- One alarm for each time that it happens.
create unique index shortages_one_at_a_time on shortages ("group") where ended_at is null;
