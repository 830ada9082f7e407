import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectPage } from '../../src/store/lists.ts';
import { createPool } from '../../src/store/pool.ts';
import { createReadPage, type List, START } from '../../src/usecases/paging.ts';
import { plantBulk } from './plantingBulks.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantDecision, plantRequestIn } from './planting.ts';
import { explaining, plantHistory } from './plantingHistory.ts';

const PAVEL = { team: 'T_HOME', user: 'U_PAVEL' };
const since = new Date('2026-11-13T00:00:00Z');
const day = (n: number) => new Date(Date.UTC(2026, 10, 19, n));
const risk = '{"policy": "p1", "needs": [{"group": "risk", "count": 1}]}';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

describe('lists of requests', () => {
  let first: number;
  beforeAll(async () => {
    const { sql } = database;
    await plantHistory(sql, 30_000);
    await plantRequestIn(sql, 'pending', { requested_at: day(3), payment: 'twice' });
    await plantRequestIn(sql, 'pending', { requested_at: day(1), rule: risk, ticket: 'HELP-7' });
    await plantRequestIn(sql, 'pending', { requested_at: day(2), requester_user: 'U_PAVEL' });
    await plantRequestIn(sql, 'unknown');
    const called = await plantRequestIn(sql, 'accepted');
    await sql.query('insert into look_ups (request_id, ended_at) values ($1, now())', [called]);
    await plantRequestIn(sql, 'cancelled', { account: 'shop-tr', payment: 'twice' });
    await plantRequestIn(sql, 'withdrawn');
    await plantRequestIn(sql, 'cancelled', { rule: risk });
    await plantBulk(sql, [{}]);
    const { rows } = await sql.query<{ number: string }>(
      `select min(number) as number from requests where payment not like 'old-%'`,
    );
    first = Number(rows[0]?.number);
    await sql.query('analyze');
  });

  const finance = { users: ['U_PAVEL'], groups: ['finance'] };
  /** By the place in which the requests were planted. */
  const expected: readonly (readonly [List, readonly number[]])[] = [
    // A line of a bulk is shown with its bulk.
    [{ of: 'open' }, [4, 3, 2, 1, 0]],
    [{ of: 'pending' }, [2, 1, 0]],
    [{ of: 'unknown' }, [4, 3]],
    [{ of: 'mine', person: PAVEL }, [2]],
    [{ of: 'asked', users: ['U_MARIA'] }, [4, 3, 1, 0]],
    [{ of: 'named', payments: ['twice'], ticket: 'twice', number: null }, [5, 0]],
    [{ of: 'named', payments: ['HELP-7'], ticket: 'HELP-7', number: null }, [1]],
    [{ of: 'waiting', ...finance }, [0]],
    [{ of: 'waiting', users: ['U_LENA'], groups: ['finance', 'risk'] }, [1, 2, 0]],
    [{ of: 'waiting', users: ['U_MARIA'], groups: ['finance', 'risk'] }, [2]],
    // One human by two accounts is neither asked about their own request nor told that it is another's.
    [{ of: 'waiting', users: ['U_MARIA', 'U_PAVEL'], groups: ['finance', 'risk'] }, []],
    [{ of: 'asked', users: ['U_MARIA', 'U_PAVEL'] }, [4, 3, 2, 1, 0]],
    [{ of: 'unsettled', ...finance }, [4, 3]],
    [{ of: 'unsettled', users: ['U_LENA'], groups: ['risk'] }, []],
    [{ of: 'ended', ...finance, since }, [5, 6]],
    [{ of: 'ended', users: ['U_LENA'], groups: ['risk'], since }, [7]],
  ];

  it.each(expected)(
    '%j holds what belongs there, in its order, and reads no table of requests from end to end',
    async (list, places) => {
      const scans: string[] = [];
      const stories = await selectPage(explaining(pool, scans), list, START, 10);
      expect(stories.map(({ request }) => request.number - first)).toEqual(places);
      expect(scans).toEqual([]);
    },
  );

  it.each(expected)('%j is the same page by page, onwards and back', async (list, places) => {
    const scans: string[] = [];
    const db = explaining(pool, scans);
    const readPage = createReadPage({ selectPage: (...given) => selectPage(db, ...given) });
    const numbers: number[] = [];
    let page = await readPage(list, START, 1);
    numbers.push(...page.stories.map(({ request }) => request.number - first));
    while (page.onwards !== null) {
      page = await readPage(list, { to: 'onwards', from: page.onwards }, 1);
      numbers.push(...page.stories.map(({ request }) => request.number - first));
    }
    expect(numbers).toEqual(places);
    while (page.back !== null) page = await readPage(list, { to: 'back', from: page.back }, 1);
    expect(page.stories.map(({ request }) => request.number - first)).toEqual(places.slice(0, 1));
    expect(scans).toEqual([]);
  });

  it('goes through years of requests at a constant price', async () => {
    const scans: string[] = [];
    const mine = { of: 'mine', person: { team: 'T_HOME', user: 'U_7' } } as const;
    const pages = await selectPage(
      explaining(pool, scans),
      mine,
      { to: 'onwards', from: first - 15_000 },
      10,
    );
    expect(pages).toHaveLength(10);
    expect(scans).toEqual([]);
  });

  it('leaves what waits out once its reader approved, and what ended out once it is long ago', async () => {
    const { sql } = database;
    const { rows } = await sql.query<{ id: string }>('select id from requests where number = $1', [first]);
    await plantDecision(sql, rows[0]?.id ?? '');
    const waiting = await selectPage(pool, { of: 'waiting', ...finance }, START, 10);
    expect(waiting).toEqual([]);
    const late = { of: 'ended', ...finance, since: new Date('2027-01-01T00:00:00Z') } as const;
    expect(await selectPage(pool, late, START, 10)).toEqual([]);
  });
});
