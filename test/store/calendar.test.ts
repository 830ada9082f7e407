import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../src/store/pool.ts';
import { selectDay, selectDuePeriod, selectLocalDay } from '../../src/store/calendar.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const WARSAW = 'Europe/Warsaw';
const SAO_PAULO = 'America/Sao_Paulo';
const ALMATY = 'Asia/Almaty';
const DAYS = { kind: 'day', weekday: null } as const;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

describe('a local day', () => {
  it.each([
    [WARSAW, '2026-11-19', '2026-11-18T23:00:00Z', 24],
    [WARSAW, '2026-10-25', '2026-10-24T22:00:00Z', 25],
    [WARSAW, '2027-03-28', '2027-03-27T23:00:00Z', 23],
    [SAO_PAULO, '2026-11-19', '2026-11-19T03:00:00Z', 24],
    // Its midnight did not exist: the clock went from 23:59 to 01:00.
    [SAO_PAULO, '2018-11-04', '2018-11-04T03:00:00Z', 23],
    [ALMATY, '2026-11-19', '2026-11-18T19:00:00Z', 24],
    // The day before Almaty moved to another zone.
    [ALMATY, '2024-02-29', '2024-02-28T18:00:00Z', 25],
  ])('in %s, %s begins at %s and has %i hours', async (zone, date, begins, hours) => {
    const { since, until } = await selectDay(pool, date, zone);
    expect(since).toEqual(new Date(begins));
    expect((until.getTime() - since.getTime()) / 3_600_000).toBe(hours);
  });

  it.each([
    [WARSAW, '2026-11-19T22:59:59Z', 0, '2026-11-19'],
    [WARSAW, '2026-11-19T23:00:00Z', 0, '2026-11-20'],
    [WARSAW, '2026-11-19T23:00:00Z', -1, '2026-11-19'],
    [WARSAW, '2027-03-28T22:30:00Z', -1, '2027-03-28'],
    [SAO_PAULO, '2026-11-19T02:59:59Z', 0, '2026-11-18'],
    [ALMATY, '2026-11-18T19:00:00Z', 0, '2026-11-19'],
    ['UTC', '2026-12-31T23:59:59.999Z', 1, '2027-01-01'],
  ])('in %s at %s, and %i days on, is %s', async (zone, now, offset, day) => {
    expect(await selectLocalDay(pool, new Date(now), zone, offset)).toBe(day);
  });
});

describe('the summary of the day before', () => {
  it.each([
    ['before its hour', WARSAW, '09:00', '2026-11-19T07:59:59.999Z', undefined],
    ['at its hour', WARSAW, '09:00', '2026-11-19T08:00:00Z', '2026-11-18'],
    ['long after its hour', WARSAW, '09:00', '2026-11-19T22:59:59Z', '2026-11-18'],
    ['after midnight, before the next hour', WARSAW, '09:00', '2026-11-19T23:00:00Z', undefined],
    ['at midnight, when that is its hour', WARSAW, '00:00', '2026-11-19T23:00:00Z', '2026-11-19'],
    ['before an hour that summer time skips', WARSAW, '02:30', '2027-03-28T00:59:59Z', undefined],
    ['as soon as the skipped hour is past', WARSAW, '02:30', '2027-03-28T01:00:00Z', '2027-03-27'],
    ['in the hour that winter time repeats', WARSAW, '02:30', '2026-10-25T00:30:00Z', '2026-10-24'],
    ['before its hour in the west', SAO_PAULO, '09:00', '2026-11-19T11:59:59Z', undefined],
    ['at its hour in the west', SAO_PAULO, '09:00', '2026-11-19T12:00:00Z', '2026-11-18'],
    ['before its hour in the east', ALMATY, '09:00', '2026-11-19T03:59:59Z', undefined],
    ['at its hour in the east', ALMATY, '09:00', '2026-11-19T04:00:00Z', '2026-11-18'],
  ])('%s (%s, %s at %s): %s', async (_when, zone, time, now, day) => {
    const due = await selectDuePeriod(pool, DAYS, { time, zone }, new Date(now), undefined);
    expect(due?.last).toBe(day);
  });
});
