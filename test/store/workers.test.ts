import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openQueue, type Queue } from '../../src/store/queue.ts';
import type { Handlers } from '../../src/store/tasks.ts';
import { Later } from '../../src/usecases/later.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { IDLE } from '../fakes/idle.ts';
import { keepingFaults } from '../fakes/processes.ts';

const PATIENCE = { timeout: 15_000 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.stop());

const open: Queue[] = [];
const faults: unknown[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.stop()));
  const left = faults.splice(0);
  if (left.length > 0) throw new AggregateError(left, 'the queue had trouble');
});

async function startProcess(): Promise<Queue> {
  const queue = await openQueue(database.url, (error) => faults.push(error));
  open.push(queue);
  return queue;
}

function work(queue: Queue, freeze: Handlers['freeze']): void {
  queue.work({ ...IDLE, freeze }, keepingFaults(faults));
}

const send = async (queue: Queue, freeze: string = randomUUID()) => {
  await queue.send(database.sql, { name: 'freeze', freeze });
  return freeze;
};
const jobOf = async (freeze: string) => {
  const { rows } = await database.sql.query<{ state: string; heartbeat: string | null; tries: number }>(
    `select state, heartbeat_on::text as heartbeat, retry_count as tries from pgboss.job
     where name = 'freeze' and data->>'freeze' = $1`,
    [freeze],
  );
  return rows[0];
};

describe('the jobs of a queue', () => {
  it('are done by a process that works, whoever sent them', async () => {
    const [one, other] = [await startProcess(), await startProcess()];
    const done: string[] = [];
    work(other, async ({ freeze }) => void done.push(freeze));
    const sent = await send(one);
    await expect.poll(() => done, PATIENCE).toEqual([sent]);
  });

  it('are each done once, however many processes are told of them', async () => {
    const processes = [await startProcess(), await startProcess(), await startProcess()];
    const done: string[] = [];
    for (const queue of processes) work(queue, async ({ freeze }) => void done.push(freeze));
    const sent: string[] = [];
    for (const queue of processes) for (let n = 0; n < 10; n += 1) sent.push(await send(queue));
    for (const queue of processes) queue.look(['freeze']);
    await expect.poll(() => done.length, PATIENCE).toBeGreaterThanOrEqual(sent.length);
    expect(done.toSorted()).toEqual(sent.toSorted());
  });

  it('are tried again when they fail', async () => {
    const queue = await startProcess();
    let tries = 0;
    work(queue, async () => {
      tries += 1;
      if (tries === 1) throw new Error('not yet');
    });
    const sent = await send(queue);
    await expect.poll(async () => (await jobOf(sent))?.state, PATIENCE).toBe('completed');
    expect(tries).toBe(2);
    expect(faults.splice(0)).toEqual([new Error('not yet')]);
  });

  it('are tried again when they were to come later, and that could not be said', async () => {
    const queue = await startProcess();
    let tries = 0;
    work(queue, async () => {
      tries += 1;
      if (tries === 1) throw new Later('Slack is busy', 1e300);
    });
    const sent = await send(queue);
    await expect.poll(async () => (await jobOf(sent))?.state, { timeout: 8_000 }).toBe('completed');
    expect(tries).toBe(2);
    expect(faults.splice(0)).toHaveLength(1);
  });

  /** Else the queue would give it to another one after ten seconds. */
  it('belong to whoever is at them, which it shows while it is', async () => {
    const queue = await startProcess();
    const { promise: end, resolve } = Promise.withResolvers<undefined>();
    work(queue, () => end);
    const sent = await send(queue);
    await expect.poll(async () => (await jobOf(sent))?.state, PATIENCE).toBe('active');
    const before = await jobOf(sent);
    await expect.poll(async () => (await jobOf(sent))?.heartbeat, PATIENCE).not.toBe(before?.heartbeat);
    resolve(undefined);
    await expect.poll(async () => (await jobOf(sent))?.state, PATIENCE).toBe('completed');
    expect((await jobOf(sent))?.tries).toBe(0);
  });

  it('come again, and keep nobody’s place, when they come to no end', async () => {
    const queue = await startProcess();
    const endless = await send(queue);
    await database.sql.query(`update pgboss.job set expire_seconds = 1 where data->>'freeze' = $1`, [
      endless,
    ]);
    const begun: string[] = [];
    work(queue, ({ freeze }) => {
      begun.push(freeze);
      return begun.length === 1 ? new Promise(() => undefined) : Promise.resolve();
    });
    await expect.poll(() => begun, PATIENCE).toEqual([endless, endless]);
    await expect.poll(async () => (await jobOf(endless))?.state, PATIENCE).toBe('completed');
    expect(faults.splice(0).map(String)).toContain('Error: a job of freeze came to no end in 1 s');
  });

  it('that were taken are finished before a process stops, and no other is taken', async () => {
    const queue = await startProcess();
    const { promise: end, resolve } = Promise.withResolvers<undefined>();
    const begun: string[] = [];
    work(queue, ({ freeze }) => {
      begun.push(freeze);
      return end;
    });
    const first = await send(queue);
    await expect.poll(() => begun, PATIENCE).toEqual([first]);
    const second = await send(queue);
    const stopping = queue.stopWork();
    queue.look(['freeze']);
    resolve(undefined);
    await stopping;
    expect((await jobOf(first))?.state).toBe('completed');
    expect((await jobOf(second))?.state).toBe('created');
    expect(begun).toEqual([first]);
  });
});
