/** What is left of a pool's connections when it has ended, on a way to the server that takes its time. */
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openQueue } from '../../src/store/queue.ts';
import { createPool, endPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { listenOn } from '../sockets.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.stop());

const GOODBYE_TAKES_MS = 300;
/** How PostgreSQL's protocol says goodbye. */
const TERMINATE = Buffer.from([0x58, 0, 0, 0, 4]);

/** The database behind a way on which a goodbye takes long. */
async function farAway(): Promise<string> {
  const url = new URL(database.url);
  const { hostname, port } = url;
  const way = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(Number(port), hostname);
    near.on('data', (bytes) => void pass(bytes));
    async function pass(bytes: Buffer): Promise<void> {
      if (bytes.equals(TERMINATE)) await setTimeout(GOODBYE_TAKES_MS);
      far.write(bytes);
    }
    far.pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
  });
  url.port = String(await listenOn(way));
  return url.href;
}

async function countOpen(): Promise<number> {
  const { rows } = await database.sql.query(
    'select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  return rows.length;
}

it('is nothing of a pool', async () => {
  const pool = createPool(await farAway(), () => undefined);
  await Promise.all([pool.query('select'), pool.query('select')]);
  expect(await countOpen()).toBe(2);
  await endPool(pool);
  expect(await countOpen()).toBe(0);
});

it('is nothing of a pool that had no connection', async () => {
  await endPool(createPool(await farAway(), () => undefined));
  expect(await countOpen()).toBe(0);
});

it('is nothing of the queue', async () => {
  const queue = await openQueue(await farAway(), () => undefined);
  expect(await countOpen()).toBeGreaterThan(0);
  await queue.stop();
  expect(await countOpen()).toBe(0);
});
