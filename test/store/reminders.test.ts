import { afterAll, beforeAll, expect, it } from 'vitest';
import { states } from '../../src/domain/request.ts';
import { selectPendingWithout } from '../../src/store/reminders.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantBulk } from './plantingBulks.ts';
import { plantRequest, plantRequestIn } from './planting.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.stop());

const at = (time: string) => new Date(`2026-11-19T${time}:00Z`);

it('finds pending requests and bulks of that age whose thread lacks the message, the oldest first', async () => {
  const { sql } = database;
  const late = await plantRequest(sql, { requested_at: at('11:00') });
  const early = await plantRequest(sql, { requested_at: at('10:00') });
  await plantRequest(sql, { requested_at: at('11:01') });
  // Its lines have no thread.
  const before = { requested_at: at('09:00') };
  const bulk = await plantBulk(sql, [before, before], { ...before, deadline: at('17:00') });
  for (const state of states.filter((one) => one !== 'pending'))
    await plantRequestIn(sql, state, { requested_at: at('12:00') });

  const find = async (kind: string) => {
    const found = await selectPendingWithout(sql, kind, at('11:00'));
    return found.map(({ of, id, requestedAt }) => [of, id, requestedAt]);
  };
  expect(await find('thread:reminder')).toEqual([
    ['bulk', bulk.id, at('09:00')],
    ['request', early, at('10:00')],
    ['request', late, at('11:00')],
  ]);

  for (const reminded of [early, bulk.id])
    await sql.query(
      `insert into messages (request_id, kind, channel, ts, version) values ($1, $2, 'C1', '1.1', 1)`,
      [reminded, 'thread:reminder'],
    );
  expect(await find('thread:reminder')).toEqual([['request', late, at('11:00')]]);
  expect(await find('thread:escalation')).toHaveLength(3);
});
