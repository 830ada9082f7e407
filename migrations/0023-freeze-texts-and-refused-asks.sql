-- The reason of a freeze can be erased, as the text of a request can; and whoever was turned away before there was a
-- request stands in the chain, too.

create or replace function keep_freezes_frozen() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  if to_jsonb(new) - 'announced' = to_jsonb(old) - 'announced' then
    return new;
  end if;
  if is_erased(tg_relid, old.of_house, old.entry)
    and to_jsonb(new) = to_jsonb(old) || '{"reason": "erased", "salt": ""}'
    and not exists (select from standing_freezes where number = old.number)
  then
    return new;
  end if;
  raise exception 'freezes is append-only: update is refused';
end;
$$;

-- Rows of the version before have no entry, and its processes go on writing such rows until they are replaced.
alter table refused_asks
  add column of_house uuid not null default '00000000-0000-0000-0000-000000000000'
    check (of_house = '00000000-0000-0000-0000-000000000000'),
  add column entry integer unique,
  add foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred;
