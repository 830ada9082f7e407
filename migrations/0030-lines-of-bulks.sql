-- What a bulk's next line needs to know of the lines before it costs the same however many they are: what happened to a line
-- when it was its turn names the bulk, and is found from the newest on. The database names it by itself, also for a process of
-- an earlier version; it can't change, because a line stays in its bulk.

-- In the order in which the app locks them, which goes on meanwhile: it holds a request while it writes what was done to it.
lock table requests, decisions, attempts, bulk_tries in access exclusive mode;

-- Named as nothing else is: a query of an earlier version that joins these tables must not find it ambiguous.
alter table attempts add column line_of uuid;
alter table bulk_tries add column line_of uuid;
-- Of lapses only.
alter table decisions add column line_of uuid;

create index attempts_of_lines on attempts (line_of, started_at) where line_of is not null;
create index bulk_tries_by_time on bulk_tries (line_of, tried_at);
create index decisions_lapsed_lines on decisions (line_of, decided_at) where line_of is not null and act = 'lapse';

create function name_bulk() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.line_of := (select bulk from requests where id = new.request_id);
  return new;
end;
$$;

create trigger attempts_name_their_bulk
  before insert on attempts
  for each row execute function name_bulk();
alter table attempts enable always trigger attempts_name_their_bulk;

create trigger bulk_tries_name_their_bulk
  before insert or update on bulk_tries
  for each row execute function name_bulk();
alter table bulk_tries enable always trigger bulk_tries_name_their_bulk;

create trigger decisions_name_their_bulk
  before insert on decisions
  for each row when (new.act = 'lapse') execute function name_bulk();
alter table decisions enable always trigger decisions_name_their_bulk;

-- Those of bulks that are under way, or ended. What is recorded changes for this once, and only in what is new.
alter table attempts disable trigger attempts_append_only;
update attempts a set line_of = r.bulk from requests r where r.id = a.request_id and r.bulk is not null;
alter table attempts enable always trigger attempts_append_only;

update bulk_tries t set line_of = r.bulk from requests r where r.id = t.request_id;

alter table decisions disable trigger decisions_change_only_by_erasure;
update decisions d set line_of = r.bulk from requests r
where r.id = d.request_id and d.act = 'lapse' and r.bulk is not null;
alter table decisions enable always trigger decisions_change_only_by_erasure;

-- As before, and of each state in the order in which lines are sent.
drop index requests_open_lines;
create index requests_open_lines on requests (bulk, state, number)
  where bulk is not null and state in ('pending', 'approved', 'sending', 'accepted', 'unknown');

-- A thousand lines are decided on in one transaction, so the law looks no more often than it has to. While the freezes are
-- locked none comes, and mostly none stands: then it is over nobody.
create or replace function heed_freezes_in_decision() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  found_freeze integer;
begin
  perform lock_freezes(false);
  if not exists (select from standing_freezes) then
    return new;
  end if;
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

-- As before; each body is taken apart once.
create or replace function append_entries(request_ids uuid[], ns integer[], bodies text[], macs bytea[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  last_seq bigint;
  last_hash bytea;
  said jsonb;
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
    said := case when bodies[i] is json object then bodies[i]::jsonb end;
    if said is null or said ->> 'request' is distinct from request_ids[i]::text
      or said -> 'n' is distinct from to_jsonb(ns[i])
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
