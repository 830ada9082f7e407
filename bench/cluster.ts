/** A PostgreSQL of a benchmark's own, thrown away at the end, that waits for the disk as one in production does. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/store/embedded.ts';
import { prepareDatabase } from '../src/store/roles.ts';

interface BenchDatabase {
  /** As the app. */
  readonly url: string;
  readonly ownerUrl: string;
  /** As a superuser. */
  readonly sql: Client;
  drop(): Promise<void>;
}

export interface Cluster {
  /** A migrated database. @param fill does not wait for the disk */
  createDatabase(fill?: (sql: Client) => Promise<void>): Promise<BenchDatabase>;
  stop(): Promise<void>;
}

/** Whatever is lost then can be filled again. */
const CARELESS = { fsync: 'off', full_page_writes: 'off', max_wal_size: '8GB', autovacuum: 'off' };

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const server = await startEmbeddedPostgres(folder);
  const admin = await connect(server.url);
  const open = new Set<Client>();

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
    async createDatabase(fill) {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      await admin.query(`create database ${name}`);
      const [ownerUrl, url] = [inDatabase(server.url, name), inDatabase(server.appUrl, name)];
      await prepareDatabase(ownerUrl, url);
      const sql = await connect(ownerUrl);
      open.add(sql);
      if (fill !== undefined) await carelessly(() => fill(sql));
      return {
        url,
        ownerUrl,
        sql,
        async drop() {
          open.delete(sql);
          await sql.end();
          await admin.query(`drop database ${name} with (force)`);
        },
      };
    },
    async stop() {
      for (const sql of open) await sql.end();
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
