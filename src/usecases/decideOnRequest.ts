/** Somebody acts on a request: locked, judged, recorded, and what follows from it enqueued, in one transaction. */
import { type Act, decide, type Verdict } from '../domain/decide.ts';
import type { Person } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import { endByClock } from './endByClock.ts';
import type { World } from './ports.ts';

interface Decided {
  readonly verdict: Verdict;
  /** The request as it stands after the act. */
  readonly request: Request;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
}

export type DecideOnRequest = (id: string, act: Act, person: Person) => Promise<Decided>;

/**
 * @param trial only finds out whether the act would count, before a form is opened for it. An act that would not
 *   count is recorded all the same: a refused try is a decision too.
 */
export function createDecideOnRequest(
  { store, people, now }: Pick<World, 'store' | 'people' | 'now'>,
  { trial }: { readonly trial: boolean } = { trial: false },
): DecideOnRequest {
  return async (id, act, person) => {
    // Asked at the moment of the act, and before the lock: nobody waits for Slack while holding a request.
    const membership = await people.membershipOf(person);

    return store.transaction(async (records) => {
      const request = await records.lockRequest(id);
      // Nothing shows a line with buttons of its own.
      if (request.bulk !== null) throw new Error(`${id} is a line of a bulk, and decided on with it`);
      const { approvals } = await records.selectStory(id);
      const at = now();
      const verdict = decide(request, act, { person, membership }, approvals, at);
      const why = membership.live ? undefined : membership.why;
      if (verdict.counts && trial) return { verdict, request, why };

      await records.insertDecision(request, {
        act: act.type,
        person,
        groups: membership.live ? membership.groups : [],
        saw: act.type === 'approve' ? act.saw : null,
        note: act.type === 'withdraw' ? null : act.note,
        decidedAt: at,
        refusal: verdict.counts ? null : verdict.refusal,
      });
      if (!verdict.counts) {
        const expired = verdict.refusal === 'expired';
        return {
          verdict,
          request: expired ? await endByClock(records, request, 'expired', null, at) : request,
          why,
        };
      }

      const moved = await records.moveRequest(id, verdict.state);
      if (moved.state === 'approved') await records.enqueue({ name: 'dispatch', request: id });
      await records.enqueue({ name: 'announce', request: id });
      return { verdict, request: moved, why };
    });
  };
}
