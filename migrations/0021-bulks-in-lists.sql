-- Bulks in lists and Homes: each is one row among requests, however many lines it has.

-- Nothing of the record: where lists show a bulk. That is at the number of its first line, for as long as it exists,
-- so that a page which begins behind it keeps its place.
create table bulk_places (
  bulk_id        uuid primary key references bulks (id),
  requester_user text not null,
  place          bigint not null unique
);

create index bulk_places_by_requester on bulk_places (requester_user, place);

insert into bulk_places
  select b.id, b.requester_user, min(r.number) from bulks b join requests r on r.bulk = b.id group by b.id;

create function place_bulk() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into bulk_places values (new.bulk, new.requester_user, new.number) on conflict do nothing;
  return null;
end;
$$;

create trigger requests_place_their_bulk
  after insert on requests
  for each row when (new.bulk is not null) execute function place_bulk();
alter table requests enable always trigger requests_place_their_bulk;

-- Which bulks are open follows from their lines.
create index requests_open_lines on requests (bulk, state)
  where bulk is not null and state in ('pending', 'approved', 'sending', 'accepted', 'unknown');

-- Homes are told of bulks as well as of requests.
alter table home_news drop constraint home_news_request_id_fkey;
