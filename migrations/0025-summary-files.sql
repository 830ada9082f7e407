-- The files that follow a summary into its thread. They are no part of the record: only what Slack was given of it.

create table summary_files (
  channel     text not null,
  kind        text not null check (kind in ('day', 'week', 'month')),
  local_date  date not null,
  -- `picture` of fourteen days, `detail` of every request.
  file        text not null check (file in ('picture', 'detail')),
  -- Wanted; uploaded and perhaps shared; seen in the thread; also shown in the message, which only a picture is.
  state       text not null default 'wanted' check (state in ('wanted', 'sharing', 'shared', 'shown', 'given_up')),
  -- Of the newest upload: Slack's id, its address, and for a picture what it says.
  slack_id    text,
  address     text,
  alt_text    text,
  -- Uploads that came to nothing; looks at the newest one since its state changed.
  tries       integer not null default 0,
  looks       integer not null default 0,
  touched_at  timestamptz not null default now(),
  primary key (channel, kind, local_date, file),
  check (state = 'wanted' or state = 'given_up' or slack_id is not null)
);

create index summary_files_under_way on summary_files (touched_at)
  where state in ('wanted', 'sharing') or state = 'shared' and file = 'picture';
