-- What the finance channel was not told of yet, so that looking for it every minute costs the same however often it was told
-- of something. The database keeps it by itself, also for a process of an earlier version.

-- Nobody is told between the look at who was, and the trigger that notes it.
lock table notices, alarms in share row exclusive mode;

create table untold_notices (
  account     text not null,
  notice      text not null,
  received_at timestamptz not null,
  primary key (account, notice),
  foreign key (account, notice) references notices (account, id)
);

insert into untold_notices (account, notice, received_at)
  select account, id, received_at from notices n
  where alarming and not exists (select from alarms a where a.account = n.account and a.notice = n.id);

create function notice_is_untold() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into untold_notices (account, notice, received_at) values (new.account, new.id, new.received_at)
  on conflict do nothing;
  return null;
end;
$$;
revoke all on function notice_is_untold from public;

create trigger notices_are_untold
  after insert on notices
  for each row when (new.alarming) execute function notice_is_untold();
alter table notices enable always trigger notices_are_untold;

create function notice_is_told() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from untold_notices where account = new.account and notice = new.notice;
  return null;
end;
$$;
revoke all on function notice_is_told from public;

create trigger alarms_are_told
  after insert on alarms
  for each row execute function notice_is_told();
alter table alarms enable always trigger alarms_are_told;

-- Nothing reads along it any more.
drop index notices_alarming;
