/** What is learnt of an attempt, by whatever way, becomes part of the record and settles the request. */
import { addSeconds } from '../domain/clock.ts';
import { isUnsettled, type Request, type State } from '../domain/request.ts';
import { FIRST_LOOK_UP_SECONDS, settle } from '../domain/settle.ts';
import type { Records } from './ports.ts';
import { announcing, dispatching } from './ring.ts';
import type { Attempt, Finding } from './story.ts';

/** What could not be sent is tried again after this long. */
export const RETRY_SECONDS = 15;

/**
 * Records what was learnt of an attempt, also what comes too late to change anything, and moves the request on.
 * To be called with the request locked.
 */
export async function recordFinding(
  records: Records,
  request: Request,
  attempt: Attempt,
  finding: Omit<Finding, 'id'>,
): Promise<void> {
  const next = settle(request.state, finding.outcome);
  await Promise.all([
    records.insertFinding(attempt, finding),
    records.moveRequest(request, next ?? request.state),
    records.enqueue(announcing(request)),
    ...(next === undefined ? [] : whatFollows(records, request, next, finding.learntAt)),
  ]);
}

function whatFollows(records: Records, request: Request, next: State, learntAt: Date): Promise<void>[] {
  const { id } = request;
  if (next === 'approved') return [records.enqueue(dispatching(request, RETRY_SECONDS))];
  if (!isUnsettled(next)) return [records.scheduleLookUp(id, null)];
  return [
    records.scheduleLookUp(id, addSeconds(learntAt, FIRST_LOOK_UP_SECONDS)),
    records.enqueue({ name: 'look-up', request: id, afterSeconds: FIRST_LOOK_UP_SECONDS }),
  ];
}
