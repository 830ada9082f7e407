-- The Home of each person in Slack, and what makes long lists of requests cheap to read page by page.

-- Nothing of the record: what a Home shows is read anew each time.
create table homes (
  user_id     text primary key,
  team_id     text not null,
  -- Homes that were not opened lately are let be until they are opened again.
  opened_at   timestamptz not null,
  -- Where each section was paged to.
  cursors       jsonb not null default '{}',
  -- The approver groups when it was shown last: they decide which changes concern it.
  groups      text[] not null default '{}',
  -- Counts what it ought to show; `shown` is how far Slack has got, as `announced` is for a request.
  wanted      integer not null default 1,
  wanted_at   timestamptz not null,
  shown       integer not null default 0,
  -- Slack's hash of the view, so that a publication that comes too late is refused; null when it is not known.
  hash        text
);

create index homes_behind on homes (wanted_at) where shown < wanted;

-- Up to which version of a request Homes were told, so that each change is told once.
create table home_news (
  request_id  uuid primary key references requests (id),
  version     integer not null
);

create index requests_open_by_number on requests (number)
  where state in ('pending', 'approved', 'sending', 'accepted', 'unknown');
-- Whatever the account: people know a payment's reference, and not always where it was paid.
create index requests_by_reference on requests (payment, number);
create index requests_by_ticket on requests (ticket, number) where ticket is not null;
