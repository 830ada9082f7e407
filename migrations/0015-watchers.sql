-- Who says that they are looking at a request, and what is counted of earlier ones for its card. Neither decides
-- anything, so neither is part of the record's chain.

create table watchers (
  request_id  uuid not null references requests (id),
  person_team text not null,
  person_user text not null,
  since       timestamptz not null,
  primary key (request_id, person_user)
);

-- For those who forgot to say that they stopped.
create index watchers_by_time on watchers (since);

-- The newest of a payment first, so that a payment with a long history is read no further than it is shown.
drop index requests_by_payment;
create index requests_by_payment on requests (account, payment, number desc);
