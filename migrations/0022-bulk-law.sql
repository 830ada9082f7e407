-- The law of bulks, kept by PostgreSQL too: what counts for all of a bulk, and what counts for one of its lines.

/* An act that counts meets the bulk in a state, in a time and by a person that it allows. A line that waits is one that
   nobody decided on yet; a bulk of which none waits was decided on. */
create function judge_bulk_act() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  bulk bulks;
  waits boolean;
  is_under_way boolean;
  is_halted boolean;
begin
  select * into bulk from bulks where id = new.bulk_id for no key update;
  waits := exists (select from requests where requests.bulk = bulk.id and state = 'pending');
  is_under_way := not waits and exists (
    select from requests where requests.bulk = bulk.id and state in ('approved', 'sending'));
  is_halted := 'pause' is not distinct from (
    select act from bulk_acts where bulk_id = bulk.id and refusal is null order by id desc limit 1);

  if exists (select from bulk_acts where bulk_id = bulk.id and act = 'stop' and refusal is null) then
    raise exception 'the bulk was stopped';
  end if;
  if new.act in ('approve', 'reject', 'withdraw') and not waits
     or new.act in ('go_on', 'stop') and not is_under_way
     or new.act = 'go_on' and not is_halted
     or new.act = 'pause' and (waits or is_halted) then
    raise exception 'the bulk takes no % now', new.act;
  end if;
  if new.act in ('approve', 'reject', 'withdraw') and new.acted_at >= bulk.deadline then
    raise exception 'the deadline of the bulk is over';
  end if;
  if new.act in ('approve', 'go_on') and new.saw <> bulk.digest then
    raise exception 'what was on screen is not what was asked';
  end if;
  if new.person_user <> bulk.requester_user and not exists (
    select from jsonb_array_elements(bulk.rule->'needs') need where need->>'group' = any (new.groups)
  ) then
    raise exception 'the bulk''s rule does not name a group of this person';
  end if;
  return new;
end;
$$;

create trigger bulk_acts_follow_the_law
  before insert on bulk_acts
  for each row when (new.refusal is null) execute function judge_bulk_act();
alter table bulk_acts enable always trigger bulk_acts_follow_the_law;

-- A line is decided on together with its bulk, by the same person at the same time, and in no other way.
create function judge_decision_on_line() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select from requests r
    where r.id = new.request_id and r.bulk is not null and not exists (
      select from bulk_acts a
      where a.bulk_id = r.bulk and a.act = new.act and a.refusal is null and a.person_user = new.person_user
        and a.groups = new.groups and a.acted_at = new.decided_at)
  ) then
    raise exception 'a line is decided on with its bulk';
  end if;
  return new;
end;
$$;

create trigger decisions_on_lines_are_their_bulks
  before insert on decisions
  for each row when (new.refusal is null and new.act in ('approve', 'reject', 'withdraw'))
  execute function judge_decision_on_line();
alter table decisions enable always trigger decisions_on_lines_are_their_bulks;

-- Nothing of a bulk is sent after it was stopped, also not what was just under way then.
create function judge_attempt_of_line() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (
    select from requests r join bulk_acts a on a.bulk_id = r.bulk
    where r.id = new.request_id and a.act = 'stop' and a.refusal is null
  ) then
    raise exception 'the bulk of this line was stopped';
  end if;
  return new;
end;
$$;

create trigger attempts_heed_their_bulk
  before insert on attempts
  for each row execute function judge_attempt_of_line();
alter table attempts enable always trigger attempts_heed_their_bulk;
