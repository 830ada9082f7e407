import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  asReplica,
  type Columns,
  ENDS,
  plantAttempt,
  plantDecision,
  plantEntry,
  plantFreeze,
  plantLift,
  plantRequest,
  plantRequestIn,
} from './planting.ts';
import { somebodyWaitsFor } from './waiting.ts';
import { NO_REQUEST } from '../../src/record/entry.ts';

/** What Postgres itself refuses because of a freeze, to a superuser as to Countersign. */
let database: TestDatabase;
let sql: Client;
beforeEach(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
});
afterEach(() => database.stop());

const LENA = { person_user: 'U_LENA' };

/** Maria asked at shop-pl, and Pavel approved. */
const scopes: readonly (readonly [what: string, stops: boolean, scope: Columns])[] = [
  ['of everything', true, { scope: 'all' }],
  ['of its account', true, { scope: 'account', account: 'shop-pl' }],
  ['of another account', false, { scope: 'account', account: 'shop-tr' }],
  ['of who asked', true, { scope: 'person', frozen_users: ['U_MARIA'] }],
  ['of who approved', true, { scope: 'person', frozen_users: ['U_PAVEL'] }],
  ['of somebody else', false, { scope: 'person', frozen_users: ['U_TOM'] }],
];

function complaintOf(tried: Promise<unknown>): Promise<string> {
  return tried.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe('an attempt', () => {
  it.each(scopes)('under a freeze %s: it is refused is %s', async (_what, stops, scope) => {
    const request = await plantRequestIn(sql, 'approved');
    await plantFreeze(sql, { ...scope, ...LENA });
    const tried = plantAttempt(sql, request);
    expect(await complaintOf(tried)).toBe(stops ? 'the freeze F-1 stops this request' : 'none');
    const again = asReplica(sql, () => plantAttempt(sql, request));
    expect(await complaintOf(again)).toMatch(stops ? 'F-1 stops this request' : 'may have been sent');
  });

  it('is made again when two people lifted the freeze, and not when one did, or one twice', async () => {
    const request = await plantRequestIn(sql, 'approved');
    const freeze = await plantFreeze(sql);
    await plantLift(sql, freeze);
    await expect(plantLift(sql, freeze)).rejects.toThrow('lifts_one_person_agrees_once');
    await expect(plantAttempt(sql, request)).rejects.toThrow('F-1 stops this request');
    await plantLift(sql, freeze, { ...LENA, refusal: 'not_an_approver' });
    await expect(plantAttempt(sql, request)).rejects.toThrow('F-1 stops this request');
    await plantLift(sql, freeze, LENA);
    await expect(plantAttempt(sql, request)).resolves.toBeDefined();
  });

  it('is refused while one of two freezes stands', async () => {
    const request = await plantRequestIn(sql, 'approved');
    const first = await plantFreeze(sql);
    await plantFreeze(sql, { scope: 'account', account: 'shop-pl' });
    for (const who of ['U_PAVEL', 'U_LENA']) await plantLift(sql, first, { person_user: who });
    await expect(plantAttempt(sql, request)).rejects.toThrow('F-2 stops this request');
  });

  it('is not stopped by a freeze that did not count', async () => {
    const request = await plantRequestIn(sql, 'approved');
    await plantFreeze(sql, { number: null, refusal: 'not_an_approver', groups: [] });
    await expect(plantAttempt(sql, request)).resolves.toBeDefined();
  });

  it('is refused to whoever would not see a freeze that is committed meanwhile', async () => {
    const request = await plantRequestIn(sql, 'approved');
    for (const level of ['repeatable read', 'serializable']) {
      await sql.query(`begin isolation level ${level}`);
      await expect(plantAttempt(sql, request)).rejects.toThrow('in read committed transactions only');
      await sql.query('rollback');
    }
  });
});

describe('a freeze and an attempt at the same moment', () => {
  let request: string;
  let rival: Client;
  let house: number;
  let own: number;
  beforeEach(async () => {
    request = await plantRequestIn(sql, 'approved');
    // The chain takes one writer at a time, and here two are to meet.
    house = await plantEntry(sql, NO_REQUEST);
    own = await plantEntry(sql, request);
    rival = new Client({ connectionString: database.ownerUrl });
    await rival.connect();
    await sql.query('begin');
  });
  afterEach(() => rival.end());

  it('are one after the other: who freezes waits for what is being sent', async () => {
    await plantAttempt(sql, request, { entry: own });
    const freezing = plantFreeze(rival, { entry: house });
    await somebodyWaitsFor(sql, 'advisory');
    await sql.query('commit');
    expect(await complaintOf(freezing)).toBe('none');
  });

  it('are one after the other: what is to be sent waits for who freezes, and is refused', async () => {
    await plantFreeze(sql, { entry: house });
    const [tried] = await Promise.allSettled([
      plantAttempt(rival, request, { entry: own }),
      somebodyWaitsFor(sql, 'advisory').then(() => sql.query('commit')),
    ]);
    expect(String(tried.status === 'rejected' && tried.reason)).toContain('F-1 stops this request');
  });
});

describe('a decision', () => {
  it.each(scopes)('that approves under a freeze %s: it is refused is %s', async (_what, stops, scope) => {
    const TWO = '{"policy": "p1", "needs": [{"group": "finance", "count": 2}]}';
    const request = await plantRequest(sql, { rule: TWO });
    await plantDecision(sql, request);
    await plantFreeze(sql, { ...scope, person_user: 'U_OLGA' });
    const tried = plantDecision(sql, request, LENA);
    expect(await complaintOf(tried)).toBe(stops ? 'under the freeze F-1 no approve counts' : 'none');
    await plantDecision(sql, request, { ...LENA, refusal: 'frozen' });
  });

  it('of somebody who is frozen does not count, but for withdrawing', async () => {
    const request = await plantRequest(sql);
    const unknown = await plantRequestIn(sql, 'unknown');
    await plantFreeze(sql, { scope: 'person', frozen_users: ['U_LENA'] });
    await plantFreeze(sql, { scope: 'person', frozen_users: ['U_MARIA'] });
    for (const [of, columns] of [
      [request, { act: 'reject', saw: null }],
      [unknown, { act: 'find_refused', note: 'Not there.' }],
      [unknown, { act: 'find_cancelled', note: 'It is gone.' }],
    ] as const)
      await expect(plantDecision(sql, of, { ...LENA, ...columns })).rejects.toThrow(
        'under the freeze F-1 no',
      );
    await expect(plantDecision(sql, request, ENDS['withdrawn'])).resolves.toBeUndefined();
  });

  it('that stops a request counts while all is frozen, and so does what a person found', async () => {
    await plantFreeze(sql);
    for (const act of ['rejected', 'withdrawn', 'expired', 'lapsed'])
      await expect(plantDecision(sql, await plantRequest(sql), ENDS[act]), act).resolves.toBeUndefined();
  });
});

describe('a freeze', () => {
  it.each<[string, Columns, string]>([
    ['of an account that it does not name', { scope: 'account' }, 'freezes_name_what_is_frozen'],
    ['of all that names a person', { frozen_users: ['U_TOM'] }, 'freezes_name_what_is_frozen'],
    ['by somebody of no group', { groups: [] }, 'freezes_are_by_an_approver'],
    ['without a number', { number: null }, 'freezes_have_a_number'],
    ['with a number that is not the next', { number: 7 }, 'numbered without a gap'],
    ['without a reason', { reason: ' ' }, 'freezes_reason_check'],
  ])('is refused %s', async (_what, columns, complaint) => {
    await expect(plantFreeze(sql, columns)).rejects.toThrow(complaint);
  });

  it('is refused to somebody who is frozen', async () => {
    await plantFreeze(sql, { scope: 'person', frozen_users: ['U_PAVEL'], ...LENA });
    await expect(plantFreeze(sql)).rejects.toThrow('whoever is frozen freezes nothing');
  });

  it('stays as it is', async () => {
    await plantLift(sql, await plantFreeze(sql));
    for (const statement of [
      "update freezes set scope = 'account', account = 'shop-tr'",
      "update freezes set refusal = 'frozen', number = null",
      'delete from freezes',
      'truncate freezes cascade',
      "update lifts set person_user = 'U_LENA'",
      'delete from lifts',
      'truncate lifts',
    ])
      await expect(
        asReplica(sql, () => sql.query(statement)),
        statement,
      ).rejects.toThrow('append-only');
    await expect(sql.query('update freezes set announced = 1')).resolves.toBeDefined();
  });
});

describe('an agreement to lift', () => {
  it('is refused to whoever is frozen, by this freeze or by another', async () => {
    const own = await plantFreeze(sql, { scope: 'person', frozen_users: ['U_PAVEL'], ...LENA });
    const all = await plantFreeze(sql, LENA);
    for (const freeze of [own, all])
      await expect(plantLift(sql, freeze)).rejects.toThrow('whoever is frozen lifts nothing');
  });

  it('is refused of what does not stand any more', async () => {
    const freeze = await plantFreeze(sql);
    for (const who of ['U_PAVEL', 'U_LENA']) await plantLift(sql, freeze, { person_user: who });
    await expect(plantLift(sql, freeze, { person_user: 'U_OLGA' })).rejects.toThrow('F-1 does not stand');
  });

  it('is refused by somebody of no group', async () => {
    const freeze = await plantFreeze(sql);
    await expect(plantLift(sql, freeze, { groups: [] })).rejects.toThrow('lifts_are_by_an_approver');
  });
});
