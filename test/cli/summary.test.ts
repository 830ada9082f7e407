import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type } from '../fakes/commandLine.ts';
import { addSeconds } from '../../src/domain/clock.ts';
import { secrets, settings } from '../config/example.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantDecision, plantRequest, suspendLaw } from '../store/planting.ts';
import { startReporter } from '../summaries/reporter.ts';

const NOON = new Date('2026-11-18T12:00:00Z');

describe('countersign summary', () => {
  let database: TestDatabase;
  let folder: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    database = await createTestDatabase();
    await suspendLaw(database.sql);
    const asked = await plantRequest(database.sql, { requested_at: NOON, state: 'rejected' });
    const rejected = { act: 'reject', saw: null, decided_at: addSeconds(NOON, 600) };
    await plantDecision(database.sql, asked, rejected);

    const { time, zone } = settings().summary;
    const tracks = [{ kind: 'day', weekday: null }] as const;
    const reporter = await startReporter(database, { time, zone, tracks });
    await reporter.tick(new Date('2026-11-19T08:00:00Z'));
    await reporter.stop();

    folder = await mkdtemp(join(tmpdir(), 'countersign-summary-'));
    const config = join(folder, 'countersign.yaml');
    await writeFile(config, stringify(settings()));
    await database.sql.query("update summaries set channel = 'C0FINANCE'");
    environment = { ...secrets, COUNTERSIGN_CONFIG: config, DATABASE_URL: database.url };
  });
  afterAll(async () => {
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (...typed: readonly string[]) => type(['summary', ...typed], { folder, environment });

  it('shows a day as it was made for the channel', async () => {
    const { status, out, err } = await run('2026-11-18');
    expect([status, err]).toEqual([0, '']);
    expect(out.replaceAll('\u00a0', ' ').split('\n')).toEqual([
      'Cancellations on Wednesday, 18 November 2026',
      'Nothing waits on anybody.',

      '📝 Opened: 1',
      '🚫 Rejected: 1',
      'Money',
      'shop-pl: rejected 50.00 PLN (1)',
      'Time to decision: half within 10 min, the slowest 10 min (C-1001)',
      'Largest: C-1001 50.00 PLN at shop-pl, rejected',
      'carried in 0 + opened 1 = ended 1 + carried out 0',
      '18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw; as known at 19 Nov, 09:00 CET',
      expect.stringMatching(/^record head 2:[0-9a-f]{64}$/),
      '',
    ]);
  });

  it('counts a day that has no summary, and says the same as JSON', async () => {
    const { status, out } = await run('2026-11-17', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ts: null,
      figures: { last: '2026-11-17', opened: [], carriedOut: 0 },
    });
  });

  it('ends with 1 when the figures do not add up', async () => {
    await database.sql.query(`update summaries set figures = jsonb_set(figures, '{carriedOut}', '3')`);
    const { status, out } = await run('2026-11-18');
    expect(status).toBe(1);
    expect(out).toContain(
      '🚨 These figures do not add up: carried in 0 + opened 1 = ended 1 + carried out 3.',
    );
  });

  it('refuses what is no day', async () => {
    const { status, err } = await run('yesterday');
    expect([status, err]).toEqual([1, expect.stringContaining('It is no date such as 2026-11-19.')]);
  });
});
