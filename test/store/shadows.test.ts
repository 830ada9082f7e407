import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantAttempt, plantRequest } from './planting.ts';

/** Whoever holds the app's password may make temporary tables, and PostgreSQL looks into those first. */
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

describe('temporary tables of the record’s names', () => {
  it('make no approvals', async () => {
    const request = await plantRequest(database.sql);
    const entry = await database.sql.query<{ n: number }>(
      'select max(n) as n from chain where request_id = $1',
      [request],
    );
    expect(entry.rows[0]?.n).toBe(1);
    for (const table of ['decisions', 'requests', 'attempts', 'outcomes'])
      await app.query(`create temp table ${table} as select * from public.${table}`);
    await app.query(
      `insert into pg_temp.decisions (request_id, requester_user, act, person_user, groups, saw, decided_at)
       select id, requester_user, 'approve', 'U_PAVEL', '{finance}', digest, requested_at from public.requests`,
    );
    await app.query("update pg_temp.requests set state = 'approved'");

    const approved = app.query("update public.requests set state = 'approved' where id = $1", [request]);
    await expect(approved).rejects.toThrow("can't become approved now");
    const sent = app.query(
      'insert into public.attempts (request_id, n, started_at, entry) values ($1, 1, now(), 2)',
      [request],
    );
    await expect(sent).rejects.toThrow('a request that is pending is not sent');
    await expect(plantAttempt(database.sql, request)).rejects.toThrow('is not sent');
  });

  it('are looked past by every function of ours', async () => {
    const { rows } = await database.sql.query(
      `select proname from pg_proc where pronamespace = 'public'::regnamespace
         and not coalesce('search_path=pg_catalog, public, pg_temp' = any (proconfig), false)`,
    );
    expect(rows).toEqual([]);
  });
});
