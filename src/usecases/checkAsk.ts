/** What can be said of a wish for a cancellation at once, without asking anybody. */
import { hasCardNumber } from '../domain/cardNumber.ts';
import type { Provider, Target } from '../domain/provider.ts';
import { faultOfTicket, TICKET_FIELD, TICKET_MAX, type TicketRule } from '../domain/ticket.ts';
import { askFaults, longReasonText, noAccountText } from '../language/askFaults.ts';
import { CARD_NUMBER_TEXT } from '../language/cardNumber.ts';
import { ticketFaultText } from '../language/ticket.ts';
import type { World } from './ports.ts';

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
export type Faults = Readonly<Record<string, string>>;

export interface CheckedAsk {
  readonly account: string;
  readonly provider: Provider;
  readonly target: Target;
  readonly reason: string;
  readonly ticket: string | null;
  readonly follows: string | null;
}

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
