-- Freezes: an approver stops dispatch at once, and only two people together let it go on.

create table freezes (
  id           uuid primary key,
  -- What people say aloud: F-1. A freeze that was refused has none.
  number       integer unique check (number > 0),
  scope        text not null check (scope in ('all', 'account', 'person')),
  account      text,
  -- The frozen person: all their Slack accounts.
  frozen_users text[] not null default '{}',
  reason       text not null check (reason ~ '\S'),
  salt         text not null check (salt ~ '^([0-9a-f]{32})?$'),
  -- Who froze, and the groups that they were in at that moment.
  person_team  text not null,
  person_user  text not null,
  groups       text[] not null,
  frozen_at    timestamptz not null,
  -- Why it did not count; null when it did.
  refusal      text,
  -- Counts what Slack was brought to show of it on the cards: 1 for the freeze, and 1 more for each agreement to lift it.
  announced    integer not null default 0,
  of_house     uuid not null default '00000000-0000-0000-0000-000000000000'
                 check (of_house = '00000000-0000-0000-0000-000000000000'),
  entry        integer not null unique,
  foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred,
  constraint freezes_name_what_is_frozen
    check ((scope = 'account') = (account is not null) and (scope = 'person') = (cardinality(frozen_users) > 0)),
  constraint freezes_have_a_number check ((number is null) = (refusal is not null)),
  constraint freezes_are_by_an_approver check (refusal is not null or cardinality(groups) > 0)
);

-- Agreements to lift a freeze: two that count lift it.
create table lifts (
  id            bigint generated always as identity primary key,
  freeze_number integer not null references freezes (number),
  person_team   text not null,
  person_user   text not null,
  groups        text[] not null,
  agreed_at     timestamptz not null,
  refusal       text,
  of_house      uuid not null default '00000000-0000-0000-0000-000000000000'
                  check (of_house = '00000000-0000-0000-0000-000000000000'),
  entry         integer not null unique,
  foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred,
  constraint lifts_are_by_an_approver check (refusal is not null or cardinality(groups) > 0)
);

-- One person counts once.
create unique index lifts_one_person_agrees_once on lifts (freeze_number, person_user) where refusal is null;

create view standing_freezes as
  select f.number, f.scope, f.account, f.frozen_users
  from freezes f
  where f.refusal is null
    and (select count(*) from lifts l where l.freeze_number = f.number and l.refusal is null) < 2;

create function keep_freezes_frozen() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if to_jsonb(new) - 'announced' <> to_jsonb(old) - 'announced' then
    raise exception 'freezes is append-only: update is refused';
  end if;
  return new;
end;
$$;

create trigger freezes_are_frozen
  before update on freezes
  for each row execute function keep_freezes_frozen();
alter table freezes enable always trigger freezes_are_frozen;

create trigger freezes_stay
  before delete or truncate on freezes
  for each statement execute function forbid_change();
alter table freezes enable always trigger freezes_stay;

create trigger lifts_append_only
  before update or delete or truncate on lifts
  for each statement execute function forbid_change();
alter table lifts enable always trigger lifts_append_only;

/* Whoever changes freezes is alone, and whoever heeds them shares: of a freeze and an attempt at the same moment, one
   commits before the other looks. The look after the wait has to be a new one, and is so in read committed only. Best
   called before a request is locked, so that nobody waits for it with a request in hand. */
create function lock_freezes(alone boolean) returns void language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'freezes are heeded in read committed transactions only';
  end if;
  if alone then
    perform pg_advisory_xact_lock(hashtextextended('countersign freezes', 0));
  else
    perform pg_advisory_xact_lock_shared(hashtextextended('countersign freezes', 0));
  end if;
end;
$$;

/* The oldest freeze that stands over a request: of its account, of all, or of somebody who asked for it or approved it. */
create function freeze_over(of_request uuid) returns integer language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select min(s.number)
  from requests r join standing_freezes s
    on s.scope = 'all' or s.account = r.account or r.requester_user = any (s.frozen_users)
      or exists (select from decisions d where d.request_id = r.id and d.act = 'approve' and d.refusal is null
                 and d.person_user = any (s.frozen_users))
  where r.id = of_request;
$$;

create function freeze_of_person(of_user text) returns integer language sql stable
set search_path = pg_catalog, public, pg_temp as $$
  select min(number) from standing_freezes where of_user = any (frozen_users);
$$;

create function heed_freezes_in_attempt() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found_freeze integer;
begin
  perform lock_freezes(false);
  found_freeze := freeze_over(new.request_id);
  if found_freeze is not null then
    raise exception 'the freeze F-% stops this request', found_freeze;
  end if;
  return new;
end;
$$;

create trigger attempts_heed_freezes
  before insert on attempts
  for each row execute function heed_freezes_in_attempt();
alter table attempts enable always trigger attempts_heed_freezes;

create function heed_freezes_in_decision() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found_freeze integer;
begin
  perform lock_freezes(false);
  found_freeze := freeze_of_person(new.person_user);
  if new.act = 'approve' then
    found_freeze := coalesce(found_freeze, freeze_over(new.request_id));
  end if;
  if found_freeze is not null then
    raise exception 'under the freeze F-% no % counts', found_freeze, new.act;
  end if;
  return new;
end;
$$;

-- Withdrawing only stops one's own request, and what no person does has to go on.
create trigger decisions_heed_freezes
  before insert on decisions
  for each row when (new.refusal is null and new.person_user is not null and new.act <> 'withdraw')
  execute function heed_freezes_in_decision();
alter table decisions enable always trigger decisions_heed_freezes;

create function judge_freeze() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform lock_freezes(true);
  if freeze_of_person(new.person_user) is not null then
    raise exception 'whoever is frozen freezes nothing';
  end if;
  if new.number <> (select coalesce(max(number), 0) + 1 from freezes) then
    raise exception 'freezes are numbered without a gap';
  end if;
  return new;
end;
$$;

create trigger freezes_follow_the_law
  before insert on freezes
  for each row when (new.refusal is null) execute function judge_freeze();
alter table freezes enable always trigger freezes_follow_the_law;

create function judge_lift() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform lock_freezes(true);
  if not exists (select from standing_freezes where number = new.freeze_number) then
    raise exception 'the freeze F-% does not stand', new.freeze_number;
  end if;
  if freeze_of_person(new.person_user) is not null then
    raise exception 'whoever is frozen lifts nothing';
  end if;
  return new;
end;
$$;

create trigger lifts_follow_the_law
  before insert on lifts
  for each row when (new.refusal is null) execute function judge_lift();
alter table lifts enable always trigger lifts_follow_the_law;

-- A freeze has a message of its own, which is kept in line as those of a request are. Ids are random, so that of a
-- freeze is no request's.
alter table messages drop constraint messages_request_id_fkey;
