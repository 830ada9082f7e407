import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Gauges, selectGauges } from '../../src/store/gauges.ts';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantRequest, suspendLaw } from './planting.ts';
import { plantBulk } from './plantingBulks.ts';

describe('what stands still', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    await suspendLaw(database.sql);
    pool = createPool(database.ownerUrl, () => undefined);
  });
  afterAll(async () => {
    await pool.end();
    await database.stop();
  });

  async function approvedNow(): Promise<Gauges['requests'][number] | undefined> {
    return (await selectGauges(pool)).requests.find(({ state }) => state === 'approved');
  }

  it('is no line of a bulk that waits for its turn, for a bulk may be sent for hours', async () => {
    await plantBulk(database.sql, [{ state: 'approved' }, { state: 'approved' }]);
    expect(await approvedNow()).toMatchObject({ count: 2, oldestSeconds: 0 });
  });

  it('is an approved request that is not sent', async () => {
    await plantRequest(database.sql, { state: 'approved', requested_at: new Date(Date.now() - 60_000) });
    const now = await approvedNow();
    expect(now?.count).toBe(3);
    expect(now?.oldestSeconds).toBeGreaterThan(50);
  });
});
