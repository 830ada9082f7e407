/** Which job brings Slack in line with a request, and which one sends it: a line of a bulk has neither for itself. */
import type { Request } from '../domain/request.ts';
import type { Job } from './job.ts';

/** So often at the most does a bulk's progress move: Slack limits edits, and a thousand lines are a thousand changes. */
const PROGRESS_SECONDS = 3;

export function announcing({ id, bulk }: Pick<Request, 'id' | 'bulk'>): Job {
  return bulk === null
    ? { name: 'announce', request: id }
    : { name: 'announce-bulk', bulk, afterSeconds: PROGRESS_SECONDS };
}

/** @param afterSeconds when the provider could not be reached. */
export function dispatching({ id, bulk }: Pick<Request, 'id' | 'bulk'>, afterSeconds = 0): Job {
  return bulk === null
    ? { name: 'dispatch', request: id, afterSeconds }
    : { name: 'dispatch-bulk', bulk, afterSeconds };
}
