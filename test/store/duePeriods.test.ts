import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectDuePeriod } from '../../src/store/calendar.ts';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const WARSAW = 'Europe/Warsaw';
const DAYS = { kind: 'day', weekday: null } as const;
const WEEKS = { kind: 'week', weekday: 1 } as const;
const MONTHS = { kind: 'month', weekday: null } as const;

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

interface Case {
  readonly track?: typeof DAYS | typeof WEEKS | typeof MONTHS;
  readonly zone?: string;
  readonly time?: string;
  readonly now: string;
  /** The last day that was summarised, and when it ended. */
  readonly before?: readonly [last: string, until: string];
}

const short = (date: Date) => date.toISOString().replace(':00.000Z', 'Z');

/** `first to last: since to until, due` of what is due. */
async function due({ track = DAYS, zone = WARSAW, time = '09:00', now, before }: Case): Promise<string> {
  const last = before && { last: before[0], until: new Date(before[1]) };
  const period = await selectDuePeriod(pool, track, { time, zone }, new Date(now), last);
  if (period === undefined) return 'nothing';
  const { first, days, since, until, dueAt } = period;
  return `${first} to ${period.last} (${days}): ${short(since)} to ${short(until)}, due ${short(dueAt)}`;
}

const MONDAY: Case['before'] = ['2026-11-16', '2026-11-16T23:00:00Z'];

describe('after a summary', () => {
  it.each<[string, Case, string]>([
    [
      'the next day is due at its hour',
      { now: '2026-11-18T08:00:00Z', before: MONDAY },
      '2026-11-17 to 2026-11-17 (1): 2026-11-16T23:00Z to 2026-11-17T23:00Z, due 2026-11-18T08:00Z',
    ],
    ['nothing is due before', { now: '2026-11-18T07:59:59Z', before: MONDAY }, 'nothing'],
    [
      'days that were missed are due as one, without the one whose hour has not come',
      { now: '2026-11-21T07:00:00Z', before: MONDAY },
      '2026-11-17 to 2026-11-19 (3): 2026-11-16T23:00Z to 2026-11-19T23:00Z, due 2026-11-20T08:00Z',
    ],
    ['nothing is due twice', { now: '2026-11-17T22:00:00Z', before: MONDAY }, 'nothing'],
    [
      'nothing is due by a clock that was put back',
      { now: '2026-11-12T12:00:00Z', before: MONDAY },
      'nothing',
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await due(given)).toBe(expected);
  });
});

describe('a change of the zone', () => {
  it.each<[string, Case, string]>([
    [
      'westward makes a day of more hours, and skips none of them',
      { zone: 'America/Sao_Paulo', now: '2026-11-18T12:00:00Z', before: MONDAY },
      '2026-11-17 to 2026-11-17 (1): 2026-11-16T23:00Z to 2026-11-18T03:00Z, due 2026-11-18T12:00Z',
    ],
    [
      'eastward makes a day of fewer hours, and counts none of them twice',
      { zone: 'Asia/Almaty', now: '2026-11-18T04:00:00Z', before: MONDAY },
      '2026-11-17 to 2026-11-17 (1): 2026-11-16T23:00Z to 2026-11-17T19:00Z, due 2026-11-18T04:00Z',
    ],
    [
      'across the date line eastward lets the day that is over by then come with the next one',
      {
        zone: 'Pacific/Kiritimati',
        now: '2026-11-18T20:00:00Z',
        before: ['2026-11-16', '2026-11-17T11:00:00Z'],
      },
      '2026-11-17 to 2026-11-18 (2): 2026-11-17T11:00Z to 2026-11-18T10:00Z, due 2026-11-18T19:00Z',
    ],
    [
      'across it westward waits for the next day that has no summary',
      {
        zone: 'Pacific/Pago_Pago',
        now: '2026-11-18T20:00:00Z',
        before: ['2026-11-17', '2026-11-17T10:00:00Z'],
      },
      'nothing',
    ],
    [
      'and then begins where the last one ended',
      {
        zone: 'Pacific/Pago_Pago',
        now: '2026-11-19T20:00:00Z',
        before: ['2026-11-17', '2026-11-17T10:00:00Z'],
      },
      '2026-11-18 to 2026-11-18 (1): 2026-11-17T10:00Z to 2026-11-19T11:00Z, due 2026-11-19T20:00Z',
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await due(given)).toBe(expected);
  });
});

