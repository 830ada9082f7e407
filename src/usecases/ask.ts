/** Somebody asks for a cancellation: the input is checked, the provider is asked, the request is frozen and recorded. */
import { randomBytes } from 'node:crypto';
import { addSeconds, wallTime } from '../domain/clock.ts';
import { digestOf } from '../domain/digest.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Person } from '../domain/person.ts';
import { canBeAskedAgain, type Request } from '../domain/request.ts';
import { ruleOf, tierFor } from '../domain/tiers.ts';
import { ALWAYS_OPEN, closesAt } from '../domain/window.ts';
import { askFaults } from '../language/askFaults.ts';
import { createAdmit, type TurnedAway } from './admit.ts';
import type { Approvers } from './people.ts';
import type { CheckedAsk, Faults } from './checkAsk.ts';
import { newId, randomKey } from './ids.ts';
import { sizeOf } from './sizeOf.ts';
import type { Records, World } from './ports.ts';

export type Asked =
  | { readonly type: 'made'; readonly request: Request; readonly approvers: Approvers }
  /** Someone asked for the same payment before, and that is not over. */
  | { readonly type: 'already_open'; readonly request: Request }
  /** The provider says that there is nothing to cancel. */
  | { readonly type: 'not_cancellable'; readonly evidence: Evidence }
  /** Who asks may not, or nobody could approve. */
  | { readonly type: 'turned_away'; readonly turnedAway: TurnedAway }
  /** The provider's window for cancellations is over. */
  | { readonly type: 'closed'; readonly at: Date }
  | { readonly type: 'faulty'; readonly faults: Faults };

export type AskForCancellation = (ask: CheckedAsk, requester: Person) => Promise<Asked>;

export function createAskForCancellation(world: World): AskForCancellation {
  const { store, policy, deadlineSeconds, windows, now } = world;
  const admit = createAdmit(world);

  return async ({ account, provider, target, reason, ticket, follows }, requester) => {
    const asking = { account, payment: target.payment, requester };
    const welcome = await admit(asking);
    if (!welcome.admitted) return { type: 'turned_away', turnedAway: welcome.turnedAway };
    const open = await store.selectOpenRequest(account, target.payment);
    if (open !== undefined) return { type: 'already_open', request: open };

    const key = randomKey();
    const evidence = await provider.lookUp({ ...target, key });
    if (evidence.standing !== 'cancellable' && evidence.standing !== 'cannot_tell') {
      return { type: 'not_cancellable', evidence };
    }
    const size = sizeOf(
      target,
      evidence,
      await store.sumCancelled(account, target.payment),
      provider.needsAmount,
    );
    if (!size.ok) return { type: 'faulty', faults: size.faults };

    const requestedAt = now();
    const closes = closesAt(windows.get(account) ?? ALWAYS_OPEN, evidence, requestedAt);
    if (closes !== null && closes <= requestedAt) return { type: 'closed', at: closes };
    const tier = tierFor(policy, {
      account,
      provider: provider.name,
      amount: evidence.amount,
      partial: target.part !== null,
      ticketKinds: target.ticketKind === undefined ? [] : [target.ticketKind],
      timeIn: (zone) => wallTime(requestedAt, zone),
    });
    const admission = await admit(asking, tier, welcome);
    if (!admission.admitted) return { type: 'turned_away', turnedAway: admission.turnedAway };
    const frozen = {
      id: newId(requestedAt),
      account,
      provider: provider.name,
      payment: target.payment,
      details: target.details,
      partial: target.part !== null,
      amount: size.amount,
      reason,
      ticket,
      follows,
      bulk: null,
      salt: randomBytes(16).toString('hex'),
      requester,
      requestedAt,
      deadline: earlier(addSeconds(requestedAt, tier.deadlineSeconds ?? deadlineSeconds), closes),
      closesAt: closes,
      evidence,
      evidenceAt: requestedAt,
      rule: ruleOf(policy, tier),
      key,
    };
    const made = await store.transaction(async (records) => {
      const request = await records.insertRequest(frozen, digestOf(frozen));
      if (request === undefined) return undefined;
      await records.enqueue({ name: 'announce', request: request.id });
      if (follows !== null) await tellEarlier(records, follows);
      return request;
    });
    if (made !== undefined) return { type: 'made', request: made, approvers: admission.approvers };

    // Someone else was faster by a moment; if that is over already, the second look is clean.
    const faster = await store.selectOpenRequest(account, target.payment);
    if (faster === undefined)
      return {
        type: 'faulty',
        faults: { reason: askFaults.somebodyWasFaster },
      };
    return { type: 'already_open', request: faster };
  };
}

/** Counts a new version of the request that was asked again, so that its thread surely tells it. */
async function tellEarlier(records: Records, id: string): Promise<void> {
  const request = await records.lockRequest(id);
  const { state } = request;
  if (!canBeAskedAgain(state)) throw new Error(`request ${id} is ${state}, so none can follow it`);
  await records.moveRequest(request, state);
  await records.enqueue({ name: 'announce', request: id });
}

function earlier(deadline: Date, closes: Date | null): Date {
  return closes !== null && closes < deadline ? closes : deadline;
}
