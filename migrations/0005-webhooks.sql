-- What providers report by themselves, and until when a payment can be cancelled.

-- Part of what is frozen: null when nothing is known to close the window.
alter table requests add column closes_at timestamptz;

alter table outcomes drop constraint outcomes_source_check;
alter table outcomes add constraint outcomes_source_check
  check (source in ('answer', 'look_up', 'interruption', 'web_hook'));

-- When the provider was asked last, so that news can't make it be asked without end.
alter table look_ups add column asked_at timestamptz;

-- One row for each authentic notice, however often it comes.
create table notices (
  account     text not null,
  id          text not null check (length(id) between 1 and 200),
  payment     text,
  meaning     text not null check (meaning in ('cancelled', 'look_up', 'nothing')),
  reference   text,
  says        text not null,
  received_at timestamptz not null,
  -- Whether the finance channel has to be told.
  alarming    boolean not null,
  primary key (account, id)
);

create index notices_alarming on notices (received_at) where alarming;

create trigger notices_append_only
  before update or delete or truncate on notices
  for each statement execute function forbid_change();
alter table notices enable always trigger notices_append_only;

-- A cancellation at the provider that nobody approved here, and the message that says so.
create table alarms (
  account   text not null,
  notice    text not null,
  ts        text not null,
  primary key (account, notice),
  foreign key (account, notice) references notices (account, id)
);
