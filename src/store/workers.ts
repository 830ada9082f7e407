/**
 * Does the jobs of the queue in this process. pg-boss keeps the jobs and who has which; when to look for them is decided
 * here: its own workers each look every second, and all of them in all processes at every job that anybody sends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { Later } from '../usecases/later.ts';
import { headOf, type RunJob } from './jobData.ts';
import { sendAgain } from './jobs.ts';
import { type Queryable, selectAll } from './pool.ts';
import { QUEUES, type QueueName, type Task, type Tasks } from './tasks.ts';

/** How often each process looks for what others sent, or what has become due. */
const LOOK_EVERY_MS = 500;
/** How often it says that it is still at a job: twice before another process takes over. */
const PULSE_MS = 5_000;
/** How long what is shown gives way to what goes to a provider. */
const GIVES_WAY_MS = 100;
const GOES_FIRST: ReadonlySet<QueueName> = new Set(['dispatch', 'dispatch-bulk']);

export interface Workers {
  /**
   * Looks for jobs of these queues, which were sent at the same moment: at once, but what is shown of something that goes to
   * its provider waits a moment, and then often shows the outcome as well.
   */
  look(names: readonly QueueName[]): void;
  /** Takes no more jobs, and waits until those that were taken are done. */
  stop(): Promise<void>;
}

export function createWorkers(options: {
  readonly boss: PgBoss;
  readonly db: Queryable;
  readonly tasks: Tasks;
  readonly run: RunJob;
  readonly onError: (error: Error) => void;
}): Workers {
  const { boss, db, tasks, run } = options;
  const onError = (error: unknown) =>
    options.onError(error instanceof Error ? error : new Error('the queue failed'));
  const queues = new Map(
    QUEUES.map((name) => [name, createWorkersOfQueue({ boss, db, name, task: tasks[name], run, onError })]),
  );

  const ending = new AbortController();
  const lookAt = (names: readonly QueueName[]) => {
    for (const name of names) queues.get(name)?.look();
  };
  const pause = (ms: number) => sleep(ms, undefined, { signal: ending.signal }).catch(() => undefined);

  function look(names: readonly QueueName[]): void {
    const first = names.filter((name) => GOES_FIRST.has(name));
    if (first.length === 0) return lookAt(names);
    lookAt(first);
    void pause(GIVES_WAY_MS).then(() => lookAt(names.filter((name) => !GOES_FIRST.has(name))));
  }

  async function keepLooking(): Promise<void> {
    while (!ending.signal.aborted) {
      await selectReady(db).then(lookAt).catch(onError);
      await pause(LOOK_EVERY_MS);
    }
  }
  const looking = keepLooking();
  const pulse = setInterval(() => {
    for (const queue of queues.values()) queue.showLife();
  }, PULSE_MS);

  return {
    look,
    async stop() {
      ending.abort();
      await looking;
      await Promise.all([...queues.values()].map((queue) => queue.stop()));
      clearInterval(pulse);
    },
  };
}

const ReadyRow = z.object({ name: z.enum(QUEUES) });

/** The queues in which something waits to be taken. */
async function selectReady(db: Queryable): Promise<readonly QueueName[]> {
  const rows = await selectAll(
    db,
    ReadyRow,
    `select name from unnest($1::text[]) as queues (name) where exists (
       select from pgboss.job j
       where j.name = queues.name and j.state < 'active' and not j.blocked and j.start_after <= now())`,
    [QUEUES],
  );
  return rows.map(({ name }) => name);
}

/** Those who do the jobs of one queue. */
function createWorkersOfQueue(options: {
  readonly boss: PgBoss;
  readonly db: Queryable;
  readonly name: QueueName;
  readonly task: Task;
  readonly run: RunJob;
  readonly onError: (error: unknown) => void;
}) {
  const { boss, name, task, run, onError } = options;
  const prepared = {
    executeSql: async (text: string, values: unknown[] = []) => options.db.query(text, values),
  };
  const held = new Map<Job, Promise<void>>();
  let looking: Promise<void> | undefined;
  /** There may be more than was taken. */
  let more = false;
  const stopping = new AbortController();

  function look(): void {
    more = true;
    looking ??= fillPlaces()
      .catch(onError)
      .finally(() => {
        looking = undefined;
        // Somebody looked in vain while it ended.
        if (isWanted()) look();
      });
  }

  function isWanted(): boolean {
    return more && held.size < task.places && !stopping.signal.aborted;
  }

  async function fillPlaces(): Promise<void> {
    while (isWanted()) {
      more = false;
      const free = task.places - held.size;
      const jobs = await boss.fetch<object>(name, { batchSize: free, db: prepared });
      for (const job of jobs) held.set(job, hold(job));
      if (jobs.length === free) more = true;
    }
  }

  async function hold(job: Job): Promise<void> {
    try {
      if (await work(job)) await boss.complete(name, job);
      // Not the failure itself: the queue keeps what it is told in a row, with all that hangs on it.
      else await boss.fail(name, job, new Error('the log says why'));
    } catch (error) {
      onError(error);
    } finally {
      held.delete(job);
      if (more) look();
    }
  }

  /** Whether it was done, or will be later. The queue takes a job away from whoever is too long at it; then the place is free. */
  async function work({ data, expireInSeconds }: Job): Promise<boolean> {
    const expiry = Promise.withResolvers<'expired'>();
    const timer = setTimeout(() => expiry.resolve('expired'), expireInSeconds * 1_000).unref();
    try {
      const doing = run(headOf(name, data), () => task.do(data));
      if ((await Promise.race([doing, expiry.promise])) !== 'expired') return true;
      onError(new Error(`a job of ${name} came to no end in ${expireInSeconds} s`));
      return false;
    } catch (error) {
      if (!(error instanceof Later)) return false;
      return await comesAgain(data, error.afterSeconds);
    } finally {
      clearTimeout(timer);
    }
  }

  /** False where it could not be sent: then the queue tries the job itself again, and does not wait for signs of life first. */
  async function comesAgain(data: object, afterSeconds: number): Promise<boolean> {
    try {
      await sendAgain(boss, name, data, afterSeconds);
      return true;
    } catch (error) {
      onError(error);
      return false;
    }
  }

  return {
    look,
    showLife(): void {
      if (held.size > 0) void boss.touch(name, [...held.keys()]).catch(onError);
    },
    async stop() {
      stopping.abort();
      await looking;
      await Promise.all(held.values());
    },
  };
}
