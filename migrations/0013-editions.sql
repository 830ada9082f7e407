-- Counts what was done to a message. A lock that keeps two processes from showing one request at once goes with its
-- connection; whoever was faster is then noticed by this.
alter table messages add column edition integer not null default 1;
