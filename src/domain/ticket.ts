/** The requester's ticket in another system: what a house takes for one. */

import { hasCardNumber } from './cardNumber.ts';

/** How a house wants its tickets. */
export interface TicketRule {
  readonly required: boolean;
  /** What a ticket looks like, in words; null when a link or a number of any kind will do. */
  readonly looksLike: string | null;
  /** Whether a text of at most `TICKET_MAX` characters is one. */
  readonly fits: (text: string) => boolean;
}

/** What the form calls it: a provider may call a field of its own `ticket`. */
export const TICKET_FIELD = 'request_ticket';

/** In characters. A link to a ticket is shorter, and what is this short can be matched and shown whole. */
export const TICKET_MAX = 200;

/** A link or an id, and nothing else: it stays in the record for ever, where a name must not. */
const LINK_OR_ID = /^(?:https:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|[\w.:#/-]{1,100})$/;

export const anyTicket: TicketRule = {
  required: false,
  looksLike: null,
  fits: (text) => LINK_OR_ID.test(text),
};

/** What is wrong with a ticket, which comes trimmed; undefined when nothing is. */
export function faultOfTicket(
  ticket: string,
  { required, fits }: TicketRule,
): 'missing' | 'too_long' | 'unfit' | 'card_number' | undefined {
  if (ticket === '') return required ? 'missing' : undefined;
  if (Array.from(ticket).length > TICKET_MAX) return 'too_long';
  if (hasCardNumber(ticket)) return 'card_number';
  const isKeepable = ticket.isWellFormed() && !/\p{Cc}/u.test(ticket);
  return isKeepable && fits(ticket) ? undefined : 'unfit';
}

/**
 * An address that leads where it seems to lead: nothing before the host, no letters that look like others, and no number at its
 * end, because browsers read `1.1` as `1.0.0.1`.
 */
const PLAIN_LINK =
  /^https:\/\/(?!.*xn--)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*(?::\d{1,5})?(?:[/?#][\w\-.~:/?#@!$&'()+,;=%]*)?$/i;

/** Whether a ticket may be shown as a link; what is none is shown as it is. */
export function isPlainLink(ticket: string): boolean {
  return ticket.length <= TICKET_MAX && PLAIN_LINK.test(ticket);
}
