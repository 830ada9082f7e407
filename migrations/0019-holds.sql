-- Until when Slack wants no more of these calls: told to one process, and heeded by all, also by those whose turn had
-- been given before.
alter table turns add column held_until timestamptz;
