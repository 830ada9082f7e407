/** Work that only one may do at a time, while there are fewer connections than there is such work. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAlone } from '../../src/store/alone.ts';
import { createPool, type Queryable } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { somebodyWaitsFor } from './waiting.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, () => undefined);
});

afterAll(async () => {
  await pool.end();
  await database.stop();
});

describe('work that is alone', () => {
  it('gets its connection for what it does, also when more of it comes at once than there are connections', async () => {
    const { alone } = createAlone(pool);
    const names = Array.from({ length: 3 * pool.options.max }, (_one, n) => `work ${n}`);
    const done = await Promise.all(
      names.map((name) =>
        alone(name, async () => {
          await pool.query('select');
          return name;
        }),
      ),
    );
    expect(done).toEqual(names);
  });

  it('may be alone within other work that is, as a summary is with its files', async () => {
    const { alone } = createAlone(pool);
    const names = Array.from({ length: 4 }, (_one, n) => `files ${n}`);
    const done = names.map((name) => alone(name, () => alone(`summary of ${name}`, async () => name)));
    expect(await Promise.all(done)).toEqual(names);
  });

  it('waits for its like, and gives its place on when it fails', async () => {
    const { alone } = createAlone(pool);
    let running = 0;
    const tries = Array.from({ length: 30 }, () =>
      alone('the same', async () => {
        running += 1;
        expect(running).toBe(1);
        await pool.query('select');
        running -= 1;
        throw new Error('as it happens');
      }),
    );
    const ended = await Promise.allSettled(tries);
    expect(ended.map(({ status }) => status)).toEqual(ended.map(() => 'rejected'));
    expect(ended.every((one) => one.status === 'rejected' && String(one.reason).includes('happens'))).toBe(
      true,
    );
  });
});

const COUNT = 'select count(*)::int as count from deliveries';
const WRITE = 'insert into deliveries (name, id) values ($1, $2)';
const countFrom = async (db: Queryable) => (await db.query(COUNT)).rows[0]?.['count'];
const write = (db: Queryable) => db.query(WRITE, [randomUUID(), randomUUID()]);

describe('work on the session that holds its lock', () => {
  it('reads what was written by whoever had the lock before', async () => {
    const { holding } = createAlone(pool);
    let found: Promise<unknown> | undefined;
    await holding('reading', async (db) => {
      const before = await countFrom(db);
      found = holding('reading', countFrom);
      await somebodyWaitsFor(database.sql, 'advisory');
      await write(db);
      expect(before).toBe(0);
    });
    expect(await found).toBe(1);
  });

  it('does nothing without the lock, and fails where it does not get it', async () => {
    const impatient = createPool(
      `${database.url}?options=${encodeURIComponent('-c lock_timeout=100')}`,
      () => undefined,
    );
    const { holding } = createAlone(pool);
    await holding('writing', async (db) => {
      const before = await countFrom(db);
      for (const work of [write, countFrom, async () => 'done'])
        await expect(createAlone(impatient).holding('writing', work)).rejects.toThrow('lock timeout');
      expect(await countFrom(db)).toBe(before);
    });
    await impatient.end();
  });

  it('asks nothing there any more when it is over', async () => {
    const kept: Queryable[] = [];
    await createAlone(pool).holding('kept', async (db) => void kept.push(db));
    await expect(kept[0]?.query('select')).rejects.toThrow('is over');
  });
});
