-- Whoever has several Slack accounts stands in a record by the one with which they took part first; the account with which
-- they acted then, where it is another.

alter table decisions
  add column alias_user text,
  add constraint decisions_alias_is_another
    check (alias_user is null
           or (person_user is not null and alias_user <> person_user and alias_user <> requester_user));

alter table bulk_acts
  add column alias_user text,
  add constraint bulk_acts_alias_is_another
    check (alias_user is null
           or (person_user is not null and alias_user <> person_user and alias_user <> requester_user));

alter table lifts
  add column alias_user text,
  add constraint lifts_alias_is_another check (alias_user <> person_user);
