-- The same law for less: every change of a request is judged by these two.

-- Compared byte by byte, as it is stored. Making JSON of both rows took most of the trigger's time.
create or replace function keep_requests_frozen() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  ended constant text[] := array['cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed'];
  but_for_its_course requests := new;
begin
  but_for_its_course.state := old.state;
  but_for_its_course.version := old.version;
  but_for_its_course.announced := old.announced;
  if but_for_its_course *= old then
    return new;
  end if;
  if old.state = any (ended) and is_erased(tg_relid, old.id, old.entry)
    and to_jsonb(new) = to_jsonb(old) || jsonb_build_object(
      'salt', '', 'reason', 'erased', 'evidence', old.evidence || '{"says": "erased", "facts": {}}')
  then
    return new;
  end if;
  raise exception 'a request is frozen: only its state may change';
end;
$$;

-- One question for each way from state to state: PostgreSQL planned a single expression with all of them anew each time.
create or replace function judge_state() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  ends constant jsonb := '{"rejected": "reject", "withdrawn": "withdraw", "expired": "expire", "lapsed": "lapse"}';
  may_follow boolean := false;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'pending' then
      raise exception 'a request begins as pending, not as %', new.state;
    end if;
    return new;
  end if;
  if new.state = old.state then
    return new;
  end if;

  if old.state = 'pending' and new.state = 'approved' then
    may_follow := has_enough_approvals(new.id);
  elsif old.state = 'pending' and ends ? new.state or old.state = 'approved' and new.state = 'lapsed' then
    may_follow := exists (
      select from decisions where request_id = new.id and refusal is null and act = ends->>new.state);
  elsif old.state = 'approved' and new.state = 'sending' then
    may_follow := exists (
      select from attempts a where a.request_id = new.id
        and not exists (select from outcomes o where o.attempt_id = a.id));
  elsif old.state in ('sending', 'unknown') and new.state = 'approved' then
    may_follow := not exists (
      select from attempts a where a.request_id = new.id
        and not exists (select from outcomes o where o.attempt_id = a.id and o.type = 'not_sent'));
  elsif old.state = 'sending' and new.state in ('unknown', 'accepted', 'cancelled', 'refused')
    or old.state = 'unknown' and new.state in ('accepted', 'cancelled', 'refused')
    or old.state = 'accepted' and new.state in ('cancelled', 'refused')
  then
    may_follow := exists (
      select from attempts a join outcomes o on o.attempt_id = a.id
      where a.request_id = new.id and o.type = new.state);
  end if;
  if not may_follow then
    raise exception 'a request that is % can''t become % now', old.state, new.state;
  end if;
  return new;
end;
$$;
