/**
 * What people read in Slack is in this folder, in English, and in no other: prepared strings go in, inert or mrkdwn, and
 * text comes out. Two kinds of text are not here. What a provider's adapter says of a payment, or asks about one, is a
 * fact of the record and stays with the adapter; so does the domain's word for what a person found. Faults of the
 * command line and of the configuration are for operators, and stay where they are found.
 */

/** How days and times are written. */
export const LOCALE = 'en-GB';

/** For clients that can't show a time in the reader's own zone: `2026-11-19 09:30 UTC`. */
export function utcText(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
