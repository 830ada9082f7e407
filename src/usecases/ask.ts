/** Somebody asks for a cancellation: the input is checked, the provider is asked, the request is frozen and recorded. */
import { randomBytes } from 'node:crypto';
import { hasCardNumber } from '../domain/cardNumber.ts';
import { addSeconds, wallTime } from '../domain/clock.ts';
import { digestOf } from '../domain/digest.ts';
import type { Evidence } from '../domain/evidence.ts';
import { type Money, parseMoney } from '../domain/money.ts';
import type { Person } from '../domain/person.ts';
import type { Provider, Target } from '../domain/provider.ts';
import { canBeAskedAgain, type Request } from '../domain/request.ts';
import { faultOfTicket, TICKET_FIELD, TICKET_MAX, type TicketRule } from '../domain/ticket.ts';
import { ruleOf, tierFor } from '../domain/tiers.ts';
import { ALWAYS_OPEN, closesAt } from '../domain/window.ts';
import { askFaults, longReasonText, noAccountText, noAmountText } from '../language/askFaults.ts';
import { CARD_NUMBER_TEXT } from '../language/cardNumber.ts';
import { ticketFaultText } from '../language/ticket.ts';
import { createAdmit, type TurnedAway } from './admit.ts';
import type { Approvers } from './people.ts';
import { newId } from './newId.ts';
import type { Records, World } from './ports.ts';

interface Ask {
  readonly account: string;
  /** The form's fields by the provider's names, as they were typed. */
  readonly fields: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly ticket?: string;
  /** The id of the request of which this is another try. */
  readonly follows?: string | undefined;
}

/** One sentence per faulty field: a provider's field name, `account`, `reason` or `TICKET_FIELD`. */
type Faults = Readonly<Record<string, string>>;

interface CheckedAsk {
  readonly account: string;
  readonly provider: Provider;
  readonly target: Target;
  readonly reason: string;
  readonly ticket: string | null;
  readonly follows: string | null;
}

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

/** Slack's limit for one text is 3,000 characters; a reason is a sentence or two. */
const REASON_MAX = 500;

export type CheckAsk = (ask: Ask) => { ok: true; ask: CheckedAsk } | { ok: false; faults: Faults };

/** What can be said of the input at once, without asking anybody. */
export function createCheckAsk({ providers, ticket: rule }: Pick<World, 'providers' | 'ticket'>): CheckAsk {
  return ({ account, fields, follows = null, ...typed }) => {
    const reason = typed.reason.trim();
    const ticket = typed.ticket?.trim() ?? '';
    const provider = providers.get(account);
    if (provider === undefined) return { ok: false, faults: { account: noAccountText(account) } };

    const trimmed = Object.entries(fields).map(([name, value]): [string, string] => [name, value.trim()]);
    const read = provider.readTarget(Object.fromEntries(trimmed.filter(([, value]) => value !== '')));
    const faults = { ...(read.ok ? {} : read.faults), ...reasonFault(reason), ...ticketFault(ticket, rule) };
    if (!read.ok || Object.keys(faults).length > 0) return { ok: false, faults };
    return {
      ok: true,
      ask: { account, provider, target: read.target, reason, ticket: ticket || null, follows },
    };
  };
}

export function reasonFault(reason: string): Faults {
  const fault = reason === '' ? askFaults.noReason : faultOfReason(reason);
  return fault === undefined ? {} : { reason: fault };
}

/** Why a reason can't be kept or shown; undefined when it can. */
export function faultOfReason(reason: string): string | undefined {
  const { length } = Array.from(reason);
  if (length > REASON_MAX) return longReasonText({ length, max: REASON_MAX });
  if (!reason.isWellFormed() || reason.includes('\0')) return askFaults.unkeepableReason;
  return hasCardNumber(reason) ? CARD_NUMBER_TEXT : undefined;
}

/** @param ticket trimmed */
export function ticketFault(ticket: string, rule: TicketRule): Faults {
  const fault = faultOfTicket(ticket, rule);
  if (fault === undefined) return {};
  return { [TICKET_FIELD]: ticketFaultText(fault, { looksLike: rule.looksLike, max: TICKET_MAX }) };
}

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
    const admission = await admit(asking, tier);
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
  const { state } = await records.lockRequest(id);
  if (!canBeAskedAgain(state)) throw new Error(`request ${id} is ${state}, so none can follow it`);
  await records.moveRequest(id, state);
  await records.enqueue({ name: 'announce', request: id });
}

function earlier(deadline: Date, closes: Date | null): Date {
  return closes !== null && closes < deadline ? closes : deadline;
}

type Size = { ok: true; amount: Money | null } | { ok: false; faults: Faults };

/**
 * How much is to be cancelled: a part must fit into what earlier parts left, and the whole is what they left.
 * @param gone what earlier requests cancelled of the same payment, in minor units; it counts where the provider
 *   takes parts, because such a provider may go on showing the whole.
 */
export function sizeOf({ part }: Target, { amount }: Evidence, gone: bigint, needsAmount: boolean): Size {
  if (amount === null) {
    if (part !== null)
      return {
        ok: false,
        faults: { part: askFaults.partOfUnknown },
      };
    if (needsAmount)
      return {
        ok: false,
        faults: {
          account: askFaults.amountUnknown,
        },
      };
    return { ok: true, amount: null };
  }
  const left = { minor: needsAmount ? amount.minor - gone : amount.minor, currency: amount.currency };
  if (left.minor <= 0n)
    return {
      ok: false,
      faults: { part: askFaults.nothingLeft },
    };
  if (part === null) return { ok: true, amount: left };

  const wanted = parseMoney(part, amount.currency);
  if (wanted === undefined || wanted.minor === 0n) {
    return { ok: false, faults: { part: noAmountText(amount.currency) } };
  }
  if (wanted.minor > left.minor) return { ok: false, faults: { part: askFaults.partTooLarge } };
  return { ok: true, amount: wanted };
}

/** 96 random bits in 25 characters, which every provider takes as an id. */
export function randomKey(): string {
  return `c${randomBytes(12).toString('hex')}`;
}
