-- A person who looked at the provider says what became of a request that nobody could settle otherwise.

-- `find` is a try that was refused before anything was said; the others say what was found. One that counts ends the
-- request, so `decisions_one_ends_the_request` holds for it too.
alter table decisions drop constraint decisions_act_check;
alter table decisions add constraint decisions_act_check
  check (act in ('approve', 'reject', 'withdraw', 'expire', 'lapse', 'find', 'find_cancelled', 'find_refused'));

alter table decisions
  add constraint decisions_finder_is_second_person
    check (act not in ('find_cancelled', 'find_refused') or refusal is not null or person_user <> requester_user),
  add constraint decisions_finding_says_of_what_and_why
    check (act not in ('find_cancelled', 'find_refused') or refusal is not null
           or (cardinality(groups) > 0 and saw is not null and note is not null and note ~ '\S')),
  add constraint decisions_finding_says_what
    check (act <> 'find' or refusal is not null);

-- As before, and what a person found meets the request in a state and by a person that the act allows.
create or replace function judge_decision() returns trigger language plpgsql as $$
declare
  request requests;
  is_finding constant boolean := new.act in ('find_cancelled', 'find_refused');
  is_listed boolean;
begin
  if new.refusal is not null
     or not is_finding and new.act not in ('approve', 'reject', 'withdraw', 'expire', 'lapse') then
    return new;
  end if;
  select * into request from requests where id = new.request_id for no key update;
  is_listed := exists (
    select from jsonb_array_elements(request.rule->'needs') need where need->>'group' = any (new.groups));

  if is_finding and request.state not in ('unknown', 'accepted')
     or not is_finding and request.state <> 'pending' and not (new.act = 'lapse' and request.state = 'approved') then
    raise exception 'a request that is % takes no %', request.state, new.act;
  end if;
  if new.act in ('approve', 'reject', 'withdraw') and new.decided_at >= request.deadline then
    raise exception 'the deadline of the request is over';
  end if;
  if new.act = 'expire' and new.decided_at < request.deadline then
    raise exception 'the deadline of the request is not over';
  end if;
  if (is_finding or new.act in ('approve', 'reject')) and not is_listed then
    raise exception 'the request''s rule does not name a group of this person';
  end if;
  if (is_finding or new.act = 'approve') and new.saw <> request.digest then
    raise exception 'what was on screen is not what was asked';
  end if;
  return new;
end;
$$;

alter table outcomes drop constraint outcomes_source_check;
alter table outcomes add constraint outcomes_source_check
  check (source in ('answer', 'look_up', 'interruption', 'web_hook', 'person'));

create unique index outcomes_one_person_found_it on outcomes (attempt_id) where source = 'person';

create function forbid_unfounded_finding() returns trigger language plpgsql as $$
begin
  if not exists (
    select from attempts a join decisions d on d.request_id = a.request_id
    where a.id = new.attempt_id and d.act = 'find_' || new.type and d.refusal is null
  ) then
    raise exception 'nobody who may has found that';
  end if;
  return new;
end;
$$;

create trigger outcomes_found_by_somebody
  before insert on outcomes
  for each row when (new.source = 'person') execute function forbid_unfounded_finding();
alter table outcomes enable always trigger outcomes_found_by_somebody;

-- As before, but for the findings: what a person found ends a request by its outcome.
create or replace view request_spans as
  select r.id, r.number, r.account, r.amount_minor, r.currency, r.requested_at, e.state, e.ended_at
  from requests r
  left join lateral (
    select ends.state, ends.ended_at from (
      select case d.act when 'reject' then 'rejected' when 'withdraw' then 'withdrawn'
                        when 'expire' then 'expired' else 'lapsed' end as state, d.decided_at as ended_at
      from decisions d
      where d.request_id = r.id and d.refusal is null and d.act in ('reject', 'withdraw', 'expire', 'lapse')
      union all
      select o.type, o.learnt_at
      from attempts a join outcomes o on o.attempt_id = a.id
      where a.request_id = r.id and o.type in ('cancelled', 'refused')
    ) ends
    order by ends.ended_at limit 1
  ) e on true;

-- What the provider said last, and since when nothing more is to be learnt by asking, so that a person is called.
alter table look_ups add column said text, add column ended_at timestamptz;

-- Those that ended earlier, after a month for every provider, are made once more: then a person is called.
update look_ups l set due_at = now()
from requests r
where r.id = l.request_id and l.due_at is null and r.state in ('unknown', 'accepted');
