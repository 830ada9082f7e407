import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, CANCELLED, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

const surroundings = new Surroundings();
let database: TestDatabase;
let process: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  process = await startProcess(database.url, surroundings);
});
afterAll(async () => {
  // The queue was cut off too, and says so.
  await process.stop().catch(() => undefined);
  await database.stop();
});

it('keeps a provider\u2019s answer until the database is back to record it', async () => {
  const { id, digest } = await ask(process, 'answered-while-away');
  await process.usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
  const name = new URL(database.url).pathname.slice(1);
  const admin = new Client({ connectionString: database.ownerUrl.replace(`/${name}`, '/postgres') });
  await admin.connect();
  surroundings.answer = async () => {
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    void setTimeout(1000).then(() => admin.query(`alter database ${name} allow_connections true`));
    return CANCELLED;
  };

  await process.usecases.dispatch(id);
  await admin.end();
  expect(surroundings.sent).toHaveLength(1);
  const story = await process.store.selectStory(id);
  expect(story.request.state).toBe('cancelled');
  expect(story.findings.map(({ source, outcome }) => [source, outcome.type])).toEqual([
    ['answer', 'cancelled'],
  ]);
});
