-- What has to be remembered so that a message comes to Slack once, stays there, and comes no faster than Slack takes it.

-- A post to Slack whose answer is not recorded yet: committed before the call, so that the next try first looks
-- whether it arrived.
create table deliveries (
  -- What is delivered: `<request> card`, `summary <channel> <day>`, `alarm <account> <notice>`.
  name        text primary key,
  -- Also in the message's metadata, by which it is recognised.
  id          uuid not null,
  begun_at    timestamptz not null default now()
);

-- When the headline and what is in its thread were last seen to stand in Slack.
alter table messages add column seen_at timestamptz not null default now();
create index messages_by_last_look on messages (seen_at) where kind = 'headline';

-- From when on the next call of a method to a channel is free, counted for all processes together.
create table turns (
  name        text primary key,
  free_at     timestamptz not null
);
