/** The requester's ticket in another system. */
import { CARD_NUMBER_TEXT } from './cardNumber.ts';

export const ticketLabels = {
  ticket: 'Ticket',
  /** For a house that does not say what its tickets look like. */
  anyHint: 'A link to your ticket, or its number. It stays in the record, so it must name nobody.',
} as const;

/** @param looksLike the house's own words for it, null when it has none. */
export function ticketFaultText(
  fault: 'missing' | 'too_long' | 'unfit' | 'card_number',
  { looksLike, max }: { readonly looksLike: string | null; readonly max: number },
): string {
  const wanted = looksLike ?? 'a link that begins with https://, or a number without spaces';
  switch (fault) {
    case 'card_number':
      return CARD_NUMBER_TEXT;
    case 'missing':
      return `Name the ticket: ${wanted}.`;
    case 'too_long':
      return `Keep the ticket within ${max} characters.`;
    case 'unfit':
      return `This is not a ticket as it is wanted here: ${wanted}.`;
  }
}

/** @param looksLike as above. */
export function ticketHint(looksLike: string | null): string {
  return looksLike === null ? ticketLabels.anyHint : `Here: ${looksLike}.`;
}
