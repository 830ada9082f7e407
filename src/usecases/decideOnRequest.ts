/** Somebody acts on a request: locked, judged, recorded, and what follows from it enqueued, in one transaction. */
import { type Act, decide, type Verdict } from '../domain/decide.ts';
import { type Freeze, freezeAgainst } from '../domain/freeze.ts';
import { asKnown, type Person } from '../domain/person.ts';
import type { Request } from '../domain/request.ts';
import { endByClock } from './endByClock.ts';
import { lapseIfOneCountedTwice, partiesOf } from './parties.ts';
import type { World } from './ports.ts';

export interface Decided {
  readonly verdict: Verdict;
  /** The request as it stands after the act. */
  readonly request: Request;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  /** What stands against the act, where that is the reason. */
  readonly freeze: Freeze | undefined;
}

export type DecideOnRequest = (id: string, act: Act, person: Person) => Promise<Decided>;

/**
 * @param trial only finds out whether the act would count, before a form is opened for it. An act that would not
 *   count is recorded all the same: a refused try is a decision too.
 */
export function createDecideOnRequest(
  { store, people, aliases, now }: Pick<World, 'store' | 'people' | 'aliases' | 'now'>,
  { trial }: { readonly trial: boolean } = { trial: false },
): DecideOnRequest {
  return async (id, act, clicked) => {
    const among = store.selectRequest(id).then(({ rule }) => rule.needs.map(({ group }) => group));
    // Asked at the moment of the act, and before the lock: nobody waits for Slack while holding a request.
    const [membership] = await Promise.all([people.membershipOf(clicked, { among, lately: trial }), among]);

    return store.transaction(async (records) => {
      // In this order, and all of it asked at once: the story is read when the locks are there.
      const [, story] = await Promise.all([records.lockFreezes(), records.lockStory(id)]);
      // Nothing shows a line with buttons of its own.
      if (story.request.bulk !== null) throw new Error(`${id} is a line of a bulk, and decided on with it`);
      const { approvals, standing } = story;
      const at = now();
      const request = await lapseIfOneCountedTwice(records, story, aliases, at);
      const person = asKnown(clicked, partiesOf(story), aliases);
      const freeze = freezeAgainst(standing, act.type, person, request, approvals);
      const verdict = heed(decide(request, act, { person, membership }, approvals, at), freeze);
      const because = { why: membership.live ? undefined : membership.why, freeze };
      if (verdict.counts && trial) return { verdict, request, ...because };

      const decision = {
        act: act.type,
        person,
        groups: membership.live ? membership.groups : [],
        saw: act.type === 'approve' ? act.saw : null,
        note: act.type === 'withdraw' ? null : act.note,
        decidedAt: at,
        refusal: verdict.counts ? null : verdict.refusal,
      };
      if (!verdict.counts) {
        await records.insertDecision(request, decision);
        const expired = verdict.refusal === 'expired';
        return {
          verdict,
          request: expired ? await endByClock(records, request, 'expired', null, at) : request,
          ...because,
        };
      }

      const rings =
        verdict.state === 'approved' ? (['dispatch', 'announce'] as const) : (['announce'] as const);
      const [, moved] = await Promise.all([
        records.insertDecision(request, decision),
        records.moveRequest(request, verdict.state),
        ...rings.map((name) => records.enqueue({ name, request: id })),
      ]);
      return { verdict, request: moved, ...because };
    });
  };
}

function heed(verdict: Verdict, freeze: Freeze | undefined): Verdict {
  return verdict.counts && freeze !== undefined ? { counts: false, refusal: 'frozen' } : verdict;
}
