-- What was done to a message, so that an edit which comes too late is noticed.
alter table messages
  -- Counts it. A lock that keeps two processes from showing one request at once goes with its connection; whoever was
  -- faster is then noticed by this.
  add column edition integer not null default 1,
  -- When an edit was begun whose answer is not recorded yet: of a process that died since, it may still be on its way.
  add column editing_at timestamptz;
