import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { anything, anythingInBulk } from './anything.ts';
import { type Bench, startBench } from './bench.ts';
import { liftAll } from './freezeCommands.ts';
import type { Law } from './known.ts';
import { judge } from './model.ts';
import { readRecord } from './record.ts';

/** Printed by fast-check when it fails; `TORTURE_SEED=… vitest run test/torture/model.test.ts` tries others. */
const seed = Number(process.env['TORTURE_SEED'] ?? 1);

describe('whatever people, the provider and the connection do', () => {
  let database: TestDatabase;
  let bench: Bench;
  beforeAll(async () => {
    database = await createTestDatabase();
    bench = await startBench(database);
  });
  afterAll(async () => {
    await bench.stop();
    await database.stop();
  });

  it.each([
    ['requests', anything],
    ['bulks', anythingInBulk],
  ])('the law of %s holds', { timeout: 120_000 }, async (_what, happening) => {
    const lawful = fc.asyncProperty(happening, async (planned) => {
      const law: Law = { requests: [], bulks: [], freezes: [] };
      await fc.asyncModelRun(() => ({ model: law, real: bench }), planned);
      await liftAll(bench);
      await bench.announceAll();
      const record = await readRecord(database.sql);
      const { surroundings, gestures, told } = bench;
      const effects = (_account: string, payment: string) => surroundings.effects.get(payment) ?? 0;
      expect(judge(record, { effects, gestures, told })).toEqual([]);
    });
    await fc.assert(lawful, { seed, numRuns: 12, endOnFailure: true });
  });
});
