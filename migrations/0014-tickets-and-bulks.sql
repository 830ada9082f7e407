-- What else a request may say of itself: covered by its digest where it does, as everything that an approver is shown.

alter table requests
  -- The requester's ticket in another system: a link or a number.
  add column ticket text check (ticket ~ '\S'),
  -- The request of which this one is another try.
  add column follows uuid references requests (id) check (follows <> id),
  -- The bulk of which this is one line.
  add column bulk uuid;

create index requests_by_follows on requests (follows) where follows is not null;
