/** Deciding on a request: buttons, forms, and why a form has nothing to decide. */
import { A_PART } from './titles.ts';

export const decideLabels = {
  approve: 'Approve',
  reject: 'Reject',
  withdraw: 'Withdraw',
  note: 'Note for the record',
  confirm: 'I confirm this',
  confirmFirst: 'Without this your approval does not count.',
  commonReason: 'A common reason',
  whyNot: 'Why not?',
  sayWhyNot: 'Say why, so that the requester can learn from it.',
} as const;

/** What is rejected for most often. The text is what is recorded. */
export const commonReasons = [
  { value: 'wrong_payment', text: 'It is not the payment that is meant.' },
  { value: 'wrong_amount', text: 'It is too much or too little.' },
  { value: 'not_clear', text: 'The reason does not say enough.' },
  { value: 'not_agreed', text: 'It has to be cleared with the customer first.' },
  { value: 'other_way', text: 'It has to be solved in another way, such as a refund.' },
] as const;

export function approveTitle(name: string): string {
  return `Approve ${name}`;
}

export function rejectTitle(name: string): string {
  return `Reject ${name}`;
}

export function isSentText(provider: string): string {
  return `*This is sent to ${provider}, once, when the last approval is in:*`;
}

/** What is sent, in two lines. */
export function orderText(order: {
  readonly amount: string;
  readonly isPartial: boolean;
  readonly payment: string;
  readonly account: string;
}): string {
  const part = order.isPartial ? ` ${A_PART}` : '';
  return `Cancel *${order.amount}*${part}\nof payment ${order.payment} at ${order.account}`;
}

export function asksBecauseText(requester: string): string {
  return `${requester} asks, because:`;
}

export function saysNowText(provider: string): string {
  return `*${provider} says now:*`;
}

export function sameDigestText(digest: string): string {
  return `Digest ${digest}, as on the card`;
}

export function overText({ name, state }: { readonly name: string; readonly state: string }): string {
  return `${name} is not waiting for a decision any more: ${state}.`;
}

export function lapsedText(lapsed: {
  readonly name: string;
  readonly provider: string;
  readonly says: string;
}): string {
  return `${lapsed.name} lapsed, because ${lapsed.provider} now says something else: ${lapsed.says}`;
}
