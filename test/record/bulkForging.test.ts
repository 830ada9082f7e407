/** What `countersign verify` says of lines that somebody sent or approved in chain and table, who has the key, too. */
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { breaches } from '../../src/record/breaches.ts';
import { createSeal } from '../../src/record/keys.ts';
import { sayFault } from '../../src/record/report.ts';
import { askInBulk, expectWhole, payments, reportOn } from '../bulk/aBulk.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { LENA, MARIA, PAVEL, type Process, SECRET, startProcess, Surroundings } from '../fakes/processes.ts';
import { append, freeTables, idOf } from './superuser.ts';

const seal = createSeal(SECRET);
const TOM = { team: 'T_HOME', user: 'U_TOM' };
const AT = '2026-11-20 10:05+00';

let database: TestDatabase;
let surroundings: Surroundings;
let process: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  surroundings = new Surroundings();
  surroundings.now = new Date('2026-11-20T08:00:00Z');
  process = await startProcess(database.url, surroundings);
  await process.store.transaction((records) => records.introduceKey(surroundings.now));

  // C-1001 to C-1003: stopped while the first was under way, which then surely had not left.
  const stopped = await approved('stopped', PAVEL, LENA);
  surroundings.answer = async () => {
    await process.usecases.steerBulk(stopped, { type: 'stop' }, MARIA);
    return { type: 'not_sent', says: 'The connection was refused.' };
  };
  const [first] = await process.store.selectLines(stopped);
  await process.usecases.dispatch(first?.id ?? '', surroundings.now);
  // C-1004 to C-1006 lack an approval; of C-1007 to C-1009 one who approved is frozen.
  await approved('pending', PAVEL);
  await approved('frozen', TOM, LENA);
  const ofTom = { type: 'person', users: [TOM.user] } as const;
  await process.usecases.freezeDispatch({ scope: ofTom, reason: 'Suspicious night' }, PAVEL);
  await expectWhole(database);
  await process.stop();
  await freeTables(database.sql);
});
afterAll(() => database.stop());

async function approved(name: string, ...people: (typeof PAVEL)[]): Promise<string> {
  const { id, digest } = await askInBulk(process, payments(3, `${name}-`));
  const approval = { type: 'approve', saw: digest, note: null } as const;
  for (const person of people) await process.usecases.decideOnBulk(id, approval, person);
  return id;
}

async function forgeAttempt(sql: Client, number: number, attempt: number): Promise<void> {
  const request = await idOf(sql, number);
  const n = await append(sql, request, seal, { type: 'attempt', data: { attempt } });
  await sql.query('insert into attempts (request_id, n, started_at, entry) values ($1, $2, $3, $4)', [
    request,
    attempt,
    AT,
    n,
  ]);
  await sql.query(`update requests set state = 'sending' where id = $1`, [request]);
}

async function forgeApproval(sql: Client, number: number): Promise<void> {
  const request = await idOf(sql, number);
  const { rows } = await sql.query<{ digest: string }>('select digest from requests where id = $1', [
    request,
  ]);
  const saw = rows[0]?.digest ?? '';
  const n = await append(sql, request, seal, {
    type: 'decision',
    data: { act: 'approve', person: LENA, groups: ['finance'], saw, refusal: null, note: null },
  });
  await sql.query(
    `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
     values ($1, 'U_MARIA', 'approve', 'T_HOME', 'U_LENA', '{finance}', $2, $3, '', $4)`,
    [request, saw, AT, n],
  );
}

it('names each, and nothing else', async () => {
  await forgeAttempt(database.sql, 1001, 2);
  await forgeApproval(database.sql, 1004);
  await forgeAttempt(database.sql, 1004, 1);
  await forgeAttempt(database.sql, 1007, 1);
  const { faults } = await reportOn(database);
  expect(faults.map(sayFault).map((says) => says.replace(/^entry \d+ /, ''))).toEqual([
    `(C-1001, attempt 6): ${breaches.bulkStopped}`,
    `(C-1004, decision 3): ${breaches.notWithItsBulk}`,
    `(C-1004, attempt 4): ${breaches.notApproved}`,
    `(C-1007, attempt 4): ${breaches.stopped('F-1')}`,
  ]);
});
