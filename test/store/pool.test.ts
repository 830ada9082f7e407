import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, createTogether, withTransaction } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql.query('create table notes (text text not null)');
  pool = createPool(database.ownerUrl, () => undefined);
});
beforeEach(() => database.sql.query('truncate notes'));
afterAll(async () => {
  await pool.end();
  await database.stop();
});

function writing(text: string | null): [string, (string | null)[]] {
  return ['insert into notes values ($1)', [text]];
}
const notes = async () =>
  (await database.sql.query<{ text: string }>('select text from notes')).rows.map(({ text }) => text);

describe('a transaction whose commit is sent right behind its last statement', () => {
  it('keeps what was done in it, the last statement too', async () => {
    const given = await withTransaction(
      pool,
      async (client) => {
        await client.query(...writing('first'));
        return client;
      },
      async (client) => void (await client.query(...writing('last'))),
    );
    expect(given).toBeDefined();
    expect(await notes()).toEqual(['first', 'last']);
  });

  it('keeps nothing when the last statement fails, and says why', async () => {
    const failing = withTransaction(
      pool,
      async (client) => {
        await client.query(...writing('first'));
        return client;
      },
      async (client) => void (await client.query(...writing(null))),
    );
    await expect(failing).rejects.toThrow('not-null');
    expect(await notes()).toEqual([]);
  });

  it('keeps nothing when one of several statements that were sent at once fails', async () => {
    const failing = withTransaction(pool, async (client) => {
      await Promise.all([writing('one'), writing(null), writing('three')].map((one) => client.query(...one)));
    });
    await expect(failing).rejects.toThrow('not-null');
    expect(await notes()).toEqual([]);
    await withTransaction(pool, (client) => client.query(...writing('later')));
    expect(await notes()).toEqual(['later']);
  });
});

describe('queries outside of transactions', () => {
  const PID = 'select pg_backend_pid() as pid';

  it('share a connection when they are asked at the same moment, and are answered in order', async () => {
    const db = createTogether(pool);
    const [first, second] = await Promise.all([db.query(PID), db.query(PID)]);
    expect(first.rows).toEqual(second.rows);
    expect(pool.idleCount).toBe(pool.totalCount);
  });

  it('wait behind none that were asked before', async () => {
    const db = createTogether(pool);
    const slow = db.query('select pg_sleep(30)').catch(() => 'cut off');
    await Promise.resolve();
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.sql.query(
      `select pg_cancel_backend(pid) from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`,
    );
    expect(await slow).toBe('cut off');
  });

  it('fail for themselves alone, and give their connection back', async () => {
    const db = createTogether(pool);
    const [failed, fine] = await Promise.allSettled([db.query('select 1 / 0'), db.query('select 1 as one')]);
    expect(failed.status).toBe('rejected');
    expect(fine.status).toBe('fulfilled');
    expect(pool.idleCount).toBe(pool.totalCount);
  });
});
