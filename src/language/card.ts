/** The headline and the card of a request. */
import type { Act } from '../domain/decide.ts';
import type { Find } from '../domain/find.ts';
import { AMOUNT } from './titles.ts';

export const cardLabels = {
  provider: 'Provider',
  payment: 'Payment',
  amount: AMOUNT,
  requester: 'Asked by',
  deadline: 'Decide before',
  reason: 'Reason',
  stepUp: 'Whoever approves confirms',
} as const;

export const decidedTitles: Readonly<Record<Act['type'] | Find['type'] | 'expire' | 'lapse', string>> = {
  approve: 'Approved by',
  reject: 'Rejected by',
  withdraw: 'Withdrawn by',
  expire: 'Expired',
  lapse: 'Lapsed',
  find: 'Found by',
  find_cancelled: 'Found by',
  find_refused: 'Found by',
};

/** What a person found, after who did and when. */
export const foundTexts = {
  find_cancelled: 'it was cancelled',
  find_refused: 'it was not cancelled',
} as const satisfies Partial<Record<Find['type'], string>>;

export function askedByText(requester: string): string {
  return `asked by ${requester}`;
}

export function partOfText({ part, whole }: { readonly part: string; readonly whole: string }): string {
  return `${part} of ${whole}`;
}

export function takesItUntilText({
  provider,
  at,
}: {
  readonly provider: string;
  readonly at: string;
}): string {
  return `${provider} takes it until ${at}`;
}

export function whatItSaidText({ provider, at }: { readonly provider: string; readonly at: string }): string {
  return `*What ${provider} said* at ${at}`;
}

export function digestText(digest: string): string {
  return `digest ${digest}`;
}

/** @param people mentions, so that Slack tells them. */
export function callToDecideText(people: readonly string[]): string {
  return people.length === 0
    ? 'Nobody is left who may approve this, so it expires unless it is rejected or withdrawn.'
    : `${people.join(' ')} please approve or reject this. Nothing is sent before.`;
}

export function needsText({
  needs,
  approved,
}: {
  readonly needs: readonly { readonly count: number; readonly group: string }[];
  readonly approved: readonly string[];
}): string {
  const wanted = needs.map(({ group, count }) => `${count} of ${group}`).join(' and ');
  return `Needs ${wanted}; approved by ${approved.length === 0 ? 'nobody yet' : approved.join(', ')}`;
}

export function decideBeforeText({
  deadline,
  call,
}: {
  readonly deadline: string;
  readonly call: string;
}): string {
  return `${cardLabels.deadline} ${deadline}. ${call}`;
}

/** The headline for those who don't see its blocks. */
export function headlineInWords(headline: {
  readonly title: string;
  readonly requester: string;
  readonly state: string;
}): string {
  return `${headline.title}, ${askedByText(headline.requester)}. ${headline.state}`;
}

/** The card for those who don't see its blocks. */
export function cardInWords(card: {
  readonly title: string;
  readonly payment: string;
  readonly requester: string;
  readonly state: string;
  /** What happens next, or who decided. */
  readonly decision: string;
  readonly reason: string;
  readonly provider: string;
  readonly evidence: string;
  /** Null when nothing has to be confirmed. */
  readonly stepUp: string | null;
}): string {
  return [
    `${card.title}, payment ${card.payment}, ${askedByText(card.requester)}.`,
    `${card.state}. ${card.decision}`,
    `Reason: ${card.reason}`,
    `${card.provider} said: ${card.evidence}`,
    ...(card.stepUp === null ? [] : [`${cardLabels.stepUp}: ${card.stepUp}`]),
  ].join('\n');
}
