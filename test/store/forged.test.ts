import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { asReplica, plantEntry } from './planting.ts';

/** Rows that nobody's click made, put in by whoever holds the database: nothing is sent because of them. */
let database: TestDatabase;
let app: Client;
let surroundings: Surroundings;
let process: Process;
let request: Request;
beforeEach(async () => {
  database = await createTestDatabase();
  app = new Client({ connectionString: database.url });
  await app.connect();
  surroundings = new Surroundings();
  process = await startProcess(database.url, surroundings);
  request = await ask(process, 'asked-for');
});
afterEach(async () => {
  await process.stop();
  await app.end();
  await database.stop();
});

const approve = () =>
  process.usecases.decideOnRequest(request.id, { type: 'approve', saw: request.digest, note: null }, PAVEL);

describe("with the app's password, and without its key", () => {
  it('a made-up approval sends nothing', async () => {
    const entry = await plantEntry(database.sql, request.id, { key: 'unknown' });
    await app.query(
      `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, entry, salt)
       values ($1, 'U_MARIA', 'approve', 'T_HOME', 'U_PAVEL', '{finance}', $2, $3, $4, '')`,
      [request.id, request.digest, surroundings.now, entry],
    );
    await app.query("update requests set state = 'approved' where id = $1", [request.id]);
    await expect(process.usecases.dispatch(request.id)).rejects.toThrow('it is not sealed by Countersign');
    expect(surroundings.sent).toEqual([]);
  });

  it('a made-up proof that nothing was sent does not send it again', async () => {
    surroundings.answer = async () => ({ type: 'unknown', says: 'No answer.' });
    await approve();
    await process.usecases.dispatch(request.id);
    const entry = await plantEntry(database.sql, request.id, { key: 'unknown' });
    await app.query(
      `insert into outcomes (attempt_id, request_id, source, type, says, learnt_at, entry, salt)
       select id, request_id, 'look_up', 'not_sent', 'Nothing left.', $2, $3, repeat('0f', 16) from attempts
       where request_id = $1`,
      [request.id, surroundings.now, entry],
    );
    await app.query("update requests set state = 'approved' where id = $1", [request.id]);
    await expect(process.usecases.dispatch(request.id)).rejects.toThrow('is not what the sealed record says');
    expect(surroundings.sent).toEqual([request.key]);
    // What PostgreSQL wrote while the record was verified was taken back.
    expect(await process.store.selectRequest(request.id)).toMatchObject({ state: 'approved' });
    expect(await process.store.selectAttempts(request.id)).toHaveLength(1);
  });

  it.each([
    ['takes a number that is far ahead', { n: 2_147_483_647 }, 'numbered without a gap'],
    ['puts in what is no JSON', { body: 'nothing' }, 'is a JSON object'],
    [
      'puts in what is about another request',
      { body: '{"n": 2, "request": "another"}' },
      'names its request',
    ],
  ])('nobody %s', async (_what, { n = 2, body = '{}' }: { n?: number; body?: string }, complaint) => {
    const append = app.query(
      'select append_entries(array[$1::uuid], array[$2::int], array[$3], array[$4::bytea])',
      [request.id, n, body, Buffer.alloc(32)],
    );
    await expect(append).rejects.toThrow(complaint);
  });
});

/** Changes the row as nobody may. */
async function disguise(payment: string, key: string): Promise<void> {
  const { sql } = database;
  await sql.query('alter table requests disable trigger requests_are_frozen');
  await asReplica(sql, () =>
    sql.query('update requests set payment = $2, key = $3 where id = $1', [request.id, payment, key]),
  );
  await sql.query('alter table requests enable always trigger requests_are_frozen');
}
const undisguise = () => disguise(request.payment, request.key);

describe('as the owner of the tables', () => {
  it('a row that is changed while it is dispatched sends nothing else', async () => {
    await approve();
    await disguise('the-victim', 'deadbeef');
    surroundings.door = undisguise;
    await process.usecases.dispatch(request.id).catch(() => undefined);
    expect(surroundings.sent).not.toContain('deadbeef');
  });

  it('a row that is not what its digest says is not shown, not decided on and not sent', async () => {
    await disguise('the-victim', 'deadbeef');
    await expect(process.usecases.reviewRequest(request.id)).rejects.toThrow('is not what was asked');
    await expect(approve()).rejects.toThrow('is not what was asked');
    await undisguise();
    await approve();
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toEqual([request.key]);
  });

  it('a chain that lost what this process wrote is not written on', async () => {
    await database.sql.query('alter table chain disable trigger chain_append_only');
    await asReplica(database.sql, () =>
      database.sql.query('delete from chain where seq = (select max(seq) from chain)'),
    );
    await expect(approve()).rejects.toThrow("the record's chain lacks entry");
  });
});
