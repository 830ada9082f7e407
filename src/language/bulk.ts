/** Bulks: what is asked, and what becomes of it when it is approved. */

export const bulkUsage = {
  usage: '/cancel bulk <account>',
  help: 'ask for many payments of one account at once, from a list',
} as const;

export function whichBulkAccountText(accounts: readonly string[]): string {
  return `Name the account of the payments after \`/cancel bulk\`, one of: ${accounts.join(', ')}.`;
}

export const bulkLabels = {
  payments: 'Payments',
  totals: 'Total',
  largest: 'The largest',
  first: 'The first of the list',
  goOn: 'Go on',
  stop: 'Stop here',
  stopTitle: 'Stop here?',
  stopText: 'What is not sent yet will not be sent any more. What was sent stays as it is.',
  stopConfirm: 'Stop here',
  stopDeny: 'Let it go on',
  completeList: 'The complete list is the file in this thread.',
} as const;

export function paymentsText(count: number): string {
  return count === 1 ? '1 payment' : `${count} payments`;
}

/** What is asked, in a few words: `B-1001: cancel 412 payments at shop-pl`. */
export function bulkTitle(bulk: {
  readonly name: string;
  readonly count: number;
  readonly account: string;
}): string {
  return `${bulk.name}: cancel ${paymentsText(bulk.count)} at ${bulk.account}`;
}

/** @param money one text for each currency, as many as there is room for. */
export function totalsText(totals: {
  readonly money: readonly string[];
  readonly moreCurrencies: number;
  readonly withoutAmount: number;
}): string {
  const more = totals.moreCurrencies === 0 ? [] : [`${totals.moreCurrencies} more currencies`];
  const unknown = totals.withoutAmount === 0 ? [] : [`${totals.withoutAmount} of unknown amount`];
  return [...totals.money, ...more, ...unknown].join(', ');
}

export function lineText(line: {
  readonly name: string;
  readonly payment: string;
  readonly amount: string;
}): string {
  return `${line.name}  ·  ${line.payment}  ·  ${line.amount}`;
}

export function someCloseText({ count, at }: { readonly count: number; readonly at: string }): string {
  return `${paymentsText(count)} can be cancelled for less long, the first until ${at}; what is too late then is not sent.`;
}

export function lookedUpText({ from, to }: { readonly from: string; readonly to: string }): string {
  return `The provider was asked about each between ${from} and ${to}, and is asked again right before it is sent.`;
}

export function isSentInTurnText({
  provider,
  count,
}: {
  readonly provider: string;
  readonly count: number;
}): string {
  return `*${paymentsText(count)} are cancelled at ${provider}, one after the other, when the last approval is in:*`;
}

/** The card for those who don't see its blocks. */
export function bulkCardInWords(card: {
  readonly title: string;
  readonly totals: string;
  readonly requester: string;
  readonly state: string;
  readonly decision: string;
  readonly reason: string;
}): string {
  return [
    `${card.title}, ${card.totals}, asked by ${card.requester}.`,
    `${card.state}. ${card.decision}`,
    `Reason: ${card.reason}`,
    bulkLabels.completeList,
  ].join('\n');
}
