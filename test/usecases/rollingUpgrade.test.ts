import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

/** What every migration has to be: something that the version before can live with. */
const NEXT_VERSION = `
  alter table requests add column urgency text not null default 'normal';
  alter table decisions add column device text;
  create table rosters (id bigint generated always as identity primary key, name text not null);
  create or replace view request_spans as
    select r.id, r.number, r.account, r.amount_minor, r.currency, r.requested_at, null::text as state,
      null::timestamptz as ended_at, null::int as entry, r.urgency from requests r;
`;

const surroundings = new Surroundings();
let database: TestDatabase;
let folder: string;
let old: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'countersign-next-'));
  await cp(join(import.meta.dirname, '../../migrations'), folder, { recursive: true });
  await writeFile(join(folder, '9999-next-version.sql'), NEXT_VERSION);
  old = await startProcess(database.url, surroundings);
});
afterAll(async () => {
  await old.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

it('processes of this version go on while the next one migrates the database under them', async () => {
  const before = await ask(old, 'asked-before');
  const approve = { type: 'approve', saw: before.digest, note: null } as const;
  await old.usecases.decideOnRequest(before.id, approve, PAVEL);
  expect(await migrate(database.ownerUrl, folder)).toEqual(['9999-next-version']);

  await old.usecases.dispatch(before.id);
  expect((await old.store.selectRequest(before.id)).state).toBe('cancelled');
  const after = await ask(old, 'asked-after');
  expect((await old.store.selectStory(after.id)).request.state).toBe('pending');
  await old.usecases.tick();
});

it('and one that is restarted in between starts, because nothing that it needs is missing', async () => {
  const quiet = { info: () => undefined, error: () => undefined };
  const opened = await openDatabase({ url: database.url }, quiet);
  await expect(opened.stop()).resolves.toBeUndefined();
});
