import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareDatabase } from '../../src/store/roles.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantRequestIn } from './planting.ts';

let database: TestDatabase;
let app: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  app = new Client({ connectionString: database.url });
  await app.connect();
});
afterAll(async () => {
  await app.end();
  await database.stop();
});

describe("the app's role", () => {
  it('owns nothing, and is no member of anything that does', async () => {
    const { rows } = await app.query(
      `select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
         (select count(*)::int from pg_class where relowner = r.oid) as relations,
         (select count(*)::int from pg_proc where proowner = r.oid) as functions,
         (select count(*)::int from pg_auth_members where member = r.oid) as memberships
       from pg_roles r where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        rolreplication: false,
        relations: 0,
        functions: 0,
        memberships: 0,
      },
    ]);
  });

  it('may do this with the tables, and nothing more', async () => {
    const { rows } = await app.query<{ granted: string }>(
      `select c.relname || ': ' || string_agg(what, ', ' order by what) as granted
       from pg_class c
       cross join lateral (
         select privilege as what from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
             'TRIGGER', 'MAINTAIN']) as privilege
         where has_table_privilege(c.oid, privilege)
         union all
         select 'UPDATE ' || attname from pg_attribute a
         where a.attrelid = c.oid and attnum > 0 and not attisdropped
           and has_column_privilege(c.oid, attname, 'UPDATE') and not has_table_privilege(c.oid, 'UPDATE')
       ) rights
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'p', 'm')
       group by c.relname order by c.relname`,
    );
    expect(rows.map(({ granted }) => granted)).toEqual([
      'alarms: INSERT, SELECT',
      'attempts: INSERT, SELECT',
      'bulk_acts: INSERT, SELECT',
      'bulk_draft_lines: DELETE, INSERT, SELECT, UPDATE',
      'bulk_drafts: DELETE, INSERT, SELECT, UPDATE',
      'bulk_places: INSERT, SELECT',
      'bulk_tries: INSERT, SELECT, UPDATE tried_at',
      'bulks: INSERT, SELECT, UPDATE announced',
      'chain: SELECT',
      'decisions: INSERT, SELECT',
      'deliveries: DELETE, INSERT, SELECT, UPDATE',
      'freezes: INSERT, SELECT, UPDATE announced',
      'heads: INSERT, SELECT',
      'home_news: INSERT, SELECT, UPDATE',
      'homes: INSERT, SELECT, UPDATE',
      'lifts: INSERT, SELECT',
      'look_ups: INSERT, SELECT, UPDATE',
      'messages: DELETE, INSERT, SELECT, UPDATE',
      'migrations: SELECT',
      'notices: INSERT, SELECT',
      'outcomes: INSERT, SELECT',
      'refused_asks: INSERT, SELECT',
      'request_spans: SELECT',
      'requests: INSERT, SELECT, UPDATE announced, UPDATE state, UPDATE version',
      'roll_ups: INSERT, SELECT, UPDATE ts',
      'shortages: INSERT, SELECT, UPDATE alarm_ts, UPDATE all_clear_ts, UPDATE ended_at',
      'sign_offs: INSERT, SELECT',
      'standing_freezes: SELECT',
      'summaries: INSERT, SELECT, UPDATE shows_sign_off, UPDATE ts',
      'summary_files: INSERT, SELECT, UPDATE',
      'turns: INSERT, SELECT, UPDATE',
      'untold_notices: SELECT',
      'watchers: DELETE, INSERT, SELECT, UPDATE',
    ]);
  });

  it('may call one function beyond what everybody may, and make nothing', async () => {
    const { rows } = await app.query(
      `select proname from pg_proc p where pronamespace = 'public'::regnamespace and prosecdef
         and has_function_privilege(p.oid, 'EXECUTE')`,
    );
    expect(rows).toEqual([{ proname: 'append_entries' }]);
    for (const statement of [
      'create table mine ()',
      'create schema mine',
      'create function f() returns int return 1',
    ]) {
      await expect(app.query(statement), statement).rejects.toThrow(/permission denied/);
    }
  });

  it.each([
    "update decisions set refusal = 'already_decided'",
    'delete from decisions',
    'truncate decisions',
    'delete from requests',
    "update requests set reason = 'Other'",
    'update attempts set started_at = now()',
    "update outcomes set type = 'refused'",
    "update summaries set figures = '{}'",
    "insert into chain values (99, gen_random_uuid(), 1, '{}', '', '', '')",
    "update chain set body = '{}'",
    'truncate chain',
    'delete from heads',
    "update freezes set scope = 'account', account = 'shop-tr'",
    'delete from freezes',
    "update lifts set person_user = 'U_LENA'",
    'truncate lifts',
    'drop trigger attempts_heed_freezes on attempts',
    'alter table decisions disable trigger all',
    'drop trigger decisions_append_only on decisions',
    'drop table decisions',
    'set session_replication_role = replica',
    'update migrations set sha256 = null',
  ])('is refused: %s', async (statement) => {
    await plantRequestIn(database.sql, 'approved');
    await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });
});

describe('preparing a database', () => {
  it('makes the role when it is missing, takes back what is too much, and changes nothing the second time', async () => {
    const name = `app_${randomBytes(4).toString('hex')}`;
    const url = new URL(database.url);
    Object.assign(url, { username: name, password: "it's a pass" });

    expect(await prepareDatabase(database.ownerUrl, url.href)).toEqual({ applied: [], separate: true });
    await database.sql.query(`grant delete on decisions to ${name}`);
    expect(await prepareDatabase(database.ownerUrl, url.href)).toEqual({ applied: [], separate: true });

    const client = new Client({ connectionString: url.href });
    await client.connect();
    await expect(client.query('delete from decisions')).rejects.toThrow('permission denied');
    await client.query('select from decisions');
    await client.end();
    await database.sql.query(`drop owned by ${name}; drop role ${name}`);
  });

  it('says so where owner and app are one role', async () => {
    const prepared = await prepareDatabase(database.ownerUrl, database.ownerUrl);
    expect(prepared).toEqual({ applied: [], separate: false });
  });

  it('says what to do where the owner may not make roles, and goes on from there', async () => {
    const suffix = randomBytes(4).toString('hex');
    const { sql } = database;
    await sql.query(`create role owner_${suffix} login password 'owner-pass'`);
    await sql.query(`create database plain_${suffix} owner owner_${suffix}`);
    const owner = new URL(database.ownerUrl);
    Object.assign(owner, {
      username: `owner_${suffix}`,
      password: 'owner-pass',
      pathname: `/plain_${suffix}`,
    });
    const appUrl = new URL(owner);
    Object.assign(appUrl, { username: `app_${suffix}`, password: 'app-pass' });

    const refused = prepareDatabase(owner.href, appUrl.href);
    await expect(refused).rejects.toThrow(
      `create role "app_${suffix}" login password 'the password of DATABASE_URL'`,
    );
    await expect(refused).rejects.not.toThrow('app-pass');
    await sql.query(`create role app_${suffix} login password 'app-pass'`);
    expect(await prepareDatabase(owner.href, appUrl.href)).toEqual({ applied: [], separate: true });

    await sql.query(`drop database plain_${suffix}`);
    await sql.query(`drop role app_${suffix}; drop role owner_${suffix}`);
  });
});
