-- Every row of the record has its entry in the chain, or the transaction does not commit. `entry` is the entry's number
-- within its request. `salt` is the key of the text's commitment in the entry; it is empty where there is no text.

do $$
begin
  if exists (select from requests) then
    raise exception 'this database has requests from before there was a chain of the record; begin with an empty one';
  end if;
end;
$$;

alter table requests
  add column entry integer not null default 1 check (entry = 1),
  add column salt text not null check (salt ~ '^([0-9a-f]{32})?$'),
  add foreign key (id, entry) references chain (request_id, n) deferrable initially deferred;

alter table decisions
  add column entry integer not null,
  add column salt text not null check (salt ~ '^([0-9a-f]{32})?$'),
  add unique (request_id, entry),
  add foreign key (request_id, entry) references chain (request_id, n) deferrable initially deferred;

alter table attempts
  add column entry integer not null,
  add unique (request_id, entry),
  add unique (id, request_id),
  add foreign key (request_id, entry) references chain (request_id, n) deferrable initially deferred;

alter table outcomes
  add column request_id uuid not null,
  add column entry integer not null,
  add column salt text not null check (salt ~ '^([0-9a-f]{32})?$'),
  add unique (request_id, entry),
  add foreign key (attempt_id, request_id) references attempts (id, request_id),
  add foreign key (request_id, entry) references chain (request_id, n) deferrable initially deferred;

-- What is about no single request.
alter table summaries
  add column of_house uuid not null default '00000000-0000-0000-0000-000000000000'
    check (of_house = '00000000-0000-0000-0000-000000000000'),
  add column entry integer not null unique,
  add foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred;

alter table notices
  add column of_house uuid not null default '00000000-0000-0000-0000-000000000000'
    check (of_house = '00000000-0000-0000-0000-000000000000'),
  add column entry integer unique,
  add constraint notices_alarms_are_in_the_chain check (alarming = (entry is not null)),
  add foreign key (of_house, entry) references chain (request_id, n) deferrable initially deferred;
