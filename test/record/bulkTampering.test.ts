/** What `countersign verify` says to tampering with a bulk and its lines, by someone who may do anything in PostgreSQL. */
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayFault, sayReport } from '../../src/record/report.ts';
import { askInBulk, payments, reportOn } from '../bulk/aBulk.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { LENA, MARIA, PAVEL, startProcess, Surroundings } from '../fakes/processes.ts';
import { freeTables } from './superuser.ts';

/** B-1001 of four lines (C-1001 to C-1004), approved by two, halted after three refusals, let go on, and sent. */
async function writeBulk(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const surroundings = new Surroundings();
  surroundings.now = new Date('2026-11-20T08:00:00Z');
  surroundings.answer = async () => ({ type: 'refused', code: '17', says: 'Too late.' });
  const process = await startProcess(database.url, surroundings);
  await process.store.transaction((records) => records.introduceKey(surroundings.now));
  const { id, digest } = await askInBulk(process, payments(4));
  const approval = { type: 'approve', saw: digest, note: 'Seen.' } as const;
  for (const person of [MARIA, PAVEL, LENA]) await process.usecases.decideOnBulk(id, approval, person);
  await process.usecases.dispatchBulk(id);
  await process.usecases.steerBulk(id, { type: 'go_on', saw: digest }, PAVEL);
  await process.usecases.dispatchBulk(id);
  await process.usecases.tick();
  await process.stop();
  await database.sql.end();
  return database;
}

const lineAt = (number: number) => `(select id from requests where number = ${number})`;

const tamperings: readonly [done: string, says: string, act: (sql: Client) => Promise<unknown>][] = [
  [
    'a line taken out of the bulk',
    'entry 2 (B-1001, bulk 1): row B-1001 of bulks differs in lines',
    (sql) => sql.query(`update requests set bulk = null where number = 1001`),
  ],
  [
    'a line deleted with all that is about it',
    'entry 2 (B-1001, bulk 1): row B-1001 of bulks differs in lines',
    async (sql) => {
      for (const table of ['outcomes', 'attempts', 'decisions'])
        await sql.query(`delete from ${table} where request_id = ${lineAt(1003)}`);
      await sql.query('delete from requests where number = 1003');
    },
  ],
  [
    'a line put in',
    'entry 2 (B-1001, bulk 1): row B-1001 of bulks differs in lines',
    (sql) =>
      sql.query(
        `insert into requests (id, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
           requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, bulk)
         select gen_random_uuid(), account, provider, 'tx5', details, partial, amount_minor, currency, reason, salt,
           requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule, key || 'x', digest, bulk
         from requests where number = 1004`,
      ),
  ],
  [
    'two lines swapped',
    'entry 2 (B-1001, bulk 1): row B-1001 of bulks differs in lines',
    (sql) =>
      sql.query(
        `alter table requests alter number drop identity;
         update requests set number = case number when 1001 then 1002 else 1001 end where number in (1001, 1002)`,
      ),
  ],
  [
    'the rule of the bulk loosened',
    'entry 2 (B-1001, bulk 1): row B-1001 of bulks differs in rule',
    (sql) => sql.query(`update bulks set rule = jsonb_set(rule, '{needs,0,count}', '1')`),
  ],
  [
    'another requester put into the bulk',
    'entry 2 (B-1001, bulk 1): row B-1001 of bulks differs in requester',
    (sql) => sql.query(`update bulks set requester_user = 'U_TOM'`),
  ],
  [
    'the refusal taken from an approval by whoever asked',
    'entry 7 (B-1001, bulk_act 2): row 1 of bulk_acts differs in refusal',
    (sql) => sql.query(`update bulk_acts set refusal = null where id = 1`),
  ],
  [
    'another person put into a "go on"',
    'entry 25 (B-1001, bulk_act 6): row 5 of bulk_acts differs in person',
    (sql) => sql.query(`update bulk_acts set person_user = 'U_LENA' where act = 'go_on'`),
  ],
  [
    'a pause deleted',
    'entry 24 (B-1001, bulk_act 5): its row in bulk_acts is gone',
    (sql) => sql.query(`delete from bulk_acts where act = 'pause'`),
  ],
  [
    'the bulk deleted',
    'entry 2 (B-1001, bulk 1): its row in bulks is gone',
    (sql) => sql.query('delete from bulks'),
  ],
  [
    'an act put in without an entry',
    'row 6 of bulk_acts (B-1001): it has no entry',
    (sql) =>
      sql.query(
        `insert into bulk_acts (bulk_id, requester_user, act, person_team, person_user, groups, saw, acted_at, entry)
         select bulk_id, requester_user, 'stop', person_team, person_user, groups, saw, acted_at, 99
         from bulk_acts where act = 'go_on'`,
      ),
  ],
];

describe('countersign verify, of a bulk', () => {
  let original: TestDatabase;
  beforeAll(async () => {
    original = await writeBulk();
  });
  afterAll(() => original.stop());

  async function withCopy(work: (copy: TestDatabase) => Promise<void>): Promise<void> {
    const copy = await createTestDatabase(original);
    try {
      await work(copy);
    } finally {
      await copy.stop();
    }
  }

  it('finds nothing wrong with what Countersign wrote', async () => {
    await withCopy(async (copy) => {
      expect(sayReport(await reportOn(copy))[0]).toMatch(/^The record is whole: .* about 4 requests /);
    });
  });

  it.each(tamperings)('tells that %s: %s', async (_done, says, act) => {
    await withCopy(async (copy) => {
      await freeTables(copy.sql);
      await act(copy.sql);
      const [first] = (await reportOn(copy)).faults;
      expect(first && sayFault(first)).toBe(says);
    });
  });
});
