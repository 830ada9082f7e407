/** `/cancel find`. */
export const searchUsage = {
  usage: '/cancel find <reference>',
  help: 'the requests for a payment, also those that are over',
} as const;

export const WHAT_TO_FIND =
  "Say what to find: the payment's reference, a ticket, or a number such as C-1042.";

export function foundTitle(wanted: string): string {
  return `Found for ${wanted}`;
}

export function nothingFoundText(wanted: string): string {
  return (
    `Nothing was found for ${wanted}: at no account has anybody asked for a payment with exactly this reference or ` +
    'ticket. Capitals count.'
  );
}
