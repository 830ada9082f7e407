/** What is sent to the queue, and when. */
import type { PgBoss } from 'pg-boss';
import { carrierNow } from '../monitoring/trace.ts';
import type { Job } from '../usecases/job.ts';
import { Traced } from './jobData.ts';
import type { Queryable } from './pool.ts';

/**
 * Comes back at its time, once, however many are told to. The queue counts done jobs too, in slots as long as the wait:
 * a slot of one length must not stand in the way of one of another.
 */
export async function sendAgain(
  boss: PgBoss,
  name: string,
  data: unknown,
  afterSeconds: number,
): Promise<void> {
  const { trace, ...carried } = Traced.parse(data);
  // The turn may have become free meanwhile, and a slot has a length.
  const seconds = Math.max(1, afterSeconds);
  await boss.send(
    name,
    { ...carried, trace },
    {
      startAfter: seconds,
      singletonKey: `again after ${seconds} ${JSON.stringify(carried)}`,
      singletonSeconds: seconds,
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
