-- An attempt is one call to a provider that can move money. Its row is committed before the first byte leaves,
-- so that a crash can never hide that something may have been sent. What is learnt of it follows in `outcomes`.

create table attempts (
  id          bigint generated always as identity primary key,
  request_id  uuid not null references requests (id),
  n           integer not null check (n > 0),
  started_at  timestamptz not null,
  unique (request_id, n)
);

create table outcomes (
  id          bigint generated always as identity primary key,
  attempt_id  bigint not null references attempts (id),
  -- How it was learnt: the provider's answer, a look-up later, or the discovery that a process died in between.
  source      text not null check (source in ('answer', 'look_up', 'interruption')),
  type        text not null check (type in ('cancelled', 'accepted', 'refused', 'unknown', 'not_sent')),
  code        text,
  reference   text,
  says        text not null,
  learnt_at   timestamptz not null
);

create index outcomes_by_attempt on outcomes (attempt_id);

-- A call has one answer, however often its record is tried.
create unique index outcomes_one_answer on outcomes (attempt_id) where source = 'answer';

-- Only a proof that nothing was sent lets a request be tried again. Numbers without a gap make two attempts at the
-- same moment collide in the unique index, for neither sees the other's row yet.
create function forbid_second_attempt() returns trigger language plpgsql as $$
begin
  if exists (
    select from attempts a
    where a.request_id = new.request_id
      and not exists (select from outcomes o where o.attempt_id = a.id and o.type = 'not_sent')
  ) then
    raise exception 'an earlier attempt of this request may have been sent';
  end if;
  if new.n <> (select count(*) + 1 from attempts a where a.request_id = new.request_id) then
    raise exception 'the attempts of a request are numbered without a gap';
  end if;
  return new;
end;
$$;

create trigger attempts_never_twice
  before insert on attempts
  for each row execute function forbid_second_attempt();
alter table attempts enable always trigger attempts_never_twice;

create trigger attempts_append_only
  before update or delete or truncate on attempts
  for each statement execute function forbid_change();
alter table attempts enable always trigger attempts_append_only;

create trigger outcomes_append_only
  before update or delete or truncate on outcomes
  for each statement execute function forbid_change();
alter table outcomes enable always trigger outcomes_append_only;

-- When to ask the provider again about an attempt that is not settled.
create table look_ups (
  request_id  uuid primary key references requests (id),
  made        integer not null default 0,
  due_at      timestamptz
);

create index look_ups_due on look_ups (due_at) where due_at is not null;
