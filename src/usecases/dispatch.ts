/**
 * An approved request goes to its provider, once. The attempt is committed before the first byte leaves; whatever
 * is then not known for sure is unknown, and is settled by asking, never by sending again.
 */
import { addSeconds } from '../domain/clock.ts';
import { compareEvidence } from '../domain/evidence.ts';
import { freezeName, freezeOver } from '../domain/freeze.ts';
import { maySend } from '../domain/maySend.ts';
import type { Outcome } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import { lapseReasons, STOOD_STILL, WAS_INTERRUPTED } from '../language/dispatch.ts';
import { stoppedTooLongText } from '../language/frozenRequest.ts';
import { endByClock } from './endByClock.ts';
import { lookUpAgain, providerOf } from './lookUpAgain.ts';
import type { Job } from './job.ts';
import type { Verify, World } from './ports.ts';
import { dispatching } from './ring.ts';
import type { Attempt, Story } from './story.ts';
import { lapseIfOneCountedTwice } from './parties.ts';
import { recordFinding, RETRY_SECONDS } from './recordFinding.ts';

/** How long after the last approval a request may still be sent, when the provider can't be reached at first. */
export const SEND_WITHIN_SECONDS = 900;
/** A call to a provider ends within this. */
export const CALL_WITHIN_SECONDS = 15;
/** An attempt that has no outcome after this long was interrupted. */
const INTERRUPTED_AFTER_SECONDS = 2 * CALL_WITHIN_SECONDS;

/** @param movedAt of a line: when its bulk was approved, told to go on, or sent something, whichever was last. */
export type Dispatch = (id: string, movedAt?: Date) => Promise<void>;

export function createDispatch(world: World): Dispatch {
  const { store, providers, now } = world;

  return async (id, movedAt) => {
    const story = await store.selectStory(id);
    // A line has its turn with its bulk, and at no other time.
    if (story.request.bulk !== null && movedAt === undefined) return;
    if (story.request.state === 'sending') return markInterrupted(world, id);
    if (story.request.state !== 'approved') return;

    if (isLate(story, movedAt, now())) return lapse(world, id, await whyLate(world, story));
    if (freezeOver(story) !== undefined) return store.enqueue(tryAgain(story.request));
    const { request } = story;
    const fresh = await lookUpAgain(providers, request);
    switch (compareEvidence(request.evidence, fresh)) {
      case 'contradicted':
        return lapse(world, id, fresh.says);
      case 'silent':
        return store.enqueue(tryAgain(request));
      case 'upheld':
        return send(world, id);
    }
  };
}

/** The last approval is too long ago: neither the approvers nor the evidence can be taken at their word any more. */
function isLate(story: Story, movedAt: Date | undefined, now: Date): boolean {
  const approvedAt = approvedAtOf(story);
  return approvedAt === undefined || now > addSeconds(movedAt ?? approvedAt, SEND_WITHIN_SECONDS);
}

function approvedAtOf({ decisions }: Story): Date | undefined {
  return decisions.findLast(({ act, refusal }) => act === 'approve' && refusal === null)?.decidedAt;
}

/** A freeze that stood at any time since the last approval is told as the reason, also when it is lifted by now. */
async function whyLate({ store }: World, story: Story): Promise<string> {
  const freeze = freezeOver({ ...story, standing: await store.selectFreezes(approvedAtOf(story)) });
  return freeze === undefined ? lapseReasons.late : stoppedTooLongText(freezeName(freeze));
}

function tryAgain(request: Request): Job {
  return dispatching(request, RETRY_SECONDS);
}

/** What is under way: the attempt, and the request as it was locked and judged. */
interface Begun {
  readonly request: Request;
  readonly attempt: Attempt;
  /** On a clock that nobody can set. */
  readonly sinceMs: number;
}

/**
 * The process stood still between the record and the call. Others may have called the attempt interrupted meanwhile,
 * and a person may have looked at the provider, so now it must not be sent any more.
 */
function isStale({ attempt, sinceMs }: Begun, now: Date): boolean {
  const stoodStillMs = Math.max(
    now.getTime() - attempt.startedAt.getTime(),
    attempt.startedAt.getTime() - now.getTime(),
    performance.now() - sinceMs,
  );
  return stoodStillMs >= CALL_WITHIN_SECONDS * 1000;
}
const STALE: Outcome = {
  type: 'not_sent',
  says: STOOD_STILL,
};

async function send(world: World, id: string): Promise<void> {
  const { store, providers, now } = world;
  const begun = await beginAttempt(world, id);
  if (begun === undefined) return;
  const { request, attempt } = begun;
  const outcome = isStale(begun, now()) ? STALE : await providerOf(providers, request).cancel(request);
  const finding = { source: 'answer', outcome, learntAt: now() } as const;
  // From here on the answer is known to this process alone.
  await store.persist(async (records) => {
    await recordFinding(records, await records.lockRequest(id), attempt, finding);
  });
}

/** Undefined when another process was faster, it is too late to send, or a freeze was made meanwhile. */
async function beginAttempt({ store, aliases, now }: World, id: string): Promise<Begun | undefined> {
  const sinceMs = performance.now();
  return store.transaction(async (records) => {
    // In this order, and all of it asked at once: what follows is read when the locks are there.
    const [, { request, decisions, approvals, standing }, verify] = await Promise.all([
      records.lockFreezes(),
      records.lockStory(id),
      records.selectSealed(id),
    ]);
    if (request.state !== 'approved') return undefined;
    const at = now();
    // The look-up took its time, and the window may have closed meanwhile.
    if (request.closesAt !== null && at >= request.closesAt) {
      await endByClock(records, request, 'lapsed', lapseReasons.closed, at);
      return undefined;
    }
    const { state } = await lapseIfOneCountedTwice(records, { request, approvals }, aliases, at);
    if (state !== 'approved') return undefined;
    if (freezeOver({ standing, request, approvals }) !== undefined) {
      await records.enqueue(tryAgain(request));
      return undefined;
    }
    if (!maySend(request, decisions))
      throw new Error(`request ${id} is approved without the approvals that it needs`);
    // It is verified while PostgreSQL writes, which is taken back if it fails.
    const beginning = Promise.all([records.insertAttempt(id, at), records.moveRequest(request, 'sending')]);
    const [[attempt]] = await Promise.all([beginning, refuseUnsealed(request, verify)]);
    return { request, attempt, sinceMs };
  });
}

/** Rows alone may be anybody's; only what was sealed with our key is a reason to send. */
async function refuseUnsealed({ id }: Request, verify: Verify): Promise<void> {
  const faults = await verify();
  if (faults.length > 0)
    throw new Error(`request ${id} is not what the sealed record says: ${faults.join('; ')}`);
}

async function markInterrupted({ store, now }: World, id: string): Promise<void> {
  await store.transaction(async (records) => {
    const request = await records.lockRequest(id);
    const attempt = await records.selectLastAttempt(id);
    if (request.state !== 'sending' || attempt === undefined) return;

    const learntAt = now();
    // Another process may be waiting for the provider's answer at this moment. An attempt far in the future is no such
    // case: it began before a clock was put back, and nobody may wait until the clock gets there again.
    const ageMs = Math.abs(learntAt.getTime() - attempt.startedAt.getTime());
    if (ageMs < INTERRUPTED_AFTER_SECONDS * 1000) {
      await records.enqueue(dispatching(request, INTERRUPTED_AFTER_SECONDS));
      return;
    }
    const outcome: Outcome = {
      type: 'unknown',
      says: WAS_INTERRUPTED,
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
