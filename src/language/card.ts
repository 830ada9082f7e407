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
  needs: 'Needs',
  approved: 'Approved so far',
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
  return `*What ${provider} said*, ${at}`;
}

export function digestText(digest: string): string {
  return `Digest ${digest}, over all that is asked`;
}

export function factText([label, text]: readonly [label: string, text: string]): string {
  return `${label}: ${text}`;
}

export function untilText(deadline: string): string {
  return `decide before ${deadline}`;
}

/** @param people mentions, so that Slack tells them. */
export function callToDecideText(people: readonly string[]): string {
  return people.length === 0
    ? 'Nobody is left who may approve this, so it expires unless it is rejected or withdrawn.'
    : `${people.join(' ')} please approve or reject this. Nothing is sent before.`;
}

/** How far the approvals have come, for a request that wants several: `⏳ Waiting for approval, 1 of 2`. */
export function waitingText({
  state,
  filled,
  places,
}: {
  readonly state: string;
  readonly filled: number;
  readonly places: number;
}): string {
  return places === 1 ? state : `${state}, ${filled} of ${places}`;
}

interface Place {
  readonly count: number;
  readonly group: string;
}

export function placesText(needs: readonly Place[]): string {
  return needs.map(({ group, count }) => `${count} of ${group}`).join(' and ');
}

/** All of it in a line. */
export function needsText({
  needs,
  approved,
}: {
  readonly needs: readonly Place[];
  readonly approved: readonly string[];
}): string {
  return `Needs ${placesText(needs)}; approved by ${approved.length === 0 ? 'nobody yet' : approved.join(', ')}`;
}

/** @param wanted what is still missing, as `placesText` puts it. */
export function approvedText({
  filled,
  places,
  people,
  wanted,
}: {
  readonly filled: number;
  readonly places: number;
  readonly people: readonly string[];
  readonly wanted: string;
}): string {
  if (people.length === 0) return `Nobody yet (0 of ${places})`;
  return `${filled} of ${places}: ${people.join(', ')}\nStill needs ${wanted}`;
}

export function askedByAtText({
  requester,
  at,
}: {
  readonly requester: string;
  readonly at: string;
}): string {
  return `${requester}, ${at}`;
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
  /** How it stands, and what is to be known of it while it waits. */
  readonly state: readonly string[];
}): string {
  return `${headline.title}, ${askedByText(headline.requester)}. ${headline.state.join('. ')}`;
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
  readonly at: string;
  readonly evidence: string;
  /** One line for each thing that is on the card besides. */
  readonly further: readonly string[];
}): string {
  return [
    `${card.title}, payment ${card.payment}, ${askedByText(card.requester)}.`,
    `${card.state}. ${card.decision}`,
    `${cardLabels.reason}: ${card.reason}`,
    `${card.provider} said, ${card.at}: ${card.evidence}`,
    ...card.further,
  ].join('\n');
}
