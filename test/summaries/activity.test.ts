/** What a summary says that its day brought. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import { countsOf, type Figures, tiesOut, total } from '../../src/domain/summary.ts';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  asReplica,
  type Columns,
  plantAttempt,
  plantDecision,
  plantEntry,
  plantFreeze,
  plantLift,
  plantOutcome,
  plantRequest,
  plantSignOff,
  suspendLaw,
} from '../store/planting.ts';
import { plantBulk, plantBulkAct } from '../store/plantingBulks.ts';
import { type Reporter, startReporter } from './reporter.ts';

/** On the 19th, from when on the summary of the 19th is to come. */
const NOON = new Date('2026-11-19T12:00:00Z');
const NINE = new Date('2026-11-20T08:00:00Z');
const DAY = 86_400;
const HOUR = 3_600;

let database: TestDatabase;
let reporter: Reporter;
beforeEach(async () => {
  database = await createTestDatabase();
  await suspendLaw(database.sql);
  const tracks = [{ kind: 'day', weekday: null }] as const;
  reporter = await startReporter(database, { time: '09:00', zone: 'Europe/Warsaw', tracks });
});
afterEach(async () => {
  await reporter.stop();
  await database.stop();
});

/** Of the 19th, or of so many days later. */
async function figures(daysLater = 0): Promise<Figures> {
  await reporter.tick(addSeconds(NINE, daysLater * DAY));
  const last = reporter.posted.at(-1);
  if (last === undefined) throw new Error('nothing was posted');
  return last.figures;
}

const at = (seconds: number) => addSeconds(NOON, seconds);
const ask = (columns: Columns = {}) => plantRequest(database.sql, columns);
const decide = (request: string, columns: Columns = {}) => plantDecision(database.sql, request, columns);

async function end(request: string, columns: Columns = {}): Promise<void> {
  await plantOutcome(database.sql, await plantAttempt(database.sql, request), columns);
}

describe('approved', () => {
  it('are those that got their last approval, also where they lapsed afterwards', async () => {
    const rule = '{"policy": "p1", "needs": [{"group": "finance", "count": 2}]}';
    const whole = await ask({ rule, state: 'approved' });
    await decide(whole, { decided_at: at(-DAY) });
    await decide(whole, { person_user: 'U_LENA' });
    const half = await ask({ rule, state: 'pending' });
    await decide(half);
    const rejected = await ask({ rule, state: 'rejected' });
    await decide(rejected);
    await decide(rejected, { act: 'reject', person_user: 'U_LENA', saw: null });
    for (const isApproved of [true, false]) {
      const lapsed = await ask({ rule, state: 'lapsed', account: 'shop-tr', currency: 'TRY' });
      await decide(lapsed);
      if (isApproved) await decide(lapsed, { person_user: 'U_LENA' });
      await decide(lapsed, { act: 'lapse', person_user: null, person_team: null, saw: null });
    }
    expect((await figures()).approved).toEqual([
      { account: 'shop-pl', count: 1, money: { minor: 5000n, currency: 'PLN' } },
      { account: 'shop-tr', count: 1, money: { minor: 5000n, currency: 'TRY' } },
    ]);
  });
});

describe('the time to decision', () => {
  it('is the median and the slowest, of approvals and rejections, with a bulk counted once', async () => {
    await decide(await ask({ state: 'approved' }), { decided_at: at(60) });
    await decide(await ask({ state: 'rejected' }), { act: 'reject', saw: null, decided_at: at(600) });
    const { lines } = await plantBulk(database.sql, [
      { state: 'approved' },
      { state: 'approved' },
      { state: 'approved' },
    ]);
    for (const line of lines) await decide(line, { decided_at: at(7200) });
    await decide(await ask({ state: 'withdrawn' }), {
      act: 'withdraw',
      person_user: 'U_MARIA',
      decided_at: at(9000),
    });
    expect((await figures()).decided).toEqual({
      count: 3,
      medianSeconds: 600,
      slowest: { name: 'B-1001', seconds: 7200 },
    });
  });

  it('is left out where nothing was decided', async () => {
    await ask();
    expect((await figures()).decided).toBeNull();
  });
});

