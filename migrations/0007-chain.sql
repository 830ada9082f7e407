-- The chain of the record: `docs/record.md`.

create table chain (
  seq         bigint primary key,
  -- All zeros where an entry is about no single request.
  request_id  uuid not null,
  n           integer not null check (n > 0),
  -- Text, not jsonb: these are the bytes that were hashed.
  body        text not null,
  mac         bytea not null check (length(mac) = 32),
  prev        bytea not null check (length(prev) = 32),
  hash        bytea not null check (length(hash) = 32),
  unique (request_id, n)
);

create table heads (
  seq         bigint not null,
  hash        bytea not null check (length(hash) = 32),
  key         text not null,
  signed_at   timestamptz not null,
  signature   bytea not null check (length(signature) = 64),
  primary key (seq, signed_at)
);

create trigger chain_append_only
  before update or delete or truncate on chain
  for each statement execute function forbid_change();
alter table chain enable always trigger chain_append_only;

create trigger heads_append_only
  before update or delete or truncate on heads
  for each statement execute function forbid_change();
alter table heads enable always trigger heads_append_only;

-- To be called as the last statement before the commit: from here to there nobody else can append. An entry has the next
-- number of its request, and its body is a JSON object that says the same: whoever holds the app's password alone can't
-- keep the app from writing by taking numbers, or put in what nobody can read.
create function append_entries(request_ids uuid[], ns integer[], bodies text[], macs bytea[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  last_seq bigint;
  last_hash bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('countersign chain', 0));
  select seq, hash into last_seq, last_hash from chain order by seq desc limit 1;
  if not found then
    last_seq := 0;
    last_hash := decode(repeat('00', 32), 'hex');
  end if;
  for i in 1 .. cardinality(bodies) loop
    if ns[i] <> (select coalesce(max(n), 0) + 1 from chain where request_id = request_ids[i]) then
      raise exception 'the entries of a request are numbered without a gap';
    end if;
    if bodies[i] is not json object
      or bodies[i]::jsonb ->> 'request' is distinct from request_ids[i]::text
      or bodies[i]::jsonb -> 'n' is distinct from to_jsonb(ns[i])
    then
      raise exception 'the body of an entry is a JSON object that names its request and its number';
    end if;
    insert into chain (seq, request_id, n, body, mac, prev, hash)
    values (last_seq + 1, request_ids[i], ns[i], bodies[i], macs[i], last_hash,
            sha256(last_hash || macs[i] || convert_to(bodies[i], 'UTF8')))
    returning seq, hash into last_seq, last_hash;
  end loop;
  return last_seq;
end;
$$;
revoke all on function append_entries from public;
