-- A request to cancel one payment: frozen when it is made, and the state that decisions and outcomes give it.

create table requests (
  id             uuid primary key,
  -- What people say aloud: C-1001.
  number         bigint generated always as identity (start with 1001) unique,
  account        text not null,
  provider       text not null check (provider in ('paymentwall', 'payfull', 'tranzzo', 'sibs', 'freedompay')),
  payment        text not null,
  details        jsonb not null,
  partial        boolean not null,
  -- In minor units; null when the provider did not say.
  amount_minor   bigint check (amount_minor > 0),
  currency       text check (currency ~ '^[A-Z]{3}$'),
  reason         text not null check (reason <> ''),
  requester_team text not null,
  requester_user text not null,
  requested_at   timestamptz not null,
  deadline       timestamptz not null check (deadline > requested_at),
  evidence       jsonb not null,
  evidence_at    timestamptz not null,
  rule           jsonb not null,
  -- Our own id of this cancellation at the provider.
  key            text not null unique check (key ~ '^[a-z0-9]{1,32}$'),
  digest         text not null check (digest ~ '^[0-9a-f]{64}$'),
  state          text not null default 'pending' check (state in (
                   'pending', 'approved', 'sending', 'accepted', 'unknown',
                   'cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed')),
  -- Counts the changes that people are to see; `announced` is the version that Slack shows.
  version        integer not null default 1,
  announced      integer not null default 0,
  constraint requests_amount_has_a_currency check ((amount_minor is null) = (currency is null)),
  -- What decisions refer to, so that a decision can't lie about who asked.
  unique (id, requester_user)
);

-- Two people can't have the same payment cancelled at once: the second is shown the first's request.
create unique index requests_one_open_per_payment
  on requests (account, payment)
  where state in ('pending', 'approved', 'sending', 'accepted', 'unknown');

create index requests_open_by_deadline on requests (deadline)
  where state in ('pending', 'approved', 'sending', 'accepted', 'unknown');
create index requests_unannounced on requests (requested_at) where announced < version;
create index requests_by_payment on requests (account, payment);
create index requests_by_requester on requests (requester_user, number desc);

create function keep_requests_frozen() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - array['state', 'version', 'announced'] <> to_jsonb(old) - array['state', 'version', 'announced'] then
    raise exception 'a request is frozen: only its state may change';
  end if;
  return new;
end;
$$;

create trigger requests_are_frozen
  before update on requests
  for each row execute function keep_requests_frozen();
alter table requests enable always trigger requests_are_frozen;

create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op);
end;
$$;

create trigger requests_stay
  before delete or truncate on requests
  for each statement execute function forbid_change();
alter table requests enable always trigger requests_stay;
