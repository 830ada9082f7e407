/** A database of a test's own, copied from the migrated template and dropped at the end. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** As the app. */
  readonly url: string;
  /** As the owner of everything. */
  readonly ownerUrl: string;
  /** A superuser's connection beside the one under test, as psql would have. */
  readonly sql: Client;
  stop(): Promise<void>;
}

/** @param original another one to copy, which nobody may be connected to */
export async function createTestDatabase(original?: TestDatabase): Promise<TestDatabase> {
  const url = new URL(inject('postgres'));
  const template =
    original === undefined ? `${url.pathname.slice(1)}_template` : new URL(original.url).pathname.slice(1);
  const name = `test_${randomBytes(6).toString('hex')}`;
  url.pathname = '/postgres';
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  // Copying its files costs a quarter of writing all their pages into the log, as is the default.
  await admin.query(`create database ${name} template ${template} strategy file_copy`);

  url.pathname = `/${name}`;
  const sql = new Client({ connectionString: url.href });
  // A test may cut every connection, this one too.
  sql.on('error', () => undefined);
  await sql.connect();
  const ownerUrl = url.href;
  const { username, password } = new URL(inject('postgresApp'));
  Object.assign(url, { username, password });
  return {
    url: url.href,
    ownerUrl,
    sql,
    async stop() {
      await sql.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
