/**
 * An approved request goes to its provider, once. The attempt is committed before the first byte leaves; whatever
 * is then not known for sure is unknown, and is settled by asking, never by sending again.
 */
import { compareEvidence } from '../domain/evidence.ts';
import { maySend } from '../domain/maySend.ts';
import type { Outcome } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import { nextLookUpSeconds, settle } from '../domain/settle.ts';
import { endByClock } from './endByClock.ts';
import type { Attempt, Finding, Records, World } from './ports.ts';
import { lookUpAgain, providerOf } from './review.ts';

/** How long after the last approval a request may still be sent, when the provider can't be reached at first. */
const SEND_WITHIN_SECONDS = 900;
const RETRY_SECONDS = 15;
/** An attempt that has no outcome after this long was interrupted: a call ends within `HTTP_TIMEOUT_MS` (main.ts). */
const INTERRUPTED_AFTER_SECONDS = 30;

export type Dispatch = (id: string) => Promise<void>;

export function createDispatch(world: World): Dispatch {
  const { store, providers, now } = world;

  return async (id) => {
    const story = await store.selectStory(id);
    if (story.request.state === 'sending') return markInterrupted(world, id);
    if (story.request.state !== 'approved') return;

    const approvedAt = story.decisions.findLast(
      ({ act, refusal }) => act === 'approve' && refusal === null,
    )?.decidedAt;
    const late =
      approvedAt === undefined || now().getTime() - approvedAt.getTime() > SEND_WITHIN_SECONDS * 1000;
    const fresh = await lookUpAgain(providers, story.request);
    const holds = compareEvidence(story.request.evidence, fresh);
    if (holds === 'contradicted' || (late && holds === 'silent')) return lapse(world, id, fresh.says);
    if (late) return lapse(world, id, 'The provider could not be reached in time, so nothing was sent.');
    if (holds === 'silent')
      return store.enqueue({ name: 'dispatch', request: id, afterSeconds: RETRY_SECONDS });

    const attempt = await beginAttempt(world, id);
    if (attempt === undefined) return;
    const { request } = story;
    const outcome = await providerOf(providers, request).cancel(request);
    await store.transaction(async (records) => {
      await recordFinding(records, await records.lockRequest(id), attempt, {
        source: 'answer',
        outcome,
        learntAt: now(),
      });
    });
  };
}

/** Undefined when another process was faster, or the law does not allow this request to be sent. */
async function beginAttempt({ store, now }: World, id: string): Promise<Attempt | undefined> {
  return store.transaction(async (records) => {
    const request = await records.lockRequest(id);
    if (request.state !== 'approved') return undefined;
    const { decisions } = await records.selectStory(id);
    if (!maySend(request, decisions))
      throw new Error(`request ${id} is approved without the approvals that it needs`);
    await records.moveRequest(id, 'sending');
    return records.insertAttempt(id, now());
  });
}

/** Records what was learnt of an attempt and moves the request on. To be called with the request locked. */
export async function recordFinding(
  records: Records,
  request: Request,
  attempt: Attempt,
  finding: Omit<Finding, 'id'>,
): Promise<void> {
  const next = settle(request.state, finding.outcome);
  if (next === undefined) return;
  await records.insertFinding(attempt, finding);
  await records.moveRequest(request.id, next);
  await records.enqueue({ name: 'announce', request: request.id });

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

async function markInterrupted({ store, now }: World, id: string): Promise<void> {
  await store.transaction(async (records) => {
    const request = await records.lockRequest(id);
    const attempt = await records.selectLastAttempt(id);
    if (request.state !== 'sending' || attempt === undefined) return;

    const learntAt = now();
    // Another process may be waiting for the provider's answer at this moment.
    if (learntAt < addSeconds(attempt.startedAt, INTERRUPTED_AFTER_SECONDS)) {
      await records.enqueue({ name: 'dispatch', request: id, afterSeconds: INTERRUPTED_AFTER_SECONDS });
      return;
    }
    const outcome: Outcome = {
      type: 'unknown',
      says: 'Countersign was interrupted while it was sending, so nobody knows whether the provider got it.',
    };
    await recordFinding(records, request, attempt, { source: 'interruption', outcome, learntAt });
  });
}

async function lapse({ store, now }: World, id: string, why: string): Promise<void> {
  await store.transaction(async (records) => {
    const request = await records.lockRequest(id);
    if (request.state === 'approved') await endByClock(records, request, 'lapsed', why, now());
  });
}

export function addSeconds(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
