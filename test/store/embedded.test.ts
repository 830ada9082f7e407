import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-embedded-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an embedded PostgreSQL', () => {
  it('listens on the loopback only, wants its password, and keeps its data over a stop', async () => {
    const first = await startEmbeddedPostgres(folder);
    await query(first, 'create table kept as select 42 as answer');
    expect(await query(first, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(first, 'show fsync')).toEqual([{ fsync: 'on' }]);
    const url = new URL(first.url);
    url.password = 'guessed';
    await expect(query({ url: url.href }, 'select 1')).rejects.toThrow('password authentication failed');
    await first.stop();
    await expect(query(first, 'select 1')).rejects.toThrow('ECONNREFUSED');

    const second = await startEmbeddedPostgres(folder);
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  it('may be stopped twice, also at once', async () => {
    const server = await startEmbeddedPostgres(folder);
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    await expect(query(server, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it(
    'says in a sentence that its folder is in use, leaves the one that uses it alone, and no process',
    { timeout: 7_000 },
    async () => {
      const server = await startEmbeddedPostgres(folder);
      const before = await children();
      await expect(startEmbeddedPostgres(folder)).rejects.toThrow(
        `The embedded PostgreSQL in ${folder} could not start: `,
      );
      expect(await children()).toEqual(before);
      expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
      await server.stop();
    },
  );

  it('says in a sentence that its folder is none, and leaves no process', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const before = await children();
    await expect(startEmbeddedPostgres(file)).rejects.toThrow(
      `The embedded PostgreSQL in ${file} could not start: EEXIST`,
    );
    expect(await children()).toEqual(before);
  });

  it('ends with its keeper when the process that started it is killed, and starts again from there', async () => {
    const parent = fork(join(import.meta.dirname, 'embeddedParent.ts'), [folder], { stdio: 'ignore' });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [url] = z.tuple([z.url()], z.unknown()).parse(await once(parent, 'message'));
    await query({ url }, 'create table survived as select 42 as answer');
    const { server, keeper } = await processes();
    expect([await isAlive(server), await isAlive(keeper)]).toEqual([true, true]);

    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(keeper), { timeout: 10_000 }).toBe(false);
    expect(await isAlive(server)).toBe(false);
    await expect(query({ url }, 'select 1')).rejects.toThrow('ECONNREFUSED');

    const again = await startEmbeddedPostgres(folder);
    expect(await query(again, 'select answer from survived')).toEqual([{ answer: 42 }]);
    await again.stop();
  });

  it('counts as stopped when its keeper was killed', async () => {
    const started = await startEmbeddedPostgres(folder);
    const { server, keeper } = await processes();
    process.kill(keeper, 'SIGKILL');
    await started.stop();
    process.kill(server, 'SIGINT');
    await expect.poll(() => isAlive(server), { timeout: 10_000 }).toBe(false);
  });
});

/** The server's process, as its file tells, and its keeper's. */
async function processes(): Promise<{ server: number; keeper: number }> {
  const [server = ''] = (await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  const keeper = /^PPid:\s(\d+)$/m.exec(await readFile(`/proc/${server}/status`, 'utf8'))?.[1];
  return { server: Number(server), keeper: Number(keeper) };
}

/** The processes that this one started. */
async function children(): Promise<string> {
  return readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
}

/** A dead process that its new parent has not yet buried is no longer alive. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return /^State:\s[^ZX]/m.test(status);
}

async function query({ url }: Pick<EmbeddedPostgres, 'url'>, text: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
