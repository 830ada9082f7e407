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

  it('says in a sentence that its folder is in use, and leaves the one that uses it alone', async () => {
    const server = await startEmbeddedPostgres(folder);
    await expect(startEmbeddedPostgres(folder)).rejects.toThrow(
      `The embedded PostgreSQL in ${folder} could not start: `,
    );
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  it('says in a sentence that its folder is none', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(startEmbeddedPostgres(file)).rejects.toThrow(
      `The embedded PostgreSQL in ${file} could not start: `,
    );
  });

  it('ends with its keeper when the process that started it is killed, and starts again from there', async () => {
    const parent = fork(join(import.meta.dirname, 'embeddedParent.ts'), [folder], { stdio: 'ignore' });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [url] = z.tuple([z.url()]).parse(await once(parent, 'message'));
    const { server, keeper } = await processes();
    expect(isAlive(server) && isAlive(keeper)).toBe(true);

    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(keeper), { timeout: 10_000 }).toBe(false);
    expect(isAlive(server)).toBe(false);
    await expect(query({ url }, 'select 1')).rejects.toThrow('ECONNREFUSED');

    const again = await startEmbeddedPostgres(folder);
    expect(await query(again, 'select answer from kept')).toEqual([{ answer: 42 }]);
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
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
