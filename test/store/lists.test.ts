import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectPage } from '../../src/store/lists.ts';
import { createPool } from '../../src/store/pool.ts';
import { createReadPage, type List, placeOf, type Row, START } from '../../src/usecases/paging.ts';
import { plantBulk } from './plantingBulks.ts';
import { explainAll, selectSmallIndexes, type Watched, watchPlans } from './plans.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { asReplica, plantDecision, plantRequestIn, suspendLaw } from './planting.ts';

const PAVEL = { team: 'T_HOME', user: 'U_PAVEL' };
const since = new Date('2026-11-13T00:00:00Z');
const day = (n: number) => new Date(Date.UTC(2026, 10, 19, n));
const risk = '{"policy": "p1", "needs": [{"group": "risk", "count": 1}]}';

let database: TestDatabase;
let pool: ReturnType<typeof createPool>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

/** Many that ended long ago, as the years bring them. */
async function plantHistory(sql: Client, count: number): Promise<void> {
  await suspendLaw(sql);
  await sql.query('alter table attempts disable trigger user');
  await asReplica(sql, async () => {
    await sql.query('begin');
    await sql.query(
      `insert into bulks (id, entry, account, requester_team, requester_user, requested_at, deadline, rule, digest)
       select gen_random_uuid(), 1, 'shop-pl', 'T_HOME', 'U_' || n % 50,
         timestamptz '2025-01-01Z' + n * interval '5 minutes',
         timestamptz '2025-01-02Z' + n * interval '5 minutes',
         '{"policy": "p1", "needs": [{"group": "finance", "count": 1}]}', repeat('cd', 32)
       from generate_series(10, $1, 10) n`,
      [count],
    );
    await sql.query(
      `insert into requests (id, account, provider, payment, details, partial, reason, salt, requester_team,
         requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, state, ticket, bulk)
       select gen_random_uuid(), 'shop-pl', 'sibs', 'old-' || n, '{}', false, 'Paid twice', repeat('0f', 16), 'T_HOME',
         'U_' || n % 50, timestamptz '2025-01-01Z' + n * interval '5 minutes',
         timestamptz '2025-01-02Z' + n * interval '5 minutes',
         '{"standing": "cancellable", "says": "", "amount": null, "madeAt": null, "facts": {}}', now(),
         '{"policy": "p1", "needs": [{"group": "finance", "count": 1}]}', 'c' || n, repeat('ab', 32), 'rejected', 'OLD-' || n, b.id
       from generate_series(1, $1) n
         left join bulks b on b.requested_at = timestamptz '2025-01-01Z' + (n - n % 5) * interval '5 minutes'`,
      [count],
    );
    await sql.query('commit');
    await sql.query(
      `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, decided_at, salt, entry)
       select id, requester_user, 'reject', 'T_HOME', 'U_PAVEL', '{finance}', requested_at, '', 2 from requests`,
    );
    await sql.query(
      'insert into attempts (request_id, entry, n, started_at) select id, 3, 1, requested_at from requests',
    );
    await sql.query(
      `insert into outcomes (attempt_id, request_id, entry, salt, source, type, says, learnt_at)
       select id, request_id, 4, repeat('0f', 16), 'look_up', 'cancelled', '', started_at from attempts`,
    );
    await sql.query(`insert into look_ups (request_id) select id from requests`);
    await sql.query(
      `insert into bulk_acts (bulk_id, requester_user, act, person_team, person_user, groups, acted_at, entry)
       select id, requester_user, 'reject', 'T_HOME', 'U_PAVEL', '{finance}', requested_at, 2 from bulks`,
    );
  });
  await sql.query('analyze');
}

/** Of these there are a few, however many requests there are. */
const EMERGENCIES = ['freezes', 'lifts'];

