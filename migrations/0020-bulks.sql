-- A bulk: requests of one account that are asked for, decided and sent together. Each line is a row of `requests` with all
-- that keeps the law there; what is here is what they have in common, and what people do to all of them at once.

create table bulks (
  id             uuid primary key,
  -- What people say aloud: B-1001.
  number         bigint generated always as identity (start with 1001) unique,
  account        text not null,
  requester_team text not null,
  requester_user text not null,
  requested_at   timestamptz not null,
  deadline       timestamptz not null check (deadline > requested_at),
  rule           jsonb not null constraint bulks_rule_has_needs check (jsonb_array_length(rule->'needs') between 1 and 10),
  digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
  entry          integer not null default 1 check (entry = 1),
  -- How many acts Slack shows, and one more; 0 before anything is shown, or when that is in doubt.
  announced      integer not null default 0,
  foreign key (id, entry) references chain (request_id, n) deferrable initially deferred,
  -- What lines and acts refer to, so that they can't lie about it.
  unique (id, account, requester_user, requested_at, deadline),
  unique (id, requester_user)
);

create index bulks_by_requester on bulks (requester_user, number desc);

create function keep_bulks_frozen() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if to_jsonb(new) - 'announced' <> to_jsonb(old) - 'announced' then
    raise exception 'a bulk is frozen';
  end if;
  return new;
end;
$$;

create trigger bulks_are_frozen
  before update on bulks
  for each row execute function keep_bulks_frozen();
alter table bulks enable always trigger bulks_are_frozen;

create trigger bulks_stay
  before delete or truncate on bulks
  for each statement execute function forbid_change();
alter table bulks enable always trigger bulks_stay;

alter table requests add constraint requests_line_fits_its_bulk
  foreign key (bulk, account, requester_user, requested_at, deadline)
  references bulks (id, account, requester_user, requested_at, deadline);
create index requests_by_bulk on requests (bulk, number) where bulk is not null;

-- A list that changes is a new bulk: lines are made in the transaction that makes their bulk, and by its rule.
create function forbid_later_line() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select from bulks b
    where b.id = new.bulk and b.rule = new.rule and b.xmin::text = (pg_current_xact_id()::xid)::text
  ) then
    raise exception 'a line is made together with its bulk, and by its rule';
  end if;
  return new;
end;
$$;

create trigger requests_lines_come_with_their_bulk
  before insert on requests
  for each row when (new.bulk is not null) execute function forbid_later_line();
alter table requests enable always trigger requests_lines_come_with_their_bulk;

-- What people did to a whole bulk, counted or refused, and when sending was halted by itself. What an approval, a
-- rejection or a withdrawal does to each line is in `decisions`.
create table bulk_acts (
  id             bigint generated always as identity primary key,
  bulk_id        uuid not null,
  requester_user text not null,
  act            text not null check (act in ('approve', 'reject', 'withdraw', 'pause', 'go_on', 'stop')),
  -- Null when nobody did it: sending was halted.
  person_team    text,
  person_user    text,
  groups         text[] not null default '{}',
  -- The digest of what was on the person's screen.
  saw            text check (saw ~ '^[0-9a-f]{64}$'),
  -- What sending was halted for.
  why            text check (why in ('trouble', 'standstill')),
  acted_at       timestamptz not null,
  -- Why the act did not count; null when it did.
  refusal        text,
  entry          integer not null,
  foreign key (bulk_id, requester_user) references bulks (id, requester_user),
  foreign key (bulk_id, entry) references chain (request_id, n) deferrable initially deferred,
  unique (bulk_id, entry),

  constraint bulk_acts_second_person
    check (act not in ('approve', 'reject', 'go_on') or refusal is not null or person_user <> requester_user),
  constraint bulk_acts_only_the_requester_withdraws
    check (act <> 'withdraw' or refusal is not null or person_user = requester_user),
  constraint bulk_acts_name_what_was_seen
    check (act not in ('approve', 'go_on') or refusal is not null or (saw is not null and cardinality(groups) > 0)),
  constraint bulk_acts_are_by_a_person_or_a_halt
    check ((act = 'pause') = (person_user is null) and (person_user is null) = (person_team is null)
           and (act = 'pause') = (why is not null))
);

create unique index bulk_acts_one_person_approves_once
  on bulk_acts (bulk_id, person_user)
  where act = 'approve' and refusal is null;
create index bulk_acts_by_bulk on bulk_acts (bulk_id, id);

create trigger bulk_acts_append_only
  before update or delete or truncate on bulk_acts
  for each statement execute function forbid_change();
alter table bulk_acts enable always trigger bulk_acts_append_only;

create function heed_freezes_in_bulk_act() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found_freeze integer;
begin
  perform lock_freezes(false);
  found_freeze := freeze_of_person(new.person_user);
  if found_freeze is not null then
    raise exception 'under the freeze F-% no % counts', found_freeze, new.act;
  end if;
  return new;
end;
$$;

-- Withdrawing and stopping only stop one's own. What is sent under a freeze is refused with each attempt.
create trigger bulk_acts_heed_freezes
  before insert on bulk_acts
  for each row when (new.refusal is null and new.person_user is not null and new.act <> 'withdraw'
    and not (new.act = 'stop' and new.person_user = new.requester_user))
  execute function heed_freezes_in_bulk_act();
alter table bulk_acts enable always trigger bulk_acts_heed_freezes;

-- When it was a line's turn and it could not be sent, surely; it comes back after the others.
create table bulk_tries (
  request_id  uuid primary key references requests (id),
  tried_at    timestamptz not null
);

-- A list before it is a bulk: what is typed in is checked, and the provider is asked about one payment after the other.
create table bulk_drafts (
  id             uuid primary key,
  account        text not null,
  reason         text not null,
  ticket         text,
  requester_team text not null,
  requester_user text not null,
  begun_at       timestamptz not null,
  -- When the last line was looked up, and the requester was asked what to do about those that can't be cancelled.
  asked_at       timestamptz,
  -- What was made of it. The draft goes when the requester was told.
  bulk           uuid references bulks (id),
  -- The direct message that shows the progress.
  channel        text,
  ts             text
);

create table bulk_draft_lines (
  draft_id    uuid not null references bulk_drafts (id) on delete cascade,
  place       integer not null,
  -- What the provider is to be told, as the requester's line was read.
  target      jsonb not null,
  key         text not null,
  evidence    jsonb,
  evidence_at timestamptz,
  primary key (draft_id, place)
);
