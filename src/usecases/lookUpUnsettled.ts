/** An attempt whose outcome nobody knows is settled by asking the provider, again and again at growing distance. */
import { addSeconds, secondsBetween } from '../domain/clock.ts';
import { isUnsettled } from '../domain/request.ts';
import { nextLookUpSeconds, readAfterAttempt, settle } from '../domain/settle.ts';
import { lookUpAgain, providerOf } from './lookUpAgain.ts';
import type { World } from './ports.ts';
import { announcing } from './ring.ts';
import type { Story } from './story.ts';
import { recordFinding } from './recordFinding.ts';

/**
 * While one process asks, no other does; if it dies, the look-up is due again after this long. It must not be the
 * minute after which news may bring a look-up forward: a date that news set would then be taken for the lease.
 */
const LEASE_SECONDS = 90;

export type LookUpUnsettled = (id: string) => Promise<void>;

export function createLookUpUnsettled({
  store,
  providers,
  now,
}: Pick<World, 'store' | 'providers' | 'now'>): LookUpUnsettled {
  return async (id) => {
    const leaseUntil = addSeconds(now(), LEASE_SECONDS);
    const before = await store.claimLookUp(id, now(), leaseUntil);
    if (before === undefined) return;

    const story = await store.selectStory(id);
    const sent = { reference: referenceOf(story) };
    const evidence = await lookUpAgain(providers, story.request, sent);
    const outcome = readAfterAttempt(evidence);
    await store.transaction(async (records) => {
      const request = await records.lockRequest(id);
      const attempt = await records.selectLastAttempt(id);
      if (attempt === undefined) return records.scheduleLookUp(id, null);

      const learntAt = now();
      const finding = { source: 'look_up', outcome, learntAt } as const;
      if (!isUnsettled(request.state)) {
        // What contradicts a person who was faster changes nothing any more, but must not be lost.
        const isContradiction = outcome.type === 'cancelled' && request.state === 'refused';
        if (isContradiction) await recordFinding(records, request, attempt, finding);
        return records.scheduleLookUp(id, null);
      }
      if (settle(request.state, outcome) !== undefined) {
        return recordFinding(records, request, attempt, finding);
      }
      const { horizonSeconds } = providerOf(providers, request);
      const age = secondsBetween(attempt.startedAt, learntAt);
      const seconds = nextLookUpSeconds(before + 1, age, horizonSeconds);
      const nextAt = seconds === null ? null : addSeconds(learntAt, seconds);
      const isUsable = evidence.standing !== 'cannot_tell';
      const answer = { says: outcome.says, at: learntAt, isUsable };
      await records.finishLookUp(id, answer, nextAt, leaseUntil);
      if (seconds !== null) {
        return records.enqueue({ name: 'look-up', request: id, afterSeconds: seconds });
      }
      // A new version, so that Slack is brought to say that a person has to look.
      await records.moveRequest(request, request.state);
      await records.enqueue(announcing(request));
    });
  };
}

/** What the provider called our cancellation, where an answer told it. */
function referenceOf({ findings }: Story): string | null {
  const named = findings.findLast(
    ({ outcome }) => 'reference' in outcome && outcome.reference !== null,
  )?.outcome;
  return named !== undefined && 'reference' in named ? named.reference : null;
}
