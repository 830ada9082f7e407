import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { somebodyWaitsFor } from './waiting.ts';

let database: TestDatabase;
let one: Process;
let other: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  const surroundings = new Surroundings();
  one = await startProcess(database.url, surroundings);
  other = await startProcess(database.url, surroundings);
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.stop();
});

it('gives up the delivery that did not arrive, and none that took its place', async () => {
  const [lost, next] = [randomUUID(), randomUUID()];
  await one.store.beginDelivery('a reminder', lost);
  await one.store.replaceDelivery('a reminder', next);
  await one.store.giveUpDelivery('a reminder', lost);
  const standing = () => one.store.selectDeliveries(['a reminder']);
  expect([...(await standing()).values()]).toMatchObject([{ id: next }]);
  await one.store.giveUpDelivery('a reminder', next);
  expect([...(await standing())]).toEqual([]);
});

describe('a transaction', () => {
  it('that rolls back leaves neither its rows nor its job', async () => {
    const request = await ask(one, 'rolled-back');
    const { id } = request;
    const rolled = one.store.transaction(async (records) => {
      await records.moveRequest(request, 'approved');
      await records.enqueue({ name: 'dispatch', request: id });
      throw new Error('no');
    });
    await expect(rolled).rejects.toThrow('no');
    expect(await one.store.selectRequest(id)).toMatchObject({ state: 'pending', version: 1 });
    expect(await dispatchJobs(id)).toBe(0);
  });

  it('shows its job to others only when it commits', async () => {
    const { id } = await ask(one, 'committed');
    await one.store.transaction(async (records) => {
      await records.enqueue({ name: 'dispatch', request: id });
      expect(await dispatchJobs(id)).toBe(0);
    });
    expect(await dispatchJobs(id)).toBe(1);
  });

  it('keeps others from a request that it has locked', async () => {
    const { id } = await ask(one, 'locked');
    const order: string[] = [];
    const waiting = await one.store.transaction(async (records) => {
      await records.lockRequest(id);
      const later = other.store.transaction(async (theirs) => {
        await theirs.lockRequest(id);
        order.push('other');
      });
      await somebodyWaitsFor(database.sql, 'transactionid');
      order.push('one');
      return { later };
    });
    await waiting.later;
    expect(order).toEqual(['one', 'other']);
  });
});

async function secondsLeft(): Promise<number> {
  const { rows } = await database.sql.query<{ left: number }>(
    'select 120 - mod(extract(epoch from now()), 120)::float8 as left',
  );
  return rows[0]?.left ?? 0;
}

describe('ringing for what was neglected', () => {
  it('adds one job, however many processes ring', async () => {
    const { id } = await ask(one, 'rung');
    // Two minutes of the queue are two minutes of the clock: at their end, one half of the rings may be in the next.
    await expect.poll(secondsLeft, { timeout: 10_000 }).toBeGreaterThan(5);
    const rings = Array.from({ length: 6 }, (_, n) =>
      (n % 2 === 0 ? one : other).store.ring({ name: 'dispatch', request: id }),
    );
    await Promise.all(rings);
    expect(await dispatchJobs(id)).toBe(1);
  });

  it('keeps no ordinary job away', async () => {
    const { id } = await ask(one, 'rung-and-sent');
    await one.store.ring({ name: 'dispatch', request: id });
    await one.store.enqueue({ name: 'dispatch', request: id });
    expect(await dispatchJobs(id)).toBe(2);
  });
});

describe('alone', () => {
  it('lets one work at a time, whichever process asks', async () => {
    let working = 0;
    const seen: number[] = [];
    const works = Array.from({ length: 8 }, (_, n) =>
      (n % 2 === 0 ? one : other).store.alone('slack', async () => {
        working += 1;
        seen.push(working);
        await database.sql.query('select 1');
        working -= 1;
      }),
    );
    await Promise.all(works);
    expect(seen).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('makes another process wait until the work is done', async () => {
    const order: string[] = [];
    await one.store
      .alone('turn', async () => {
        const second = other.store.alone('turn', async () => void order.push('second'));
        await somebodyWaitsFor(database.sql, 'advisory');
        order.push('first');
        return { second };
      })
      .then(({ second }) => second);
    expect(order).toEqual(['first', 'second']);
  });

  it('gives back what the work gives, and lets go when the work fails', async () => {
    const failing = one.store.alone('broken', async () => Promise.reject(new Error('Slack is away')));
    await expect(failing).rejects.toThrow('Slack is away');
    expect(await other.store.alone('broken', async () => 'free')).toBe('free');
  });

  it('keeps nobody away from work of another name', async () => {
    const nested = one.store.alone('this', () => other.store.alone('that', async () => 'both'));
    expect(await nested).toBe('both');
  });

  it('lets go when the connection that held it is cut', async () => {
    await one.store.alone('cut', async () => {
      await database.sql.query(
        `select pg_terminate_backend(pid) from pg_locks
         where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
      );
      expect(await other.store.alone('cut', async () => 'free')).toBe('free');
    });
    expect(await one.store.alone('cut', async () => 'free again')).toBe('free again');
  });
});

async function dispatchJobs(id: string): Promise<number> {
  const { rows } = await database.sql.query(
    "select 1 from pgboss.job where name = 'dispatch' and data->>'request' = $1",
    [id],
  );
  return rows.length;
}

describe('a connection', () => {
  it('that is silent for two minutes is ended, so that a frozen process gives up its locks', async () => {
    const pool = createPool(database.url, () => undefined);
    const { rows } = await pool.query('show idle_session_timeout');
    await pool.end();
    expect(rows).toEqual([{ idle_session_timeout: '2min' }]);
  });
});
