-- The functions that keep the law look their tables up in `public`. Otherwise whoever may make temporary tables could put
-- one of the same name in front: PostgreSQL looks there first, unless it is named last.

alter function forbid_change() set search_path = pg_catalog, public, pg_temp;
alter function keep_requests_frozen() set search_path = pg_catalog, public, pg_temp;
alter function forbid_second_attempt() set search_path = pg_catalog, public, pg_temp;
alter function has_enough_approvals(uuid) set search_path = pg_catalog, public, pg_temp;
alter function judge_decision() set search_path = pg_catalog, public, pg_temp;
alter function judge_attempt() set search_path = pg_catalog, public, pg_temp;
alter function judge_state() set search_path = pg_catalog, public, pg_temp;
alter function forbid_unfounded_finding() set search_path = pg_catalog, public, pg_temp;
alter function is_erased(oid, uuid, integer) set search_path = pg_catalog, public, pg_temp;
alter function forbid_change_but_erasure() set search_path = pg_catalog, public, pg_temp;
alter function forbid_silent_finding() set search_path = pg_catalog, public, pg_temp;
