-- The law, kept by PostgreSQL itself: whoever writes here, with whatever program, can't get around it.

/* Whether distinct people who did not ask fill every place of the request's rule, with approvals of exactly this
   digest, in time. By Hall's theorem: they do if for every choice of groups there are as many people in one of them as
   the rule wants from them together. */
create function has_enough_approvals(of_request uuid) returns boolean language sql stable as $$
  with request as (
    select digest, deadline, requester_user, rule from requests where id = of_request
  ), needs as (
    select (1 << (place::int - 1)) as bit, need->>'group' as "group", (need->>'count')::int as count
    from request, jsonb_array_elements(rule->'needs') with ordinality as listed (need, place)
  ), approvers as (
    select d.groups
    from decisions d, request r
    where d.request_id = of_request and d.act = 'approve' and d.refusal is null
      and d.saw = r.digest and d.decided_at < r.deadline and d.person_user <> r.requester_user
  )
  select exists (select from needs) and not exists (
    select from generate_series(1, (1 << (select count(*)::int from needs)) - 1) as choice
    where (select sum(count) from needs where bit & choice <> 0) >
          (select count(*) from approvers a
           where exists (select from needs where bit & choice <> 0 and "group" = any (a.groups)))
  );
$$;

-- Without needs nobody would have to approve; with very many, the choices above would be too many to go through.
alter table requests add constraint requests_rule_has_needs
  check (jsonb_array_length(rule->'needs') between 1 and 10);

alter table decisions add constraint decisions_nobody_rejects_their_own
  check (act <> 'reject' or refusal is not null or person_user <> requester_user);

-- A decision that counts meets the request in a state, in a time and by a person that the act allows.
create function judge_decision() returns trigger language plpgsql as $$
declare
  request requests;
  is_listed boolean;
begin
  if new.refusal is not null or new.act not in ('approve', 'reject', 'withdraw', 'expire', 'lapse') then
    return new;
  end if;
  select * into request from requests where id = new.request_id for no key update;
  is_listed := exists (
    select from jsonb_array_elements(request.rule->'needs') need where need->>'group' = any (new.groups));

  if request.state <> 'pending' and not (new.act = 'lapse' and request.state = 'approved') then
    raise exception 'a request that is % takes no %', request.state, new.act;
  end if;
  if new.act in ('approve', 'reject', 'withdraw') and new.decided_at >= request.deadline then
    raise exception 'the deadline of the request is over';
  end if;
  if new.act = 'expire' and new.decided_at < request.deadline then
    raise exception 'the deadline of the request is not over';
  end if;
  if new.act in ('approve', 'reject') and not is_listed then
    raise exception 'the request''s rule does not name a group of this person';
  end if;
  if new.act = 'approve' and new.saw <> request.digest then
    raise exception 'what was approved is not what was asked';
  end if;
  return new;
end;
$$;

create trigger decisions_follow_the_law
  before insert on decisions
  for each row execute function judge_decision();
alter table decisions enable always trigger decisions_follow_the_law;

-- Nothing is sent without enough approvals.
create function judge_attempt() returns trigger language plpgsql as $$
declare
  state_now text;
begin
  select state into state_now from requests where id = new.request_id for no key update;
  if state_now is distinct from 'approved' then
    raise exception 'a request that is % is not sent', state_now;
  end if;
  if not has_enough_approvals(new.request_id) then
    raise exception 'the request lacks approvals';
  end if;
  if exists (select from decisions where request_id = new.request_id and refusal is null
             and act in ('reject', 'withdraw', 'expire', 'lapse')) then
    raise exception 'a decision ended the request';
  end if;
  return new;
end;
$$;

create trigger attempts_follow_the_law
  before insert on attempts
  for each row execute function judge_attempt();
alter table attempts enable always trigger attempts_follow_the_law;

-- A state follows from rows that say so, and only from a state that it may follow.
create function judge_state() returns trigger language plpgsql as $$
declare
  ends constant jsonb := '{"rejected": "reject", "withdrawn": "withdraw", "expired": "expire", "lapsed": "lapse"}';
  may_follow boolean;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'pending' then
      raise exception 'a request begins as pending, not as %', new.state;
    end if;
    return new;
  end if;
  if new.state = old.state then
    return new;
  end if;

  may_follow := case
    when old.state = 'pending' and new.state = 'approved' then
      has_enough_approvals(new.id)
    when old.state = 'pending' and ends ? new.state or old.state = 'approved' and new.state = 'lapsed' then
      exists (select from decisions where request_id = new.id and refusal is null and act = ends->>new.state)
    when old.state = 'approved' and new.state = 'sending' then
      exists (select from attempts a where a.request_id = new.id
              and not exists (select from outcomes o where o.attempt_id = a.id))
    when old.state in ('sending', 'unknown') and new.state = 'approved' then
      not exists (select from attempts a where a.request_id = new.id
                  and not exists (select from outcomes o where o.attempt_id = a.id and o.type = 'not_sent'))
    when old.state = 'sending' and new.state in ('unknown', 'accepted', 'cancelled', 'refused')
      or old.state = 'unknown' and new.state in ('accepted', 'cancelled', 'refused')
      or old.state = 'accepted' and new.state in ('cancelled', 'refused') then
      exists (select from attempts a join outcomes o on o.attempt_id = a.id
              where a.request_id = new.id and o.type = new.state)
    else false
  end;
  if not may_follow then
    raise exception 'a request that is % can''t become % now', old.state, new.state;
  end if;
  return new;
end;
$$;

create trigger requests_follow_the_law
  before insert or update on requests
  for each row execute function judge_state();
alter table requests enable always trigger requests_follow_the_law;
