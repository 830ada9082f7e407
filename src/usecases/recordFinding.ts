/** What is learnt of an attempt, by whatever way, becomes part of the record and settles the request. */
import { addSeconds } from '../domain/clock.ts';
import type { Request } from '../domain/request.ts';
import { nextLookUpSeconds, settle } from '../domain/settle.ts';
import type { Attempt, Finding, Records } from './ports.ts';

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
  await records.insertFinding(attempt, finding);
  const next = settle(request.state, finding.outcome);
  await records.moveRequest(request.id, next ?? request.state);
  await records.enqueue({ name: 'announce', request: request.id });
  if (next === undefined) return;

  if (next === 'approved') {
    await records.enqueue({ name: 'dispatch', request: request.id, afterSeconds: RETRY_SECONDS });
    return;
  }
  const open = next === 'unknown' || next === 'accepted';
  const seconds = open ? nextLookUpSeconds(0) : null;
  await records.scheduleLookUp(request.id, seconds === null ? null : addSeconds(finding.learntAt, seconds));
  if (seconds !== null)
    await records.enqueue({ name: 'look-up', request: request.id, afterSeconds: seconds });
}
