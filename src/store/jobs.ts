/**
 * The job queue (pg-boss) on the same Postgres. A job is only a doorbell: what it leads to is decided by the tables,
 * so a job that comes twice, late or never can't cause a second call.
 */
import { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { Later } from '../usecases/later.ts';
import type { Job } from '../usecases/ports.ts';
import { type Queryable, selectAll } from './pool.ts';

const OfRequest = z.object({ request: z.uuid() });
const OfBulk = z.object({ bulk: z.uuid() });
const OfDraft = z.object({ draft: z.uuid() });
const OfDay = z.object({ date: z.iso.date() });
const OfNotice = z.object({ account: z.string(), notice: z.string() });

const QUEUES = [
  'dispatch',
  'look-up',
  'announce',
  'dispatch-bulk',
  'announce-bulk',
  'draft',
  'summarise',
  'alarm',
  'tick',
] as const;
type Queue = (typeof QUEUES)[number];

type OfRequest = z.infer<typeof OfRequest>;
type OfBulk = z.infer<typeof OfBulk>;

export interface Handlers {
  dispatch(job: OfRequest): Promise<void>;
  lookUp(job: OfRequest): Promise<void>;
  announce(job: OfRequest): Promise<void>;
  dispatchBulk(job: OfBulk): Promise<void>;
  announceBulk(job: OfBulk): Promise<void>;
  draft(job: z.infer<typeof OfDraft>): Promise<void>;
  summarise(job: z.infer<typeof OfDay>): Promise<void>;
  alarm(job: z.infer<typeof OfNotice>): Promise<void>;
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

export async function workQueue(
  boss: PgBoss,
  handlers: Handlers,
  onError: (error: Error, queue: string) => void,
): Promise<void> {
  async function work<Data>(
    name: Queue,
    data: z.ZodType<Data>,
    handle: (job: Data) => Promise<void>,
  ): Promise<void> {
    await boss.work(
      name,
      { localConcurrency: 4, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 },
      async ([job]) => {
        try {
          await handle(data.parse(job?.data));
        } catch (error) {
          if (error instanceof Later) return sendAgain(boss, name, job?.data, error.afterSeconds);
          onError(error instanceof Error ? error : new Error(String(error)), name);
          throw error;
        }
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
    work('summarise', OfDay, (job) => handlers.summarise(job)),
    work('alarm', OfNotice, (job) => handlers.alarm(job)),
    work('tick', z.unknown(), () => handlers.tick()),
  ]);
}

/**
 * Comes back at its time, once, however many are told to. The queue counts done jobs too, in slots as long as the wait:
 * a slot of one length must not stand in the way of one of another.
 */
async function sendAgain(boss: PgBoss, name: Queue, data: unknown, afterSeconds: number): Promise<void> {
  const carried = z.object({}).loose().parse(data);
  await boss.send(name, carried, {
    startAfter: afterSeconds,
    singletonKey: `again after ${afterSeconds} ${JSON.stringify(carried)}`,
    singletonSeconds: afterSeconds,
  });
}

/** Sends a job on the given connection, so that it exists exactly if that connection's transaction commits. */
export async function sendJob(boss: PgBoss, db: Queryable, job: Job): Promise<void> {
  const executeSql = async (text: string, values?: unknown[]) => db.query(text, values);
  const { name, afterSeconds, ...carried } = { afterSeconds: 0, ...job };
  // What is to come later comes once, however many ask for it.
  const singletonKey = `${keyOf(job)} ${afterSeconds}`;
  const once = afterSeconds > 0 ? { singletonKey, singletonSeconds: afterSeconds } : {};
  await boss.send(name, carried, { startAfter: afterSeconds, ...once, db: { executeSql } });
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
      return job.date;
    case 'alarm':
      return `${job.account} ${job.notice}`;
  }
}

const NeglectedRow = z.discriminatedUnion('name', [
  z
    .object({ name: z.enum(['dispatch', 'look-up', 'announce']), of: z.string() })
    .transform(({ name, of }): Job => ({ name, request: of })),
  z
    .object({ name: z.literal('summarise'), of: z.string() })
    .transform(({ name, of }): Job => ({ name, date: of })),
  z
    .object({ name: z.literal('alarm'), of: z.string(), notice: z.string() })
    .transform(({ name, of, notice }): Job => ({ name, account: of, notice })),
]);

/**
 * Each line waits long enough that the job of the ordinary way has had its chance. What happened in the future was
 * recorded by a clock that was put back since, and is not waited for.
 */
export async function selectNeglected(db: Queryable, now: Date): Promise<readonly Job[]> {
  return selectAll(
    db,
    NeglectedRow,
    `(select 'dispatch' as name, r.id::text as of, null as notice from requests r
      where r.state = 'approved' and r.bulk is null and not exists (
        select from decisions d where d.request_id = r.id and d.refusal is null and d.decided_at
          between $1::timestamptz - interval '2 minutes' and $1::timestamptz + interval '2 minutes')
      limit 200)
     union all
     (select 'dispatch', r.id::text, null from requests r
      where r.state = 'sending' and r.bulk is null and not exists (
        select from attempts a where a.request_id = r.id and a.started_at
          between $1::timestamptz - interval '1 minute' and $1::timestamptz + interval '1 minute')
      limit 200)
     union all
     (select 'look-up', request_id::text, null from look_ups where due_at < $1::timestamptz - interval '30 seconds' limit 200)
     union all
     (select 'announce', id::text, null from requests
      where announced < version and bulk is null and requested_at < $1::timestamptz - interval '1 minute' limit 200)
     union all
     -- Whether its messages still stand; a few a minute, because Slack limits how often threads are read.
     (select 'announce', m.request_id::text, null from messages m join requests r on r.id = m.request_id
      where m.kind = 'headline' and m.seen_at < $1::timestamptz - interval '5 minutes'
        and r.state in ('pending', 'approved', 'sending', 'accepted', 'unknown')
      order by m.seen_at limit 15)
     union all
     (select 'summarise', local_date::text, null from summaries
      where ts is null and made_at < $1::timestamptz - interval '1 minute' limit 10)
     union all
     (select 'alarm', account, id from notices n
      where alarming and received_at < $1::timestamptz - interval '1 minute'
        and not exists (select from alarms a where a.account = n.account and a.notice = n.id) limit 10)`,
    [now],
  );
}
