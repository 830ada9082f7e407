import { connect, createServer } from 'node:net';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool, type Queryable } from '../../src/store/pool.ts';
import { createTogether, withTransaction } from '../../src/store/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { listenOn } from '../sockets.ts';

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

/** The database behind a way on which one word becomes another of the same length. */
async function distort(word: string, other: string): Promise<string> {
  const url = new URL(database.ownerUrl);
  const { hostname, port } = url;
  const way = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('data', (bytes) => far.write(bytes.toString('latin1').replace(word, other), 'latin1'));
    far.pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('close', () => far.destroy());
  });
  url.port = String(await listenOn(way));
  return url.href;
}

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

describe('a transaction', () => {
  it('keeps nothing of work that hid a failure, and says so', async () => {
    const failing = withTransaction(pool, async (db) => {
      await db.query(...writing('one'));
      await db.query(...writing(null)).catch(() => undefined);
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await notes()).toEqual([]);
  });

  it('sees what it locked, also where that was asked along with its begin', async () => {
    await database.sql.query(...writing('first'));
    await withTransaction(pool, async (db) => {
      const [, read] = await Promise.all([
        db.query('select pg_advisory_xact_lock(1)'),
        db.query('select text from notes'),
      ]);
      expect(read.rows).toEqual([{ text: 'first' }]);
      const { rows } = await database.sql.query('select pg_try_advisory_lock(1) as free');
      expect(rows).toEqual([{ free: false }]);
    });
  });

  it('takes no statement any more when it is over', async () => {
    const kept: Queryable[] = [];
    const failing = withTransaction(pool, async (db) => {
      kept.push(db);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await expect(kept[0]?.query(...writing('late'))).rejects.toThrow('is over');
    expect(await notes()).toEqual([]);
  });

  it('writes nothing when it could not begin, whatever was asked along with that', async () => {
    const distorted = createPool(await distort('begin', 'bogus'), () => undefined);
    const failing = withTransaction(distorted, async (db) => {
      const read = db.query('select 1');
      await Promise.all([read, db.query(...writing('one')), db.query('select 2')]);
    });
    await expect(failing).rejects.toThrow('syntax error at or near "bogus"');
    await distorted.end();
    expect(await notes()).toEqual([]);
  });

  it('goes on with a statement that it prepared, when a column was added meanwhile', async () => {
    const one = new Pool({ connectionString: database.url, max: 1 });
    const read = () =>
      withTransaction(one, (db) => db.query('select text from notes where text = $1', ['x']));
    await database.sql.query('grant select on notes to public');
    await read();
    await database.sql.query('alter table notes add column added_later int');
    expect((await read()).rows).toEqual([]);
    await one.end();
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
