/** Which days a summary says that nobody signed off. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantSignOff, plantSummary } from '../store/planting.ts';
import { startReporter } from './reporter.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.stop());

/** What the summaries say that are made on Monday the 23rd. */
async function unsigned(): Promise<Readonly<Record<string, readonly string[]>>> {
  const tracks = [
    { kind: 'day', weekday: null },
    { kind: 'week', weekday: 1 },
  ] as const;
  const reporter = await startReporter(database, { time: '09:00', zone: 'Europe/Warsaw', tracks });
  await reporter.tick(new Date('2026-11-23T08:00:00Z'));
  await reporter.stop();
  return Object.fromEntries(reporter.posted.map(({ figures }) => [figures.kind, figures.unsigned]));
}

it('are all days of a summary without a sign-off that counts, the oldest first, however long ago', async () => {
  const { sql } = database;
  // Figures of the day before that nobody can read keep no summary from coming.
  await plantSummary(sql, '2026-11-21', { figures: '{}' });
  await plantSignOff(sql, '2026-11-21', { refusal: 'not_a_reviewer', groups: [] });
  await plantSummary(sql, '2026-11-20');
  await plantSignOff(sql, '2026-11-20');
  await plantSummary(sql, '2026-03-03', { first_date: '2026-03-01' });
  await plantSummary(sql, '2026-11-19', { asks_sign_off: false });
  await plantSummary(sql, '2026-11-18', { channel: 'C_OTHER' });
  const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-11-21'];
  expect(await unsigned()).toEqual({ day: days, week: days });
});

it('are not those that just come: nobody could have looked at them', async () => {
  expect(await unsigned()).toEqual({ day: [], week: [] });
});
