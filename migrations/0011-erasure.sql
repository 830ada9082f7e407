-- A person's text can be erased: text and salt go, everything else stays, and the chain says that it was done.

-- Whether the chain has an erasure that names this entry, and whoever asks owns the table. The app's role does not.
create function is_erased(relation oid, request uuid, entry integer) returns boolean
language sql stable set search_path = pg_catalog, public as $$
  select pg_has_role(current_user, (select relowner from pg_class where oid = relation), 'usage')
    and exists (
      select from chain c
      where c.request_id = request and c.body::jsonb ->> 'type' = 'erasure'
        and c.body::jsonb #> '{data,erased}' @> to_jsonb(entry)
    );
$$;

create or replace function keep_requests_frozen() returns trigger language plpgsql as $$
declare
  changing text[] := array['state', 'version', 'announced'];
  ended text[] := array['cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed'];
begin
  if to_jsonb(new) - changing = to_jsonb(old) - changing then
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

-- What the text of a row becomes is the argument of its trigger, in JSON.
create function forbid_change_but_erasure() returns trigger language plpgsql as $$
begin
  if is_erased(tg_relid, old.request_id, old.entry)
    and to_jsonb(new) = to_jsonb(old) || tg_argv[0]::jsonb
  then
    return new;
  end if;
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op);
end;
$$;

drop trigger decisions_append_only on decisions;
create trigger decisions_append_only
  before delete or truncate on decisions
  for each statement execute function forbid_change();
alter table decisions enable always trigger decisions_append_only;
create trigger decisions_change_only_by_erasure
  before update on decisions
  for each row execute function forbid_change_but_erasure('{"note": null, "salt": ""}');
alter table decisions enable always trigger decisions_change_only_by_erasure;

drop trigger outcomes_append_only on outcomes;
create trigger outcomes_append_only
  before delete or truncate on outcomes
  for each statement execute function forbid_change();
alter table outcomes enable always trigger outcomes_append_only;
create trigger outcomes_change_only_by_erasure
  before update on outcomes
  for each row execute function forbid_change_but_erasure('{"says": "erased", "salt": ""}');
alter table outcomes enable always trigger outcomes_change_only_by_erasure;

-- A finding has to say why when it is made, and may lose its note by an erasure: null passes what is checked of every
-- row, and is refused where the row is made.
alter table decisions drop constraint decisions_finding_says_of_what_and_why;
alter table decisions add constraint decisions_finding_says_of_what_and_why
  check (act not in ('find_cancelled', 'find_refused') or refusal is not null
         or (cardinality(groups) > 0 and saw is not null and (note ~ '\S') is not false));

create function forbid_silent_finding() returns trigger language plpgsql as $$
begin
  raise exception 'a finding without a note violates decisions_finding_says_of_what_and_why'
    using errcode = 'check_violation', constraint = 'decisions_finding_says_of_what_and_why';
end;
$$;

create trigger decisions_finding_says_why
  before insert on decisions
  for each row when (new.act in ('find_cancelled', 'find_refused') and new.refusal is null and new.note is null)
  execute function forbid_silent_finding();
alter table decisions enable always trigger decisions_finding_says_why;
