import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openQueue } from '../../src/store/queue.ts';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { IDLE } from '../fakes/idle.ts';
import { keepingFaults } from '../fakes/processes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.stop());

/** A worker that slept for a second after each job would need half a minute, longer than a test may take. */
it('what waits in a queue is done without a pause, and each of it once', async () => {
  const pool = createPool(database.url, () => undefined);
  const faults: unknown[] = [];
  const queue = await openQueue(database.url, (error) => faults.push(error));
  const waiting = Array.from({ length: 120 }, () => randomUUID());
  for (const freeze of waiting) await queue.send(pool, { name: 'freeze', freeze });

  const done: string[] = [];
  const { promise: allDone, resolve } = Promise.withResolvers<void>();
  queue.work(
    {
      ...IDLE,
      async freeze({ freeze }) {
        done.push(freeze);
        if (done.length === waiting.length) resolve();
      },
    },
    keepingFaults(faults),
  );
  await allDone;
  await queue.stop();
  await pool.end();
  expect(done.toSorted()).toEqual(waiting.toSorted());
  expect(faults).toEqual([]);
});
