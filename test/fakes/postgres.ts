/** One throw-away PostgreSQL for the whole test run, and in it a migrated template that every test file copies. */
import { mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/store/embedded.ts';
import { prepareDatabase } from '../../src/store/roles.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The template's address; its user may create databases. */
    postgres: string;
    /** The same as the app's role, which owns nothing. */
    postgresApp: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await findFolder(), 'countersign-test-'));
  const server = await startEmbeddedPostgres(folder, { throwAway: true });
  await prepareDatabase(server.url, server.appUrl);

  const url = new URL(server.url);
  const template = `${url.pathname.slice(1)}_template`;
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`create database ${template} template ${new URL(server.url).pathname.slice(1)}`);
  await client.end();
  project.provide('postgres', server.url);
  project.provide('postgresApp', server.appUrl);
  return () => server.stop();
}

/** Hundreds of databases come and go, so memory is the better disk, where there is enough of it. */
async function findFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => undefined);
  return memory !== undefined && memory.bavail * memory.bsize > ROOM_BYTES ? MEMORY : tmpdir();
}
const MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;