describe('lists of requests and bulks', () => {
  let first: number;
  let watched: Watched;
  const wholeTables = () => watched.whole.splice(0).filter(({ table }) => !EMERGENCIES.includes(table));
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
    await plantBulk(sql, [{}, {}, {}]);
    const { rows } = await sql.query<{ number: string }>(
      `select min(number) as number from requests where payment not like 'old-%'`,
    );
    first = Number(rows[0]?.number);
    await sql.query('analyze');
    await explainAll(sql);
    pool = createPool(database.url, () => undefined);
    watched = watchPlans(pool, await selectSmallIndexes(sql));
  });

  const finance = { users: ['U_PAVEL'], groups: ['finance'] };
  const placesOf = (rows: readonly Row[]) => rows.map((row) => placeOf(row) - first);
  /** By the place in which the requests were planted; a bulk with its three lines was the last. */
  const expected: readonly (readonly [List, readonly number[]])[] = [
    [{ of: 'open' }, [8, 4, 3, 2, 1, 0]],
    [{ of: 'pending' }, [8, 2, 1, 0]],
    [{ of: 'unknown' }, [4, 3]],
    [{ of: 'mine', person: PAVEL }, [2]],
    [{ of: 'mine', person: { team: 'T_HOME', user: 'U_MARIA' } }, [8, 7, 6, 5, 4, 3, 1, 0]],
    [{ of: 'asked', users: ['U_MARIA'] }, [8, 4, 3, 1, 0]],
    [{ of: 'named', payments: ['twice'], ticket: 'twice', number: null, bulk: null }, [5, 0]],
    [{ of: 'named', payments: ['HELP-7'], ticket: 'HELP-7', number: null, bulk: null }, [1]],
    [{ of: 'named', payments: ['B-4001'], ticket: 'B-4001', number: null, bulk: 4001 }, [8]],
    [{ of: 'waiting', ...finance }, [0, 8]],
    [{ of: 'waiting', users: ['U_LENA'], groups: ['finance', 'risk'] }, [1, 2, 0, 8]],
    [{ of: 'waiting', users: ['U_MARIA'], groups: ['finance', 'risk'] }, [2]],
    // One human by two accounts is neither asked about their own request nor told that it is another's.
    [{ of: 'waiting', users: ['U_MARIA', 'U_PAVEL'], groups: ['finance', 'risk'] }, []],
    [{ of: 'asked', users: ['U_MARIA', 'U_PAVEL'] }, [8, 4, 3, 2, 1, 0]],
    [{ of: 'unsettled', ...finance }, [4, 3]],
    [{ of: 'unsettled', users: ['U_LENA'], groups: ['risk'] }, []],
    [{ of: 'ended', ...finance, since }, [5, 6]],
    [{ of: 'ended', users: ['U_LENA'], groups: ['risk'], since }, [7]],
  ];

  it.each(expected)(
    '%j holds what belongs there, in its order, and reads no table of requests from end to end',
    async (list, places) => {
      expect(placesOf(await selectPage(pool, list, START, 10))).toEqual(places);
      expect(wholeTables()).toEqual([]);
    },
  );

  it.each(expected)('%j is the same page by page, onwards and back', async (list, places) => {
    const readPage = createReadPage({ selectPage: (...given) => selectPage(pool, ...given) });
    const numbers: number[] = [];
    let page = await readPage(list, START, 1);
    numbers.push(...placesOf(page.rows));
    while (page.onwards !== null) {
      page = await readPage(list, { to: 'onwards', from: page.onwards }, 1);
      numbers.push(...placesOf(page.rows));
    }
    expect(numbers).toEqual(places);
    while (page.back !== null) page = await readPage(list, { to: 'back', from: page.back }, 1);
    expect(placesOf(page.rows)).toEqual(places.slice(0, 1));
    expect(wholeTables()).toEqual([]);
  });

  it('goes through years of requests at a constant price', async () => {
    const mine = { of: 'mine', person: { team: 'T_HOME', user: 'U_10' } } as const;
    const pages = await selectPage(pool, mine, { to: 'onwards', from: first - 15_000 }, 10);
    expect(pages).toHaveLength(10);
    expect(wholeTables()).toEqual([]);
  });

  it('leaves what waits out once its reader approved, and what ended out once it is long ago', async () => {
    const { sql } = database;
    const { rows } = await sql.query<{ id: string }>('select id from requests where number = $1', [first]);
    await plantDecision(sql, rows[0]?.id ?? '');
    const waiting = await selectPage(pool, { of: 'waiting', ...finance }, START, 10);
    expect(placesOf(waiting)).toEqual([8]);
    const late = { of: 'ended', ...finance, since: new Date('2027-01-01T00:00:00Z') } as const;
    expect(await selectPage(pool, late, START, 10)).toEqual([]);
  });
});
