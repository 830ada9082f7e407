import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../src/store/database.ts';
import { NO_REQUEST } from '../src/record/entry.ts';
import { migrate, pendingMigrations } from '../src/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from './fakes/database.ts';
import {
  type Columns,
  ENDS,
  plantAttempt,
  plantDecision,
  plantEntry,
  plantFreeze,
  plantLift,
  plantOutcome,
  plantRequest,
  plantRequestIn,
} from './store/planting.ts';
import { somebodyWaitsFor } from './store/waiting.ts';
import { plantBulk, plantBulkAct } from './store/plantingBulks.ts';

const MIGRATIONS = join(import.meta.dirname, '../migrations');
const ALL = (await readdir(MIGRATIONS)).toSorted();
const names = ALL.map((file) => file.replace('.sql', ''));

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await createTestDatabase();
  await database.sql.query('drop schema public cascade; create schema public');
  folder = await mkdtemp(join(tmpdir(), 'countersign-migrations-'));
});
afterEach(async () => {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function putIn(...files: string[]): Promise<void> {
  for (const file of files) await cp(join(MIGRATIONS, file), join(folder, file));
}

async function countRows(): Promise<Columns> {
  const { rows } = await database.sql.query<Record<string, string>>(
    `select tablename, (xpath('/row/n/text()', query_to_xml('select count(*) as n from ' || tablename, true, true, '')))[1]::text as n
     from pg_tables where schemaname = 'public' order by tablename`,
  );
  return Object.fromEntries(rows.map(({ tablename = '', n }) => [tablename, Number(n)]));
}

/** Before this one, a row was recorded without an entry in the chain. */
const FIRST_WITH_CHAIN = names.indexOf('0008-entries');

/** What somebody may have written when the migration was the newest. */
const written: Readonly<Record<string, () => Promise<unknown>>> = {
  async '0008-entries'() {
    const { sql } = database;
    await plantRequest(sql, { amount_minor: null, currency: null });
    const request = await plantRequest(sql, { closes_at: new Date('2026-11-19T20:00:00Z') });
    const refused = { act: 'approve', person_user: 'U_MARIA', refusal: 'own_request' };
    await plantDecision(sql, request, refused);
    await plantDecision(sql, request);
    await sql.query("update requests set state = 'approved' where id = $1", [request]);
    await plantOutcome(sql, await plantAttempt(sql, request), { type: 'not_sent' });
    await plantOutcome(sql, await plantAttempt(sql, request, { n: 2 }), { type: 'unknown' });
    await sql.query('insert into look_ups (request_id, due_at) values ($1, now())', [request]);
    const unknown = await plantRequestIn(sql, 'unknown');
    await sql.query('insert into look_ups (request_id, made) values ($1, 60)', [unknown]);
    await sql.query("insert into messages values ($1, 'headline', 'C1', '1.000001', 1)", [request]);
    await sql.query(
      `insert into summaries (channel, local_date, zone, since, until, figures, entry)
       values ('C1', '2026-11-19', 'UTC', '2026-11-19Z', '2026-11-20Z', '{}', $1)`,
      [await plantEntry(sql, NO_REQUEST)],
    );
    await plantAlarming(sql, 'b1:2');
    await sql.query(`insert into alarms values ('game-world', 'b1:2', '1.000002')`);
    await sql.query("insert into heads values (1, $1, 'k', now(), $2)", [Buffer.alloc(32), Buffer.alloc(64)]);
  },
  async '0009-findings'() {
    const { sql } = database;
    const request = await plantRequestIn(sql, 'unknown');
    await plantDecision(sql, request, { act: 'find', refusal: 'not_an_approver' });
    await plantDecision(sql, request, { act: 'find_cancelled', note: 'It is gone.' });
    const { rows } = await sql.query<{ id: string }>('select id from attempts where request_id = $1', [
      request,
    ]);
    await plantOutcome(sql, rows[0]?.id ?? '', { source: 'person' });
  },
  async '0010-delivery'() {
    await database.sql.query(`insert into deliveries values ('summary C1 2026-11-19', gen_random_uuid())`);
    await database.sql.query(`insert into turns values ('chat.postMessage C1', now())`);
  },
  async '0011-erasure'() {
    const { sql } = database;
    const request = await plantRequestIn(sql, 'cancelled');
    await plantEntry(sql, request, { data: { erased: [1] }, type: 'erasure' });
    await sql.query(
      `update requests set reason = 'erased', salt = '', evidence = evidence || '{"says": "erased", "facts": {}}'
       where id = $1`,
      [request],
    );
  },
  async '0012-search-path'() {
    await plantRequestIn(database.sql, 'unknown');
  },
  async '0013-editions'() {
    await database.sql.query("update messages set edition = edition + 1 where kind = 'headline'");
  },
  async '0014-tickets-and-bulks'() {
    const first = await plantRequestIn(database.sql, 'rejected');
    await plantRequestIn(database.sql, 'pending', { ticket: 'HELP-7', follows: first });
  },
  async '0015-watchers'() {
    const request = await plantRequestIn(database.sql, 'pending');
    await database.sql.query(`insert into watchers values ($1, 'T_ACME', 'U_PAVEL', now())`, [request]);
  },
  async '0016-people'() {
    await database.sql.query(
      `insert into refused_asks (account, payment, person_team, person_user, why, refused_at)
       values ('shop-pl', 'p1', 'T_HOME', 'U_GINA', 'not_live', now())`,
    );
    await database.sql.query(
      `insert into shortages ("group", tiers, began_at) values ('risk', '{large}', now())`,
    );
  },
  async '0017-homes'() {
    const { sql } = database;
    await sql.query(
      `insert into homes (user_id, team_id, opened_at, wanted_at) values ('U_MARIA', 'T_HOME', now(), now())`,
    );
    await sql.query('insert into home_news values ($1, 1)', [await plantRequestIn(sql, 'pending')]);
  },
  async '0018-freezes'() {
    const freeze = await plantFreeze(database.sql);
    await plantLift(database.sql, freeze);
    await plantLift(database.sql, freeze, { person_user: 'U_LENA' });
  },
  async '0019-holds'() {
    await database.sql.query(`update turns set held_until = now()`);
  },
  async '0020-bulks'() {
    const { sql } = database;
    const { id, lines } = await plantBulk(sql);
    await plantBulkAct(sql, id);
    await sql.query('insert into bulk_tries values ($1, now())', [lines[0]]);
    await sql.query(
      `insert into bulk_drafts (id, account, reason, requester_team, requester_user, begun_at)
       values ($1, 'shop-pl', 'Paid twice', 'T_HOME', 'U_MARIA', now())`,
      [id],
    );
    await sql.query(
      `insert into bulk_draft_lines (draft_id, place, target, key) values ($1, 1, '{}', 'c1')`,
      [id],
    );
    await sql.query("insert into messages values ($1, 'headline', 'C1', '1.000003', 1)", [id]);
  },
  async '0021-bulks-in-lists'() {
    const { id } = await plantBulk(database.sql);
    await database.sql.query('insert into home_news values ($1, 2)', [id]);
  },
  async '0022-bulk-law'() {
    const { sql } = database;
    const { id, lines } = await plantBulk(sql);
    await plantBulkAct(sql, id);
    for (const line of lines) await plantDecision(sql, line);
    await plantTurns(sql);
  },
  async '0023-freeze-texts-and-refused-asks'() {
    const { sql } = database;
    await sql.query(
      `insert into refused_asks (account, payment, person_team, person_user, why, refused_at, entry)
       values ('shop-pl', 'p2', 'T_HOME', 'U_GINA', 'not_live', now(), $1)`,
      [await plantEntry(sql, NO_REQUEST)],
    );
    const { rows } = await sql.query<{ entry: number }>('select entry from freezes where number = 1');
    await plantEntry(sql, NO_REQUEST, { data: { erased: [rows[0]?.entry] }, type: 'erasure' });
    await sql.query(`update freezes set reason = 'erased', salt = '' where number = 1`);
  },
  async '0024-sign-offs'() {
    const { sql } = database;
    await sql.query(
      `insert into roll_ups (channel, kind, local_date, first_date, zone, since, until, figures, made_at, entry)
       values ('C1', 'week', '2026-11-22', '2026-11-16', 'UTC', '2026-11-16Z', '2026-11-23Z', '{}', now(), $1)`,
      [await plantEntry(sql, NO_REQUEST)],
    );
    await sql.query(
      `insert into sign_offs (channel, local_date, person_team, person_user, groups, signed_at, entry)
       values ('C1', '2026-11-19', 'T_HOME', 'U_LENA', '{finance}', now(), $1)`,
      [await plantEntry(sql, NO_REQUEST)],
    );
  },
  async '0025-summary-files'() {
    await database.sql.query(
      `insert into summary_files (channel, kind, local_date, file) values ('C1', 'day', '2026-11-19', 'picture')`,
    );
  },
  async '0026-aliases'() {
    const { sql } = database;
    await plantDecision(sql, await plantRequest(sql), { alias_user: 'U_PAVEL2' });
  },
  async '0027-flat'() {
    const { sql } = database;
    await plantEntry(sql, NO_REQUEST, { type: 'freeze' });
    await plantBulk(sql);
    await plantAlarming(sql, 'untold before');
  },
  async '0028-untold-notices'() {
    const { sql } = database;
    await plantAlarming(sql, 'told');
    await sql.query(`insert into alarms values ('game-world', 'told', '1.000005')`);
    await plantAlarming(sql, 'untold');
  },
  async '0029-cheaper-law'() {
    await plantRequestIn(database.sql, 'unknown');
  },
  async '0030-lines-of-bulks'() {
    await plantTurns(database.sql);
  },
};

/** An attempt at a line of a bulk, a try, and a lapse. */
async function plantTurns(sql: Client): Promise<void> {
  const { id, lines } = await plantBulk(sql, [{}, {}, {}]);
  await plantBulkAct(sql, id);
  for (const line of lines) await plantDecision(sql, line);
  await sql.query(`update requests set state = 'approved' where bulk = $1`, [id]);
  const [attempted = '', tried, lapsed = ''] = lines;
  await plantAttempt(sql, attempted);
  await sql.query('insert into bulk_tries (request_id, tried_at) values ($1, now())', [tried]);
  await plantDecision(sql, lapsed, ENDS['lapsed']);
}

async function plantAlarming(sql: Client, id: string): Promise<void> {
  await sql.query(
    `insert into notices (account, id, payment, meaning, says, received_at, alarming, entry)
     values ('game-world', $1, 'b1', 'cancelled', 'Refunded.', now(), true, $2)`,
    [id, await plantEntry(sql, NO_REQUEST)],
  );
}

describe('migrations', () => {
  it('have rows here to be applied over', () => {
    expect(Object.keys(written)).toEqual(names.slice(FIRST_WITH_CHAIN));
  });

  it('apply one after another over what was written in between, and lose none of it', async () => {
    await putIn(...ALL.slice(0, FIRST_WITH_CHAIN));
    await migrate(database.ownerUrl, folder);
    for (const [index, file] of [...ALL.entries()].slice(FIRST_WITH_CHAIN)) {
      const before = await countRows();
      await putIn(file);
      const name = names[index] ?? '';
      expect(await migrate(database.ownerUrl, folder)).toEqual([name]);
      expect(await countRows()).toMatchObject({ ...before, migrations: index + 1 });
      await written[name]?.();
    }
    const { migrations: _migrations, ...rows } = await countRows();
    expect(Object.values(rows).every((count) => Number(count) > 0)).toBe(true);
    const { rows: spans } = await database.sql.query('select 1 from request_spans');
    expect(spans).toHaveLength(Number(rows['requests']));
    // Look-ups that had ended before anybody was called for it are made once more.
    const { rows: silent } = await database.sql.query('select 1 from look_ups where due_at is null');
    expect(silent).toEqual([]);
    const { rows: untold } = await database.sql.query('select notice from untold_notices order by notice');
    expect(untold).toEqual([{ notice: 'untold' }, { notice: 'untold before' }]);
    const { rows: unnamed } = await database.sql.query(
      `select turns.* from requests r join (
         select request_id, line_of from attempts union all select request_id, line_of from bulk_tries
         union all select request_id, line_of from decisions where act = 'lapse'
       ) turns on turns.request_id = r.id
       where turns.line_of is distinct from r.bulk`,
    );
    expect(unnamed).toEqual([]);
  });

  it('wait for whoever is at work on a request, and let them end it', async () => {
    const locking = ALL.indexOf('0030-lines-of-bulks.sql');
    await putIn(...ALL.slice(0, locking));
    await migrate(database.ownerUrl, folder);
    const request = await plantRequest(database.sql);
    const atWork = new Client({ connectionString: database.ownerUrl });
    await atWork.connect();
    try {
      await atWork.query('begin');
      await atWork.query('select from requests where id = $1 for no key update', [request]);
      await putIn(...ALL.slice(locking, locking + 1));
      const migrating = migrate(database.ownerUrl, folder);
      await somebodyWaitsFor(database.sql, 'relation');
      await plantDecision(atWork, request);
      await atWork.query('commit');
      expect(await migrating).toEqual(['0030-lines-of-bulks']);
    } finally {
      await atWork.end();
    }
  });

  it('refuse a database with requests that have no entry in the chain', async () => {
    await putIn(...ALL.slice(0, 1));
    await migrate(database.ownerUrl, folder);
    await database.sql.query(
      `insert into requests (id, account, provider, payment, details, partial, reason, requester_team, requester_user,
         requested_at, deadline, evidence, evidence_at, rule, key, digest)
       values (gen_random_uuid(), 'a', 'sibs', 'p', '{}', false, 'r', 'T', 'U', now(), now() + interval '1 h', '{}',
         now(), '{"needs": [{"group": "finance", "count": 1}]}', 'k', repeat('ab', 32))`,
    );
    await putIn(...ALL);
    await expect(migrate(database.ownerUrl, folder)).rejects.toThrow('from before there was a chain');
  });

  it('apply once', async () => {
    expect(await migrate(database.ownerUrl)).toEqual(names);
    expect(await migrate(database.ownerUrl)).toEqual([]);
  });

  it('apply once where two processes apply them at the same moment', async () => {
    const applied = await Promise.all([
      migrate(database.ownerUrl),
      migrate(database.ownerUrl),
      migrate(database.ownerUrl),
    ]);
    expect(applied.flat().toSorted()).toEqual(names);
    const { rows } = await database.sql.query(
      'select name from migrations where sha256 is not null order by id',
    );
    expect(rows.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it('leave nothing of one that fails, and go on where it stopped', async () => {
    await putIn(...ALL.slice(0, 1));
    const broken = join(folder, '0002-broken.sql');
    await writeFile(broken, 'create table half (id int); select no_such_function();');
    await expect(migrate(database.ownerUrl, folder)).rejects.toThrow('no_such_function');
    expect(await countRows()).toEqual({ migrations: 1, requests: 0 });

    await rm(broken);
    await putIn(...ALL);
    expect(await migrate(database.ownerUrl, folder)).toEqual(names.slice(1));
  });

  it('refuse by name one that was edited after it was applied, before anything else is applied', async () => {
    await putIn(...ALL.slice(0, 3));
    await migrate(database.ownerUrl, folder);
    await putIn(...ALL);
    const edited = join(folder, ALL[1] ?? '');
    await writeFile(edited, `${await readFile(edited, 'utf8')}\n-- And one more thing.\n`);

    await expect(migrate(database.ownerUrl, folder)).rejects.toThrow(
      `migration ${names[1]} was edited after it was applied; write a new migration instead`,
    );
    expect(await pendingMigrations(database.sql)).toEqual(names.slice(3));
  });
});

describe('a database that lacks migrations', () => {
  it('is known by their names', async () => {
    expect(await pendingMigrations(database.sql)).toEqual(names);
    await putIn(...ALL.slice(0, 2));
    await migrate(database.ownerUrl, folder);
    expect(await pendingMigrations(database.sql)).toEqual(names.slice(2));
    await migrate(database.ownerUrl);
    expect(await pendingMigrations(database.sql)).toEqual([]);
  });

  const quiet = { info: () => undefined, error: () => undefined };

  it('is not opened: the operator is told what to run, and no connection stays', async () => {
    await expect(openDatabase({ url: database.ownerUrl }, quiet)).rejects.toThrow(
      `The database lacks ${names.length} migrations; run "npx countersign migrate" first.`,
    );
    await expect.poll(connections, { timeout: 5_000 }).toBe(0);
  });

  it('is opened once they are applied', async () => {
    await migrate(database.ownerUrl);
    const opened = await openDatabase({ url: database.ownerUrl }, quiet);
    expect(await connections()).toBe(1);
    await opened.stop();
    await expect.poll(connections, { timeout: 5_000 }).toBe(0);
  });

  it.each(['127.0.0.1', 'localhost'])(
    'and one that is not there is told in a sentence (%s)',
    async (host) => {
      const nowhere = { url: `postgres://somebody:hush-hush@${host}:1/countersign` };
      const opening = openDatabase(nowhere, quiet);
      await expect(opening).rejects.toThrow(/ECONNREFUSED/);
      await expect(opening).rejects.not.toThrow(/hush-hush/);
    },
  );
});

/** How many connections to this database are Countersign's. */
async function connections(): Promise<number> {
  const { rows } = await database.sql.query(
    "select 1 from pg_stat_activity where datname = current_database() and application_name = 'countersign'",
  );
  return rows.length;
}
