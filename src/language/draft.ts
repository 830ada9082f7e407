/** A list before it is a bulk: the form, and what its requester is told while the payments are looked up. */
import { paymentsText } from './bulk.ts';

export const draftLabels = {
  title: 'Cancel many payments',
  submit: 'Look them up',
  list: 'Payments',
  listHint: 'One a line. A first line may name the columns. A longer list fits into a file.',
  file: 'Or a CSV file',
  fileHint: 'With at most 1,000 payments, as a spreadsheet saves it.',
  leave: 'Leave it',
} as const;

export function columnsText(columns: string): string {
  return `Columns: ${columns}. Without a first line that names them, only the first.`;
}

/** Where a list that is asked for again has no room in the form. */
export function longListText({ name, count }: { readonly name: string; readonly count: number }): string {
  return `The list of ${name} has no room here. Leave both fields empty to ask for its ${paymentsText(count)} again, or give another list.`;
}

export function beginsText(count: number): string {
  return `🔎 ${paymentsText(count)} are being looked up. You are told in a direct message how far that is, and nobody is asked to approve anything before.`;
}

export function lookingText(progress: {
  readonly account: string;
  readonly done: number;
  readonly of: number;
}): string {
  return `🔎 Looking up your list for ${progress.account}: ${progress.done} of ${progress.of}.`;
}

export function faultyText({ faults, others }: { readonly faults: number; readonly others: number }): string {
  const what = `⚠️ ${paymentsText(faults)} of your list can't be cancelled, so nothing was asked for yet.`;
  return others === 0
    ? `${what} None is left.`
    : `${what} You can ask for the other ${others}, or leave it and make another list.`;
}

export function askForOthersLabel(others: number): string {
  return `Ask for the other ${others}`;
}

export function bulkMadeText(bulk: { readonly name: string; readonly count: number }): string {
  return `✅ ${bulk.name} with ${paymentsText(bulk.count)} is in the approvals channel now and waits for a second person.`;
}

export const draftTexts = {
  left: '↩️ You left the list. Nothing was asked for.',
  too_old:
    '⌛ It is too long ago that these payments were looked up, so nothing was asked for; please give the list again.',
  gone: 'This list is over: it was asked for or left before.',
  not_yours: 'This is somebody else’s list, so nothing was changed.',
} as const;

export function moreInFileText(more: number): string {
  return `And ${more} more; the file below has them all.`;
}
