import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectPastOfPayment, selectPastOfRequester } from '../../src/store/past.ts';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { asReplica, type Columns, plantRequest, suspendLaw } from './planting.ts';

const NOON = new Date('2026-11-19T12:00:00Z');
const daysBefore = (days: number) => new Date(NOON.getTime() - days * 86_400_000);

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  await suspendLaw(database.sql);
  pool = createPool(database.url, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

async function plant(state: string, columns: Columns = {}): Promise<number> {
  const id = await plantRequest(database.sql, { state, ...columns });
  return numberOf(id);
}

async function numberOf(id: string): Promise<number> {
  const { rows } = await database.sql.query<{ number: string }>('select number from requests where id = $1', [
    id,
  ]);
  return Number(rows[0]?.number);
}

/** So many copies of the newest request, as fast as they can be written: without entries in the chain. */
async function plantCopies(count: number): Promise<void> {
  await asReplica(database.sql, () =>
    database.sql.query(
      `insert into requests (id, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
       requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, entry, state)
     select gen_random_uuid(), account, provider, payment, details, partial, amount_minor, currency, reason, salt,
       requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule,
       'c' || substr(md5(n::text || clock_timestamp()::text), 1, 20), digest, entry, state
     from (select * from requests order by number desc limit 1) newest, generate_series(1, $1) n`,
      [count],
    ),
  );
}

const NEXT = Number.MAX_SAFE_INTEGER;

const earlierOf = (payment: string, number = NEXT) =>
  selectPastOfPayment(pool, { account: 'shop-pl', payment, number });

const latelyBy = (user: string, number = NEXT) =>
  selectPastOfRequester(pool, { requester: { team: 'T_HOME', user }, number, requestedAt: NOON });

describe('earlier requests for a payment', () => {
  it('are none at first', async () => {
    expect(await earlierOf('new')).toEqual({ named: [], others: 0, isAll: true });
  });

  it('are named with state, requester and time, the newest first', async () => {
    const first = await plant('rejected', { payment: 'p1', requested_at: daysBefore(9) });
    const second = await plant('cancelled', { payment: 'p1', requester_user: 'U_TOM' });
    expect(await earlierOf('p1')).toEqual({
      named: [
        {
          number: second,
          state: 'cancelled',
          requester: { team: 'T_HOME', user: 'U_TOM' },
          requestedAt: NOON,
        },
        {
          number: first,
          state: 'rejected',
          requester: { team: 'T_HOME', user: 'U_MARIA' },
          requestedAt: daysBefore(9),
        },
      ],
      others: 0,
      isAll: true,
    });
  });

  it('are neither the request itself nor later ones, nor of another payment or account', async () => {
    const first = await plant('withdrawn', { payment: 'p2' });
    const itself = await plant('withdrawn', { payment: 'p2' });
    await plant('withdrawn', { payment: 'p2' });
    await plant('withdrawn', { payment: 'p2-other' });
    await plant('withdrawn', { payment: 'p2', account: 'shop-tr' });
    const { named } = await earlierOf('p2', itself);
    expect(named.map(({ number }) => number)).toEqual([first]);
  });

  it('are counted beyond three, and beyond a hundred not even that', async () => {
    await plant('expired', { payment: 'p3' });
    await plantCopies(6);
    expect(await earlierOf('p3')).toMatchObject({ named: [{}, {}, {}], others: 4, isAll: true });
    await plantCopies(200);
    expect(await earlierOf('p3')).toMatchObject({ named: [{}, {}, {}], others: 97, isAll: false });
  });
});

describe('what a requester asked for lately', () => {
  it('is nothing at first', async () => {
    expect(await latelyBy('U_NEW')).toEqual({
      requests: 0,
      cancelled: 0,
      sums: [],
      withoutAmount: 0,
      isAll: true,
    });
  });

  it('is added up by currency, and only what was cancelled', async () => {
    const asks = { requester_user: 'U_LENA' };
    await plant('cancelled', { ...asks, amount_minor: 8000, currency: 'PLN' });
    await plant('cancelled', { ...asks, amount_minor: '999999999999999999', currency: 'PLN' });
    await plant('cancelled', { ...asks, amount_minor: 500, currency: 'EUR' });
    await plant('cancelled', { ...asks, amount_minor: null, currency: null });
    await plant('rejected', { ...asks, amount_minor: 77, currency: 'PLN' });
    await plant('accepted', { ...asks, amount_minor: 77, currency: 'EUR' });
    expect(await latelyBy('U_LENA')).toEqual({
      requests: 6,
      cancelled: 4,
      sums: [
        { minor: 500n, currency: 'EUR' },
        { minor: 1_000_000_000_000_007_999n, currency: 'PLN' },
      ],
      withoutAmount: 1,
      isAll: true,
    });
  });

  it('is of the thirty days before the request, and of nobody else', async () => {
    const asks = { requester_user: 'U_TOMASZ' };
    await plant('cancelled', { ...asks, requested_at: daysBefore(31) });
    await plant('cancelled', { ...asks, requested_at: daysBefore(29) });
    const itself = await plant('pending', asks);
    await plant('cancelled', asks);
    expect(await latelyBy('U_TOMASZ', itself)).toMatchObject({ requests: 1, cancelled: 1 });
  });

  it('is counted up to five hundred', async () => {
    await plant('cancelled', { requester_user: 'U_BUSY', amount_minor: 1, currency: 'EUR' });
    await plantCopies(498);
    expect(await latelyBy('U_BUSY')).toMatchObject({ requests: 499, isAll: true });
    await plantCopies(500);
    expect(await latelyBy('U_BUSY')).toMatchObject({
      requests: 500,
      sums: [{ minor: 500n, currency: 'EUR' }],
      isAll: false,
    });
  });
});
