import * as fc from 'fast-check';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { inTurn } from '../../src/store/readAhead.ts';
import { selectSending } from '../../src/store/sending.ts';
import type { Sending } from '../../src/usecases/bulkPorts.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { type Columns, ENDS, plantAttempt, plantDecision, plantOutcome } from '../store/planting.ts';
import { HALT, NOON, type PlantedBulk, plantBulk, plantBulkAct } from '../store/plantingBulks.ts';

const MANY = 3;

let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
});
afterAll(() => database.stop());

describe('how far sending a bulk has come', () => {
  it('is what a look at every line of it says, whatever happened to them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(HAPPENING, { maxLength: 24, size: 'max' }),
        async (length, all) => {
          const bulk = await approvedBulk(length);
          for (const [step, one] of all.entries()) {
            await happenTo(bulk, one, step);
            expect(await howFar(bulk)).toEqual(await lookAtEveryLine(bulk));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is known from few rows, however long the bulk is', async () => {
    const bulk = await approvedBulk(300);
    for (const [place, line] of bulk.lines.slice(0, 100).entries()) await settle(line, place);
    for (const line of bulk.lines.slice(100, 103)) await tryInVain(line, 101);
    await sql.query('analyze');
    await sql.query('set enable_seqscan = off');
    onTestFinished(async () => void (await sql.query('reset enable_seqscan')));
    expect(await rowsReadBy(() => howFar(bulk))).toBeLessThan(60);
  });
});

const howFar = ({ id }: PlantedBulk): Promise<Sending> => selectSending(inTurn(sql), id, MANY);

async function approvedBulk(length: number): Promise<PlantedBulk> {
  const bulk = await plantBulk(
    sql,
    Array.from({ length }, () => ({})),
  );
  await plantBulkAct(sql, bulk.id);
  for (const line of bulk.lines) await plantDecision(sql, line);
  await sql.query(`update requests set state = 'approved' where bulk = $1`, [bulk.id]);
  return bulk;
}

/** Steps are some minutes apart, but a clock may be put back; no two things happen at one moment. */
let moments = 0;
function momentOf(minutes: number): Date {
  moments += 1;
  return new Date(NOON.getTime() + minutes * 60_000 + moments);
}

/** What happens to a line, as far as it can; each a few minutes after the one before, but for a clock that is put back. */
const HAPPENING = fc.record({
  line: fc.nat({ max: 9 }),
  ofApproved: fc.constantFrom(attempt, attempt, attempt, tryInVain, tryInVain, lapse),
  ofSending: fc.constantFrom('cancelled', 'refused', 'unknown', 'not_sent', 'not_sent', 'not_sent'),
  isGoOn: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  backMinutes: fc.constantFrom(0, 0, 0, 3, 17),
});
type Happening = typeof HAPPENING extends fc.Arbitrary<infer One> ? One : never;

async function happenTo(bulk: PlantedBulk, happening: Happening, step: number): Promise<void> {
  const minutes = 30 + step * 5 - happening.backMinutes;
  if (happening.isGoOn) return goOn(bulk, minutes);
  const line = bulk.lines[happening.line % bulk.lines.length] ?? '';
  const state = await stateOf(line);
  if (state === 'approved') await happening.ofApproved(line, minutes);
  if (state === 'sending') await learn(line, happening.ofSending);
}

async function stateOf(line: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ state: string }>('select state from requests where id = $1', [line]);
  return rows[0]?.state;
}

async function become(line: string, state: string): Promise<void> {
  await sql.query('update requests set state = $2 where id = $1', [line, state]);
}

async function attempt(line: string, minutes: number): Promise<void> {
  const { rows } = await sql.query<{ n: number }>(
    'select count(*)::int + 1 as n from attempts where request_id = $1',
    [line],
  );
  await plantAttempt(sql, line, { n: rows[0]?.n, started_at: momentOf(minutes) });
  await become(line, 'sending');
}

async function learn(line: string, type: string): Promise<void> {
  const { rows } = await sql.query<{ id: string }>(
    'select id from attempts where request_id = $1 order by n desc limit 1',
    [line],
  );
  await plantOutcome(sql, rows[0]?.id ?? '', { type, code: type === 'refused' ? '17' : null });
  await become(line, type === 'not_sent' ? 'approved' : type);
}

async function settle(line: string, minutes: number): Promise<void> {
  await attempt(line, minutes);
  await learn(line, 'cancelled');
}

async function tryInVain(line: string, minutes: number): Promise<void> {
  await sql.query(
    `insert into bulk_tries (request_id, tried_at) values ($1, $2)
     on conflict (request_id) do update set tried_at = excluded.tried_at`,
    [line, momentOf(minutes)],
  );
}

async function lapse(line: string, minutes: number): Promise<void> {
  await plantDecision(sql, line, { ...ENDS['lapsed'], decided_at: momentOf(minutes) });
  await become(line, 'lapsed');
}

async function goOn({ id }: PlantedBulk, minutes: number): Promise<void> {
  const { rowCount } = await sql.query(
    `select from requests where bulk = $1 and state in ('approved', 'sending')`,
    [id],
  );
  if (rowCount === 0) return;
  const act = (columns: Columns) => plantBulkAct(sql, id, { ...columns, acted_at: momentOf(minutes) });
  await act(HALT);
  await act({ act: 'go_on' });
}

/** What it means: every line and all that happened to it is looked at. */
async function lookAtEveryLine({ id }: PlantedBulk): Promise<object> {
  const { rows: next } = await sql.query<object>(
    `select r.id, r.account, r.state = 'sending' as "isUnderWay", t.tried_at as "triedAt"
     from requests r left join bulk_tries t on t.request_id = r.id
     where r.bulk = $1 and r.state in ('approved', 'sending')
     order by r.state = 'approved', t.tried_at nulls first, r.number limit 1`,
    [id],
  );
  const { rows: moved } = await sql.query<{ at: Date }>(
    `select greatest(
       (select max(acted_at) from bulk_acts where bulk_id = $1 and refusal is null and act in ('approve', 'go_on')),
       (select max(a.started_at) from attempts a join requests r on r.id = a.request_id where r.bulk = $1),
       (select max(d.decided_at) from decisions d join requests r on r.id = d.request_id
        where r.bulk = $1 and d.act = 'lapse'),
       (select requested_at from bulks where id = $1)) as at`,
    [id],
  );
  const { rows: latest } = await sql.query<{ state: string }>(
    `select tried.state from (
       select r.state, greatest(t.tried_at, (select max(started_at) from attempts where request_id = r.id)) as at
       from requests r left join bulk_tries t on t.request_id = r.id
       where r.bulk = $1 and r.state not in ('sending', 'lapsed')
     ) tried
     where at > coalesce((select max(acted_at) from bulk_acts
                          where bulk_id = $1 and refusal is null and act = 'go_on'), '-infinity')
     order by at desc limit $2`,
    [id, MANY],
  );
  return { next: next[0], movedAt: moved[0]?.at, latest: latest.map(({ state }) => state) };
}

async function rowsReadBy(work: () => Promise<unknown>): Promise<number> {
  await sql.query('begin');
  const before = await rowsRead();
  await work();
  const after = await rowsRead();
  await sql.query('commit');
  return after - before;
}

async function rowsRead(): Promise<number> {
  const { rows } = await sql.query<{ read: number }>(
    `select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables`,
  );
  return rows[0]?.read ?? 0;
}
