/**
 * The job queue (pg-boss) on the same Postgres. A job is only a doorbell: what it leads to is decided by the tables,
 * so a job that comes twice, late or never can't cause a second call.
 */
import { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { carrierNow } from '../monitoring/trace.ts';
import { Later } from '../usecases/later.ts';
import type { Job } from '../usecases/job.ts';
import {
  headOf,
  OfBulk,
  OfDraft,
  OfFreeze,
  OfHome,
  OfNotice,
  OfRequest,
  OfSummary,
  type RunJob,
  Traced,
} from './jobData.ts';
import { endPool, type Queryable } from './pool.ts';

const QUEUES = [
  'dispatch',
  'look-up',
  'announce',
  'dispatch-bulk',
  'announce-bulk',
  'draft',
  'summarise',
  'summary-files',
  'alarm',
  'home',
  'freeze',
  'tick',
] as const;
type Queue = (typeof QUEUES)[number];

export interface Handlers {
  dispatch(job: OfRequest): Promise<void>;
  lookUp(job: OfRequest): Promise<void>;
  announce(job: OfRequest): Promise<void>;
  dispatchBulk(job: OfBulk): Promise<void>;
  announceBulk(job: OfBulk): Promise<void>;
  draft(job: OfDraft): Promise<void>;
  summarise(job: OfSummary): Promise<void>;
  summaryFiles(job: OfSummary): Promise<void>;
  alarm(job: OfNotice): Promise<void>;
  home(job: OfHome): Promise<void>;
  freeze(job: OfFreeze): Promise<void>;
  tick(): Promise<void>;
}

const OPTIONS = {
  notify: true,
  // How soon another process takes over from one that died in the middle of a job.
  heartbeatSeconds: 10,
  // For about two minutes; afterwards the tables ring again.
  retryLimit: 6,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
};

/** How many jobs of a queue one process does at a time. Each looks for work every second, and at every job that comes. */
const WORKERS: Readonly<Record<Queue, number>> = {
  // These wait for Slack or for a provider, and must not wait for one another.
  dispatch: 4,
  'look-up': 4,
  announce: 4,
  'dispatch-bulk': 4,
  draft: 4,
  'announce-bulk': 2,
  home: 2,
  // These are few.
  summarise: 1,
  'summary-files': 1,
  alarm: 1,
  freeze: 1,
  tick: 1,
};

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
export async function startQueue(url: string, onError: (error: Error) => void): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'countersign jobs',
    max: 5,
    migrate: false,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  });
  boss.on('error', onError);
  await boss.start();
  return boss;
}

/** Ends the queue, and waits until its connections are closed. */
export async function stopQueue(boss: PgBoss): Promise<void> {
  const db = boss.getDb();
  if (!('pool' in db && db.pool instanceof Pool)) return boss.stop();
  await boss.stop({ close: false });
  await endPool(db.pool, () => boss.stop());
}

export async function workQueue(boss: PgBoss, handlers: Handlers, run: RunJob): Promise<void> {
  async function work<Data>(
    name: Queue,
    data: z.ZodType<Data>,
    handle: (job: Data) => Promise<void>,
  ): Promise<void> {
    await Promise.all(Array.from({ length: WORKERS[name] }, () => startWorker(name, data, handle)));
  }

  async function startWorker<Data>(
    name: Queue,
    data: z.ZodType<Data>,
    handle: (job: Data) => Promise<void>,
  ): Promise<void> {
    const worker = await boss.work(
      name,
      { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 },
      async ([job]) => {
        // Else it would sleep when it is done, however many are waiting.
        boss.notifyWorker(worker);
        const failure = await run(headOf(name, job?.data), () => handle(data.parse(job?.data))).then(
          () => undefined,
          (error: unknown) => ({ error }),
        );
        if (failure?.error instanceof Later)
          return sendAgain(boss, name, job?.data, failure.error.afterSeconds);
        // Not the failure itself: the queue keeps what it is thrown in a row, with all that hangs on it.
        if (failure !== undefined) throw new Error('the log says why');
      },
    );
  }

  await Promise.all([
    work('dispatch', OfRequest, (job) => handlers.dispatch(job)),
    work('look-up', OfRequest, (job) => handlers.lookUp(job)),
    work('announce', OfRequest, (job) => handlers.announce(job)),
    work('dispatch-bulk', OfBulk, (job) => handlers.dispatchBulk(job)),
    work('announce-bulk', OfBulk, (job) => handlers.announceBulk(job)),
    work('draft', OfDraft, (job) => handlers.draft(job)),
    work('summarise', OfSummary, (job) => handlers.summarise(job)),
    work('summary-files', OfSummary, (job) => handlers.summaryFiles(job)),
    work('alarm', OfNotice, (job) => handlers.alarm(job)),
    work('home', OfHome, (job) => handlers.home(job)),
    work('freeze', OfFreeze, (job) => handlers.freeze(job)),
    work('tick', z.unknown(), () => handlers.tick()),
  ]);
}

/** Takes no more jobs, and waits until those that were taken are done. */
export async function stopWork(boss: PgBoss): Promise<void> {
  await Promise.all(QUEUES.map((name) => boss.offWork(name, { wait: true })));
}

/**
 * Comes back at its time, once, however many are told to. The queue counts done jobs too, in slots as long as the wait:
 * a slot of one length must not stand in the way of one of another.
 */
async function sendAgain(boss: PgBoss, name: Queue, data: unknown, afterSeconds: number): Promise<void> {
  const { trace, ...carried } = Traced.parse(data);
  await boss.send(
    name,
    { ...carried, trace },
    {
      startAfter: afterSeconds,
      singletonKey: `again after ${afterSeconds} ${JSON.stringify(carried)}`,
      singletonSeconds: afterSeconds,
    },
  );
}

/** Sends a job on the given connection, so that it exists exactly if that connection's transaction commits. */
export async function sendJob(boss: PgBoss, db: Queryable, job: Job): Promise<void> {
  const executeSql = async (text: string, values?: unknown[]) => db.query(text, values);
  const { name, afterSeconds, ...carried } = { afterSeconds: 0, ...job };
  // What is to come later comes once, however many ask for it.
  const singletonKey = `${keyOf(job)} ${afterSeconds}`;
  const once = afterSeconds > 0 ? { singletonKey, singletonSeconds: afterSeconds } : {};
  const data = { ...carried, trace: carrierNow() };
  await boss.send(name, data, { startAfter: afterSeconds, ...once, db: { executeSql } });
}

/** Sends a job that may have been lost, at most once in two minutes, so that rings don't pile up. */
export async function ringJob(boss: PgBoss, db: Queryable, job: Job): Promise<void> {
  const executeSql = async (text: string, values?: unknown[]) => db.query(text, values);
  const { name, ...carried } = job;
  const options = { singletonKey: `ring ${keyOf(job)}`, singletonSeconds: 120, retryLimit: 2 };
  await boss.send(name, carried, { ...options, db: { executeSql } });
}

function keyOf(job: Job): string {
  switch (job.name) {
    case 'dispatch':
    case 'look-up':
    case 'announce':
      return job.request;
    case 'dispatch-bulk':
    case 'announce-bulk':
      return job.bulk;
    case 'draft':
      return job.draft;
    case 'summarise':
    case 'summary-files':
      return `${job.kind} ${job.date}`;
    case 'alarm':
      return `${job.account} ${job.notice}`;
    case 'home':
      return job.user;
    case 'freeze':
      return job.freeze;
  }
}
