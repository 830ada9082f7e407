/**
 * The job queue (pg-boss) on the same Postgres. A job is only a doorbell: what it leads to is decided by the tables,
 * so a job that comes twice, late or never can't cause a second call.
 */
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import type { Job } from '../usecases/job.ts';
import { createWorkers, type Workers } from './workers.ts';
import { gathering } from './gathering.ts';
import type { RunJob } from './jobData.ts';
import { ringJob, sendJob } from './jobs.ts';
import { endPool, NOT_FOR_EVER, type Queryable } from './pool.ts';
import { preparing } from './transaction.ts';
import { type Handlers, QUEUES, type QueueName, tasksOf } from './tasks.ts';

const OPTIONS = {
  // Each process looks for itself.
  notify: false,
  // How soon another process takes over from one that died in the middle of a job.
  heartbeatSeconds: 10,
  // For about two minutes; afterwards the tables ring again.
  retryLimit: 6,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
};

export interface Queue {
  /** Sends a job on the given connection, so that it exists exactly if that connection's transaction commits. */
  send(db: Queryable, job: Job): Promise<void>;
  /** Sends a job that may have been lost, at most once in two minutes, so that rings don't pile up. */
  ring(db: Queryable, job: Job): Promise<void>;
  /** Has this process look at once for what was sent. Others look twice a second, and it does, too, for what is due later. */
  look(names: readonly QueueName[]): void;
  /** Begins to do the jobs that are there, and those that come. */
  work(handlers: Handlers, run: RunJob): void;
  /** Takes no more jobs, and waits until those that were taken are done. */
  stopWork(): Promise<void>;
  /** Ends the queue, and waits until its connections are closed. */
  stop(): Promise<void>;
}

/** Makes the queue's tables, or brings them up to date, as the database's owner. */
export async function installQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false });
  const faults: Error[] = [];
  boss.on('error', (error) => void faults.push(error));
  await boss.start();
  for (const name of QUEUES) {
    await boss.createQueue(name, OPTIONS);
    // An existing queue keeps its options when it is created again.
    await boss.updateQueue(name, OPTIONS);
  }
  await boss.schedule('tick', '* * * * *', null, { retryLimit: 0 });
  await boss.stop();
  if (faults.length > 0) throw new AggregateError(faults, 'the queue could not be installed');
}

/** @param onError told of failing jobs and of the queue's own trouble. */
export async function openQueue(url: string, onError: (error: Error) => void): Promise<Queue> {
  // Of its own: who does a job must be able to say so while all other connections are taken.
  const pool = new Pool({
    connectionString: url,
    ...NOT_FOR_EVER,
    application_name: 'countersign jobs',
    max: 5,
    stream: gathering,
    // Jobs are named as lists, for which PostgreSQL would plan anew each time; all of them are found by the same indexes.
    options: '-c plan_cache_mode=force_generic_plan',
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', onError);
  const db = preparing(pool);
  const boss = new PgBoss({
    // What has no parameters may be several statements, which can't be prepared.
    db: {
      executeSql: (text, values = []) => (values.length > 0 ? db.query(text, values) : pool.query(text)),
    },
    migrate: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', onError);
  try {
    await boss.start();
  } catch (error) {
    await pool.end();
    throw error;
  }
  let workers: Workers | undefined;

  return {
    send: (on, job) => sendJob(boss, on, job),
    ring: (on, job) => ringJob(boss, on, job),
    look: (names) => workers?.look(names),
    work(handlers, run) {
      workers = createWorkers({ boss, db, tasks: tasksOf(handlers), run, onError });
    },
    async stopWork() {
      await workers?.stop();
    },
    async stop() {
      await workers?.stop();
      await endPool(pool, async () => {
        await boss.stop();
        await pool.end();
      });
    },
  };
}
