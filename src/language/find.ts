/** When nothing more is to be learnt by asking: the call for a person, and the form for what they found. */
export const findLabels = {
  open: 'Record what you found',
  waiting: 'What became of it',
  submit: 'Record',
  found: 'What did you find?',
  cancelled: 'It was cancelled',
  notCancelled: 'It was not cancelled, and nothing is under way',
  reference: 'Reference of the cancellation',
  note: 'Where did you look, and what does it say there?',
  consequence:
    'Either answer ends the request, and nothing is sent again. If it was not cancelled, whoever still wants ' +
    'that asks anew, for fresh evidence and fresh approvals.',
} as const;

export const findFaults = {
  needlessReference: 'What was not cancelled has no such reference; put it into the note.',
  noReference: 'A reference is up to 100 letters, digits and ._:#/- signs.',
  noNote: 'Say where you looked and what it says there.',
} as const;

export function findTitle(name: string): string {
  return `What became of ${name}`;
}

export function lookThereText(payment: {
  readonly payment: string;
  readonly account: string;
  readonly provider: string;
}): string {
  return `Look at payment ${payment.payment} at ${payment.account} with ${payment.provider} itself, now.`;
}

export function notAskedText(provider: string): string {
  return `${provider} has not been asked yet what became of it.`;
}

export function saidLastText({ provider, at }: { readonly provider: string; readonly at: string }): string {
  return `*${provider} said last*, at ${at}:`;
}

export function referenceHint(provider: string): string {
  return `The id that ${provider} gave the cancellation, if it shows one.`;
}

export function stillUnknownText(provider: string): string {
  return `❓ ${provider} was asked for as long as it could have had an answer, and it is still not known what became of this.`;
}

/** Goes on from `stillUnknownText`. */
export function itSaidLastText(at: string): string {
  return `It said last, at ${at}:`;
}

/** @param people mentions, so that Slack tells them. */
export function callToLookText(people: readonly string[]): string {
  return people.length === 0
    ? 'Nobody is left in the groups that may look at the provider and settle it.'
    : `${people.join(' ')} please look at the provider and record what you found. Nothing is sent again.`;
}
