/** What a summary costs does not grow with what was recorded before it. */
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countOpenAt, selectActivity } from '../../src/store/activity.ts';
import { selectDuePeriod } from '../../src/store/calendar.ts';
import { selectFortnight } from '../../src/store/fortnight.ts';
import { createPool, type Queryable } from '../../src/store/pool.ts';
import { selectHaltedBulks, selectSilentAccounts, selectWaiting } from '../../src/store/standing.ts';
import { selectDetail } from '../../src/store/summaryDetail.ts';
import { FIGURES } from '../domain/someFigures.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantHistory } from './plantingHistory.ts';

/** They get a row for whatever happens. */
const GROWING = ['requests', 'decisions', 'attempts', 'outcomes', 'chain', 'look_ups'];

const DAY = { since: new Date('2026-06-29Z'), until: new Date('2026-06-30Z') };

let database: TestDatabase;
let pool: Pool;
let newest: number;
beforeAll(async () => {
  database = await createTestDatabase();
  const [from, until] = [new Date('2026-01-01Z'), new Date('2026-07-01Z')];
  await plantHistory(database.sql, { requests: 20_000, from, until });
  pool = createPool(database.ownerUrl, () => undefined);
  const { rows } = await database.sql.query<{ seq: string }>('select max(seq) as seq from chain');
  newest = Number(rows[0]?.seq);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

const figures = () => ({
  ...FIGURES,
  ...DAY,
  kind: 'day' as const,
  first: '2026-06-29',
  last: '2026-06-29',
  zone: 'UTC',
  head: { seq: newest, hash: '' },
});

it.each<readonly [string, (db: Queryable) => Promise<unknown>]>([
  ['what the day brought', (db) => selectActivity(db, DAY, newest - 500)],
  ['what the first day brought', (db) => selectActivity(db, DAY, null)],
  ['what was open', (db) => countOpenAt(db, DAY.until)],
  ['what fourteen days brought', (db) => selectFortnight(db, figures())],
  ['each request of the day', (db) => selectDetail(db, 'C_FINANCE', figures())],
  ['what waits', (db) => selectWaiting(db, DAY.until, DAY.since)],
  ['which bulks are halted', (db) => selectHaltedBulks(db)],
  ['which accounts tell nothing', (db) => selectSilentAccounts(db, DAY, [])],
  [
    'which days are due',
    (db) =>
      selectDuePeriod(
        db,
        { kind: 'day', weekday: null },
        { time: '09:00', zone: 'UTC' },
        DAY.until,
        undefined,
      ),
  ],
])('%s is read along indexes', async (_what, select) => {
  const read: string[] = [];
  await select({
    async query(text, values) {
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      read.push(...rows.map((row) => row['QUERY PLAN']));
      return pool.query(text, values);
    },
  });
  expect(read.length).toBeGreaterThan(0);
  const whole = read.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? []);
  expect(whole.filter((table) => GROWING.includes(table))).toEqual([]);
});
