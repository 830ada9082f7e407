-- Every act that anyone tried on a request, counted or refused, and what the clock decided.

create table decisions (
  id             bigint generated always as identity primary key,
  request_id     uuid not null,
  requester_user text not null,
  act            text not null check (act in ('approve', 'reject', 'withdraw', 'expire', 'lapse')),
  -- Null when the clock or the provider's word decided.
  person_team    text,
  person_user    text,
  -- The approver groups that the person was in at that moment.
  groups         text[] not null default '{}',
  -- The digest of what was on the person's screen.
  saw            text check (saw ~ '^[0-9a-f]{64}$'),
  note           text,
  decided_at     timestamptz not null,
  -- Why the act did not count; null when it did.
  refusal        text,
  foreign key (request_id, requester_user) references requests (id, requester_user),

  -- The four-eyes rule, kept by the database even if the code forgets it.
  constraint decisions_approver_is_second_person
    check (act <> 'approve' or refusal is not null or person_user <> requester_user),
  constraint decisions_only_the_requester_withdraws
    check (act <> 'withdraw' or refusal is not null or person_user = requester_user),
  constraint decisions_approval_names_what_was_seen
    check (act <> 'approve' or refusal is not null or (saw is not null and cardinality(groups) > 0)),
  constraint decisions_are_by_a_person_or_the_clock
    check ((act in ('expire', 'lapse')) = (person_user is null) and (person_user is null) = (person_team is null))
);

-- One person counts once.
create unique index decisions_one_person_approves_once
  on decisions (request_id, person_user)
  where act = 'approve' and refusal is null;

-- A request ends once.
create unique index decisions_one_ends_the_request
  on decisions (request_id)
  where act <> 'approve' and refusal is null;

create index decisions_by_request on decisions (request_id, id);
create index decisions_by_time on decisions (decided_at);

create trigger decisions_append_only
  before update or delete or truncate on decisions
  for each statement execute function forbid_change();
alter table decisions enable always trigger decisions_append_only;