describe('an end', () => {
  it('is the one that was recorded first, whatever comes later and of which time that is', async () => {
    const request = await ask({ state: 'refused' });
    const attempt = await plantAttempt(database.sql, request);
    await plantOutcome(database.sql, attempt, { type: 'refused', code: '41', learnt_at: at(HOUR) });
    await plantOutcome(database.sql, attempt, { type: 'cancelled', source: 'web_hook', learnt_at: at(60) });
    const told = await figures();
    expect(countsOf(told).ended).toEqual({ refused: 1 });
    expect(told.refusals).toEqual([{ account: 'shop-pl', code: '41', count: 1 }]);
    await plantOutcome(database.sql, attempt, { type: 'cancelled', source: 'look_up', learnt_at: at(DAY) });
    expect(countsOf(await figures(1)).ended).toEqual({});
  });

  it('is not before its beginning, by whatever clock it was recorded', async () => {
    const midnight = new Date('2026-11-19T23:00:00Z');
    const request = await ask({ requested_at: addSeconds(midnight, 1), state: 'withdrawn' });
    await decide(request, { act: 'withdraw', person_user: 'U_MARIA', decided_at: addSeconds(midnight, -1) });
    const [first, second] = [await figures(), await figures(1)];
    expect([first, second].map(tiesOut)).toEqual([true, true]);
    expect([first, second].map((day) => [total(day.opened), total(day.ended)])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });
});

describe('what stood out', () => {
  it('are refusals by the code of the provider, the most frequent first', async () => {
    for (const code of ['41', '12', '41'])
      await end(await ask({ state: 'refused' }), { type: 'refused', code });
    await end(await ask({ state: 'refused', account: 'shop-tr' }), { type: 'refused', code: '41' });
    expect((await figures()).refusals).toEqual([
      { account: 'shop-pl', code: '41', count: 2 },
      { account: 'shop-pl', code: '12', count: 1 },
      { account: 'shop-tr', code: '41', count: 1 },
    ]);
  });

  it('are refused tries by why, wherever somebody tried', async () => {
    const { sql } = database;
    const request = await ask();
    await decide(request, { refusal: 'own_request', person_user: 'U_MARIA' });
    await decide(request, { refusal: 'not_an_approver', person_user: 'U_TOM', decided_at: at(-DAY) });
    await plantBulkAct(sql, (await plantBulk(sql)).id, { refusal: 'own_request', person_user: 'U_MARIA' });
    await plantFreeze(sql, { number: null, refusal: 'not_an_approver', groups: [] });
    await plantLift(sql, await plantFreeze(sql), { refusal: 'already_agreed' });
    await sql.query(
      `insert into refused_asks (account, payment, person_team, person_user, why, refused_at)
       values ('shop-pl', 'p1', 'T_HOME', 'U_GINA', 'not_live', $1)`,
      [NOON],
    );
    await figures(-1);
    await plantSignOff(sql, '2026-11-18', { refusal: 'not_a_reviewer', groups: [], signed_at: NOON });
    expect((await figures()).tries).toEqual([
      { why: 'own_request', count: 2 },
      { why: 'already_agreed', count: 1 },
      { why: 'not_a_reviewer', count: 1 },
      { why: 'not_an_approver', count: 1 },
      { why: 'not_live', count: 1 },
    ]);
  });

  it('are the three largest of each currency, the largest of all currencies first', async () => {
    for (const [amount_minor, currency] of [
      [100, 'PLN'],
      [400, 'PLN'],
      [300, 'PLN'],
      [200, 'PLN'],
      [7, 'EUR'],
      [null, null],
    ])
      await end(await ask({ state: 'cancelled', amount_minor, currency }));
    expect(
      (await figures()).largest.map(({ name, amount }) => [name, amount.minor, amount.currency]),
    ).toEqual([
      ['C-1005', 7n, 'EUR'],
      ['C-1002', 400n, 'PLN'],
      ['C-1003', 300n, 'PLN'],
      ['C-1004', 200n, 'PLN'],
    ]);
  });
});

describe('what is recorded only after the summary of its day', () => {
  it('is counted by the next one, which says so, and changes nothing that was posted', async () => {
    const open = await ask({ state: 'pending' });
    const first = await figures();
    const { rows: before } = await database.sql.query('select figures from summaries');

    const late = await ask({ requested_at: at(HOUR), state: 'rejected' });
    await decide(late, { act: 'reject', saw: null, decided_at: at(2 * HOUR) });
    await decide(open, { act: 'withdraw', person_user: 'U_MARIA', decided_at: at(3 * HOUR) });
    await database.sql.query("update requests set state = 'withdrawn' where id = $1", [open]);
    const second = await figures(1);

    expect(
      (await database.sql.query('select figures from summaries order by local_date limit 1')).rows,
    ).toEqual(before);
    expect(second.carriedIn).toBe(first.carriedOut);
    expect([total(second.opened), countsOf(second).ended, second.carriedOut]).toEqual([
      1,
      { rejected: 1, withdrawn: 1 },
      0,
    ]);
    expect(second.late).toEqual({ opened: 1, ended: 2 });
    expect(tiesOut(second)).toBe(true);
    expect(total((await figures(2)).ended)).toBe(0);
  });

  it('does not add up where it comes more than two days late', async () => {
    await figures();
    await ask({ requested_at: at(-3 * DAY) });
    const next = await figures(1);
    expect([next.carriedIn, total(next.opened), next.carriedOut, tiesOut(next)]).toEqual([0, 0, 1, false]);
    expect(tiesOut(await figures(2))).toBe(true);
  });
});

describe('a request that was taken out or put in past Countersign', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['taken out', () => database.sql.query('delete from requests')],
    ['put back to waiting', () => database.sql.query("update requests set state = 'pending'")],
    [
      'ended by its state alone',
      () => database.sql.query("update requests set state = 'cancelled' where state = 'unknown'"),
    ],
  ])('shows as figures that do not add up: it was %s', async (_what, tamper) => {
    await ask({ state: 'unknown' });
    const ended = await ask({ state: 'cancelled' });
    await end(ended, { learnt_at: at(HOUR) });
    expect(tiesOut(await figures())).toBe(true);
    await database.sql.query('alter table requests disable trigger user');
    await asReplica(database.sql, tamper);
    expect(tiesOut(await figures(1))).toBe(false);
  });
});

it('says where the chain stood, and up to when it knew', async () => {
  const entry = await plantEntry(database.sql, NO_REQUEST);
  const { head, madeAt } = await figures();
  expect([head?.seq, madeAt]).toEqual([entry, NINE]);
  await plantEntry(database.sql, randomUUID());
  const { rows } = await database.sql.query<{ hash: string }>(
    "select encode(hash, 'hex') as hash from chain where seq = 1",
  );
  expect(head?.hash).toBe(rows[0]?.hash);
});
