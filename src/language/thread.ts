/** What the thread and the requester are told, one sentence or two for each thing that happened. */
import type { Act } from '../domain/decide.ts';
import type { Find } from '../domain/find.ts';
import type { Outcome } from '../domain/provider.ts';

/** @param who is empty for what no person did. */
export function decisionText(
  act: Act['type'] | Find['type'] | 'expire' | 'lapse',
  { who, provider }: { readonly who: string; readonly provider: string },
): string {
  switch (act) {
    case 'approve':
      return `✍️ ${who} approved.`;
    case 'reject':
      return `🚫 ${who} rejected this. Nothing was sent.`;
    case 'withdraw':
      return `↩️ ${who} withdrew the request. Nothing was sent.`;
    case 'expire':
      return '⌛ Nobody decided in time, so the request expired. Nothing was sent.';
    case 'lapse':
      return '🍂 The request lapsed, because what was approved no longer holds. Nothing was sent.';
    case 'find':
      return `🔎 ${who} wanted to say what became of it at ${provider}.`;
    case 'find_cancelled':
      return `✅ ${who} looked at ${provider} and found that the payment was cancelled.`;
    case 'find_refused':
      return (
        `⛔ ${who} looked at ${provider} and found that the payment was not cancelled. ` +
        'Nothing is sent again: whoever still wants it cancelled asks anew.'
      );
  }
}

/** How it was learnt that a payment was cancelled. */
const waysToLearn = {
  look_up: ', as a look-up shows',
  web_hook: ', as it reports',
  person: ', as a person found',
  answer: '',
  interruption: '',
} as const;

export function outcomeText(
  outcome: Outcome['type'],
  { provider, source }: { readonly provider: string; readonly source: keyof typeof waysToLearn },
): string {
  switch (outcome) {
    case 'cancelled':
      return `✅ ${provider} cancelled the payment${waysToLearn[source]}.`;
    case 'accepted':
      return `📥 ${provider} took the request in and decides later.`;
    case 'refused':
      return `⛔ ${provider} refused, and nothing happened.`;
    case 'unknown':
      return `❓ Nobody knows yet whether ${provider} cancelled the payment. It will be asked; nothing is sent again.`;
    case 'not_sent':
      return `🔁 ${provider} could not be reached and nothing left; it will be tried again.`;
  }
}

export function referenceText(reference: string): string {
  return `Reference: ${reference}`;
}

/** How a request stands, for its requester. @param finder who found that, where a person did. */
export function resultText({
  request,
  state,
  finder,
  isExpired,
}: {
  readonly request: string;
  readonly state: string;
  readonly finder: string | undefined;
  readonly isExpired: boolean;
}): string {
  const found = finder === undefined ? '' : ` Found by ${finder}.`;
  const expired = isExpired ? ' Nobody decided in time, and nothing was sent.' : '';
  return `Your request ${request}: ${state}.${found}${expired}`;
}
