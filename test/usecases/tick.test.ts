import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

describe('the clock', () => {
  const surroundings = new Surroundings();
  let database: TestDatabase;
  let process: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    process = await startProcess(database.url, surroundings);
  });
  afterAll(async () => {
    await process.stop();
    await database.stop();
  });

  async function jobsOf(id: string): Promise<number> {
    const { rows } = await database.sql.query<{ jobs: string }>(
      `select count(*) as jobs from pgboss.job where name = 'announce' and data->>'request' = $1`,
      [id],
    );
    return Number(rows[0]?.jobs);
  }

  it('rings again for what was not done, and does not add a bell a minute', async () => {
    const { id } = await ask(process, 'unannounced');
    surroundings.now = new Date(Date.now() + 120_000);
    for (let minute = 0; minute < 5; minute += 1) await process.usecases.tick();
    // One of the ordinary way, one ring; a slot of two minutes may end in between.
    expect(await jobsOf(id)).toBeGreaterThanOrEqual(2);
    expect(await jobsOf(id)).toBeLessThanOrEqual(3);
  });

  it('expires the others when one can not be expired', async () => {
    const broken = await ask(process, 'broken');
    const whole = await ask(process, 'whole');
    // As a row that an older version wrote, or a hand.
    await database.sql.query('alter table requests disable trigger requests_are_frozen');
    await database.sql.query(`update requests set rule = '{}' where id = $1`, [broken.id]);
    surroundings.now = new Date(Date.now() + 9 * 3_600_000);
    await expect(process.usecases.tick()).rejects.toThrow('acts of the clock failed');
    const { rows } = await database.sql.query('select state from requests where id = $1', [whole.id]);
    expect(rows).toEqual([{ state: 'expired' }]);
  });
});
