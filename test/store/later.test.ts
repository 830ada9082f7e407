import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueue } from '../../src/store/queue.ts';
import { Later } from '../../src/usecases/later.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { IDLE } from '../fakes/idle.ts';
import { keepingFaults } from '../fakes/processes.ts';

const REQUEST = '019a0000-0000-7000-8000-000000000001';
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.stop());

/** So that a wait of one second and one of three are counted from the same instant. */
async function untilSecondsDivideByThree(): Promise<void> {
  const text = 'select floor(extract(epoch from now()))::int % 3 as rest';
  const restNow = async () => (await database.sql.query<{ rest: number }>(text)).rows[0]?.rest;
  await expect.poll(restNow, { timeout: 5_000, interval: 20 }).toBe(0);
}

describe('a job that has to come back later', () => {
  it('comes back however often and after however long it is told to', async () => {
    const waits = [1, 3, 0, 1];
    let came = 0;
    async function announce(): Promise<void> {
      const wait = waits[came];
      if (came === 0) await untilSecondsDivideByThree();
      came += 1;
      if (wait !== undefined) throw new Later('Slack is busy', wait);
    }
    const faults: Error[] = [];
    const queue = await openQueue(database.url, (error) => void faults.push(error));
    try {
      queue.work({ ...IDLE, announce }, keepingFaults(faults));
      await queue.send(database.sql, { name: 'announce', request: REQUEST });
      await expect.poll(() => came, { timeout: 15_000 }).toBe(waits.length + 1);
      expect(faults).toEqual([]);
    } finally {
      await queue.stop();
    }
  });
});