describe('a zone whose clocks go back over midnight', () => {
  const given: Case = {
    zone: 'America/St_Johns',
    time: '00:00',
    now: '2006-10-29T02:30:30Z',
    before: ['2006-10-27', '2006-10-28T02:30:00Z'],
  };

  it('has the day due when it is over for good, not when its end is shown first', async () => {
    expect(await due(given)).toBe('nothing');
    expect(await due({ ...given, now: '2006-10-29T03:30:00Z' })).toBe(
      '2006-10-28 to 2006-10-28 (1): 2006-10-28T02:30Z to 2006-10-29T03:30Z, due 2006-10-29T03:30Z',
    );
  });
});

describe('a zone that skipped 30 December 2011', () => {
  const zone = 'Pacific/Apia';
  const before: Case['before'] = ['2011-12-28', '2011-12-29T10:00:00Z'];

  it.each<[string, Case, string]>([
    ['has nothing due on the 31st before its hour', { zone, now: '2011-12-30T18:59:59Z', before }, 'nothing'],
    [
      'has the 29th due on the 31st, as one day',
      { zone, now: '2011-12-30T19:00:00Z', before },
      '2011-12-29 to 2011-12-29 (1): 2011-12-29T10:00Z to 2011-12-30T10:00Z, due 2011-12-30T19:00Z',
    ],
    [
      'has the 31st due on the 1st, as one day',
      { zone, now: '2011-12-31T19:00:00Z', before: ['2011-12-29', '2011-12-30T10:00:00Z'] },
      '2011-12-31 to 2011-12-31 (1): 2011-12-30T10:00Z to 2011-12-31T10:00Z, due 2011-12-31T19:00Z',
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await due(given)).toBe(expected);
  });
});

describe('a roll-up', () => {
  it.each<[string, Case, string]>([
    [
      'of a week is due on its day, and the first takes seven days',
      { track: WEEKS, now: '2026-11-23T08:00:00Z' },
      '2026-11-16 to 2026-11-22 (7): 2026-11-15T23:00Z to 2026-11-22T23:00Z, due 2026-11-23T08:00Z',
    ],
    ['of a week is not due on another day', { track: WEEKS, now: '2026-11-24T08:00:00Z' }, 'nothing'],
    [
      'of a week that was missed comes later',
      { track: WEEKS, now: '2026-11-25T12:00:00Z', before: ['2026-11-15', '2026-11-15T23:00:00Z'] },
      '2026-11-16 to 2026-11-22 (7): 2026-11-15T23:00Z to 2026-11-22T23:00Z, due 2026-11-23T08:00Z',
    ],
    [
      'of weeks that were missed comes as one',
      { track: WEEKS, now: '2026-11-30T12:00:00Z', before: ['2026-11-15', '2026-11-15T23:00:00Z'] },
      '2026-11-16 to 2026-11-29 (14): 2026-11-15T23:00Z to 2026-11-29T23:00Z, due 2026-11-30T08:00Z',
    ],
    [
      'of a month is due on the first of the next',
      { track: MONTHS, now: '2026-11-01T08:00:00Z' },
      '2026-10-01 to 2026-10-31 (31): 2026-09-30T22:00Z to 2026-10-31T23:00Z, due 2026-11-01T08:00Z',
    ],
    [
      'of a February with a leap day has 29 days',
      { track: MONTHS, now: '2028-03-01T08:00:00Z', before: ['2028-01-31', '2028-01-31T23:00:00Z'] },
      '2028-02-01 to 2028-02-29 (29): 2028-01-31T23:00Z to 2028-02-29T23:00Z, due 2028-03-01T08:00Z',
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await due(given)).toBe(expected);
  });
});
