/** What is done for each queue's jobs, and how many of them at a time. */
import type { Job } from '../usecases/job.ts';
import { OfBulk, OfDraft, OfFreeze, OfHome, OfNotice, OfRequest, OfSummary } from './jobData.ts';

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

export type QueueName = Job['name'] | 'tick';

export interface Task {
  /** How many of its jobs one process does at a time. */
  readonly places: number;
  /** @throws ZodError for a job that carries something else */
  do(data: unknown): Promise<void>;
}

export type Tasks = Readonly<Record<QueueName, Task>>;

export const QUEUES = [
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
] as const satisfies readonly QueueName[];

export function tasksOf(handlers: Handlers): Tasks {
  return {
    // These wait for Slack or for a provider, and must not wait for one another.
    dispatch: { places: 4, do: async (data) => handlers.dispatch(OfRequest.parse(data)) },
    'look-up': { places: 4, do: async (data) => handlers.lookUp(OfRequest.parse(data)) },
    announce: { places: 4, do: async (data) => handlers.announce(OfRequest.parse(data)) },
    'dispatch-bulk': { places: 4, do: async (data) => handlers.dispatchBulk(OfBulk.parse(data)) },
    draft: { places: 4, do: async (data) => handlers.draft(OfDraft.parse(data)) },
    'announce-bulk': { places: 2, do: async (data) => handlers.announceBulk(OfBulk.parse(data)) },
    home: { places: 2, do: async (data) => handlers.home(OfHome.parse(data)) },
    // These are few.
    summarise: { places: 1, do: async (data) => handlers.summarise(OfSummary.parse(data)) },
    'summary-files': { places: 1, do: async (data) => handlers.summaryFiles(OfSummary.parse(data)) },
    alarm: { places: 1, do: async (data) => handlers.alarm(OfNotice.parse(data)) },
    freeze: { places: 1, do: async (data) => handlers.freeze(OfFreeze.parse(data)) },
    tick: { places: 1, do: async () => handlers.tick() },
  };
}
