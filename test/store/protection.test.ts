import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '../../src/record/keys.ts';
import { checkDatabase } from '../../src/store/checkDatabase.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.stop());

/** Of what is said after the server and its clock. */
const protections = async (url: string) =>
  (await checkDatabase(url, createKeyring([]), () => new Date())).slice(2);
const levels = async (url: string) => (await protections(url)).map(({ level }) => level);
const told = async (url: string) => (await protections(url)).map(({ says }) => says).join('\n');

describe('the check of the database', () => {
  it('is content with two roles and every trigger on', async () => {
    expect(await levels(database.url)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('says what is missing where the app owns its tables', async () => {
    expect(await levels(database.ownerUrl)).toEqual(['ok', 'warning', 'ok', 'ok', 'ok', 'ok']);
    expect(await told(database.ownerUrl)).toContain('whoever holds its password can switch the triggers off');
  });

  it.each([
    'alter table decisions disable trigger decisions_append_only',
    // On for ordinary sessions only.
    'alter table decisions enable trigger decisions_append_only',
    'drop trigger decisions_append_only on decisions',
  ])('names a trigger after "%s"', async (statement) => {
    await database.sql.query(statement);
    expect(await levels(database.url)).toEqual(['ok', 'ok', 'ok', 'failure', 'ok', 'ok']);
    expect(await told(database.url)).toContain('missing or off: decisions_append_only.');
  });

  it('knows every trigger that the migrations make', async () => {
    const folder = join(import.meta.dirname, '../../migrations');
    const made = readdirSync(folder)
      .flatMap((file) =>
        Array.from(readFileSync(join(folder, file), 'utf8').matchAll(/create trigger (\w+)/g)),
      )
      .map(([, name = '']) => name);
    for (const name of made)
      await database.sql.query(`do $$ begin execute (
      select format('alter table %s disable trigger %I', tgrelid::regclass, tgname)
      from pg_trigger where tgname = '${name}'); end $$`);
    const says = await told(database.url);
    for (const name of made) expect(says).toContain(name);
  });

  it.each([
    [
      'alter table decisions drop constraint decisions_approver_is_second_person',
      'decisions_approver_is_second_person',
    ],
    ['drop index decisions_one_person_approves_once', 'decisions_one_person_approves_once'],
    ['alter table chain enable row level security', 'no row security on chain'],
  ])('names what the tables lack after "%s"', async (statement, name) => {
    await database.sql.query(statement);
    expect(await levels(database.url)).toEqual(['ok', 'ok', 'ok', 'ok', 'failure', 'ok']);
    expect(await told(database.url)).toContain(`The tables lack: ${name}.`);
  });

  it.each(['update', 'delete'])('names a right to %s, which is too much', async (right) => {
    await database.sql.query(`grant ${right} on decisions to ${new URL(database.url).username}`);
    expect(await levels(database.url)).toEqual(['ok', 'failure', 'ok', 'ok', 'ok', 'ok']);
    expect(await told(database.url)).toContain(`${right} on decisions`);
    await database.sql.query(`revoke ${right} on decisions from ${new URL(database.url).username}`);
  });

  it('names the migrations that are missing, and looks no further', async () => {
    await database.sql.query("delete from migrations where name = '0006-law'");
    expect(await told(database.url)).toBe('The database lacks 0006-law: run "npx countersign migrate".');
  });
});
