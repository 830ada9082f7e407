/** Which of the database's own protections are there, and what the lack of one means. */
import type { Client } from 'pg';
import { z } from 'zod';
import { failure, type Finding, ok, warning } from '../doctor/finding.ts';
import { selectAll, selectOne } from './pool.ts';
import { checkRights } from './rights.ts';

/** Of a database that is migrated, as the app's role. */
export const protections: readonly ((client: Client) => Promise<Finding>)[] = [
  checkRole,
  checkRights,
  checkTriggers,
  checkRules,
];

const RoleRow = z.object({ name: z.string(), superuser: z.boolean(), owned: z.number(), rights: z.string() });

async function checkRole(client: Client): Promise<Finding> {
  const { name, superuser, owned, rights } = await selectOne(
    client,
    RoleRow,
    `select current_user::text as name,
       (select rolsuper from pg_roles where rolname = current_user) as superuser,
       (select count(*)::int from pg_class c where relnamespace = 'public'::regnamespace
          and pg_has_role(c.relowner, 'member')) as owned,
       coalesce((select string_agg(lower(privilege) || ' on ' || kept, ', ')
        from unnest(array['requests', 'decisions', 'attempts', 'outcomes', 'freezes', 'lifts', 'sign_offs', 'bulks', 'bulk_acts', 'chain', 'heads']) kept,
          unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) privilege
        where has_table_privilege(kept, privilege)), '') as rights`,
  );
  if (superuser || owned > 0) {
    return warning(
      `The app's role ${name} owns the tables, so whoever holds its password can switch the triggers off and change ` +
        'or delete what was recorded. Only the sealed chain shows it then, with "countersign verify". Give the app a ' +
        'role of its own in DATABASE_URL, the owner in DATABASE_OWNER_URL, and run "npx countersign migrate".',
    );
  }
  if (rights !== '')
    return failure(
      `The app's role ${name} may do more than it needs (${rights}): run "npx countersign migrate".`,
    );
  return ok(`The app's role ${name} owns nothing, and can neither change nor delete what was recorded.`);
}

/** Each guards its table also where ordinary triggers are off. */
const TRIGGERS = [
  'requests_are_frozen',
  'requests_stay',
  'requests_follow_the_law',
  'decisions_append_only',
  'decisions_change_only_by_erasure',
  'decisions_finding_says_why',
  'decisions_follow_the_law',
  'decisions_name_their_bulk',
  'attempts_append_only',
  'attempts_never_twice',
  'attempts_follow_the_law',
  'attempts_name_their_bulk',
  'outcomes_append_only',
  'outcomes_change_only_by_erasure',
  'outcomes_found_by_somebody',
  'bulks_are_frozen',
  'bulks_stay',
  'bulk_acts_append_only',
  'bulk_acts_follow_the_law',
  'bulk_tries_name_their_bulk',
  'requests_lines_come_with_their_bulk',
  'requests_place_their_bulk',
  'notices_append_only',
  'notices_are_untold',
  'alarms_are_told',
  'refused_asks_append_only',
  'freezes_are_frozen',
  'freezes_stay',
  'freezes_follow_the_law',
  'lifts_append_only',
  'lifts_follow_the_law',
  'sign_offs_append_only',
  'sign_offs_heed_freezes',
  'attempts_heed_freezes',
  'attempts_heed_their_bulk',
  'decisions_heed_freezes',
  'decisions_on_lines_are_their_bulks',
  'bulk_acts_heed_freezes',
  'chain_append_only',
  'heads_append_only',
];

const MissingRow = z.object({ name: z.string() });

async function checkTriggers(client: Client): Promise<Finding> {
  const rows = await selectAll(
    client,
    MissingRow,
    `select name from unnest($1::text[]) as name
     where not exists (select from pg_trigger where tgname = name and tgenabled = 'A')`,
    [TRIGGERS],
  );
  if (rows.length === 0) return ok('Every trigger that keeps the law is on.');
  const names = rows.map(({ name }) => name).join(', ');
  return failure(
    `These triggers are missing or off: ${names}. Somebody switched them off as the owner: switch them on with ` +
      '"alter table … enable always trigger …", find out who it was, and run "npx countersign verify".',
  );
}

/** What the tables themselves refuse. */
const RULES = [
  'requests_one_open_per_payment',
  'requests_rule_has_needs',
  'requests_line_fits_its_bulk',
  'bulk_acts_second_person',
  'bulk_acts_only_the_requester_withdraws',
  'bulk_acts_one_person_approves_once',
  'decisions_approver_is_second_person',
  'decisions_nobody_rejects_their_own',
  'decisions_finder_is_second_person',
  'decisions_one_person_approves_once',
  'decisions_one_ends_the_request',
  'outcomes_one_answer',
  'outcomes_one_person_found_it',
  'freezes_are_by_an_approver',
  'lifts_are_by_an_approver',
  'lifts_one_person_agrees_once',
  'sign_offs_are_by_a_reviewer',
  'sign_offs_one_counts',
];

async function checkRules(client: Client): Promise<Finding> {
  const rows = await selectAll(
    client,
    MissingRow,
    `select name from unnest($1::text[]) as name
     where not exists (select from pg_constraint where conname = name and convalidated)
       and not exists (select from pg_class c join pg_index i on i.indexrelid = c.oid
                       where c.relname = name and i.indisunique and i.indisvalid)
     union all
     select 'no row security on ' || relname from pg_class
     where relnamespace = 'public'::regnamespace and relrowsecurity`,
    [RULES],
  );
  if (rows.length === 0) return ok('Every constraint that keeps the law is there, and nothing hides rows.');
  const names = rows.map(({ name }) => name).join(', ');
  return failure(
    `The tables lack: ${names}. Somebody took that away as the owner: find out who, and run "npx countersign verify".`,
  );
}
