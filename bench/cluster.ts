/** A PostgreSQL of a benchmark's own, thrown away at the end, that waits for the disk as one in production does. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/store/embedded.ts';
import { prepareDatabase } from '../src/store/roles.ts';

interface BenchDatabase {
  /** As the app. */
  readonly url: string;
  readonly sql: Client;
}

export interface Cluster {
  /** A migrated database. @param fill gets a superuser's connection, and does not wait for the disk */
  createDatabase(name: string, fill: (sql: Client) => Promise<void>): Promise<BenchDatabase>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Whatever is lost then can be filled again. */
const CARELESS = { fsync: 'off', full_page_writes: 'off', max_wal_size: '8GB', autovacuum: 'off' };

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const server = await startEmbeddedPostgres(folder);
  const admin = await connect(server.url);
  const databases = new Map<string, BenchDatabase>();

  async function carelessly(work: () => Promise<void>): Promise<void> {
    for (const [name, value] of Object.entries(CARELESS))
      await admin.query(`alter system set ${name} = '${value}'`);
    await admin.query('select pg_reload_conf()');
    await work();
    for (const name of Object.keys(CARELESS)) await admin.query(`alter system reset ${name}`);
    await admin.query('select pg_reload_conf()');
    await admin.query('checkpoint');
  }

  return {
    async createDatabase(name, fill) {
      await admin.query(`create database ${name}`);
      const [ownerUrl, url] = [inDatabase(server.url, name), inDatabase(server.appUrl, name)];
      await prepareDatabase(ownerUrl, url);
      const sql = await connect(ownerUrl);
      await carelessly(() => fill(sql));
      const database = { url, sql };
      databases.set(name, database);
      return database;
    },
    async dropDatabase(name) {
      await databases.get(name)?.sql.end();
      databases.delete(name);
      await admin.query(`drop database ${name} with (force)`);
    },
    async stop() {
      for (const { sql } of databases.values()) await sql.end();
      await admin.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

function inDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
