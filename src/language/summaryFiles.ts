/** The files in the thread of a summary: what is said beside them, and the columns of the requests. */
import { countText, daysText } from './fortnight.ts';

/** The headings of the columns; a spreadsheet's filters and other programs go by them. */
export const detailColumns = {
  request: 'request',
  bulk: 'bulk',
  account: 'account',
  provider: 'provider',
  payment: 'payment',
  amount: 'amount',
  currency: 'currency',
  part: 'part',
  opened: 'opened',
  ended: 'ended_as',
  standsNow: 'state_now',
  requester: 'requester',
  requestedAt: 'requested_at',
  approvers: 'approved_by',
  approvedAt: 'approved_at',
  endedBy: 'ended_by',
  endedAt: 'ended_at',
  refusal: 'refusal_code',
  ticket: 'ticket',
} as const;

export const YES = 'yes';
export const NO = 'no';

export function pictureTitle(last: string): string {
  return `Fourteen days up to ${daysText(last, last)}`;
}

export const PICTURE_TEXT = '📊 The last fourteen days as a picture.';

/** Of days such as `2026-11-19`. */
export function detailTitle(first: string, last: string): string {
  return `Requests, ${daysText(first, last)}`;
}

/** @param of how many there are, where the file has not all of them. */
export function detailText(lines: number, of: number): string {
  return lines === of
    ? `📎 Every request that was opened or ended in this time, or stayed open: ${countText(of)}.`
    : `📎 The first ${countText(lines)} of ${countText(of)} requests that were opened or ended in this time, or stayed open. The operator’s export has them all.`;
}
