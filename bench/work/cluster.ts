/** A PostgreSQL of the benchmark's own that waits for its disk at every commit, and migrated databases in it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/store/embedded.ts';
import { prepareDatabase } from '../../src/store/roles.ts';

/** Addresses of one database. */
interface Addresses {
  /** As the app. */
  readonly url: string;
  readonly ownerUrl: string;
}

export interface Cluster {
  /** A migrated one. */
  createDatabase(): Promise<Addresses>;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const server = await startEmbeddedPostgres(folder);
  await prepareDatabase(server.url, server.appUrl);
  const template = new URL(server.url).pathname.slice(1);
  return {
    async createDatabase() {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      const admin = new Client({ connectionString: addressOf(server.url, 'postgres') });
      await admin.connect();
      await admin.query(`create database ${name} template ${template}`);
      await admin.end();
      return { url: addressOf(server.appUrl, name), ownerUrl: addressOf(server.url, name) };
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function addressOf(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
