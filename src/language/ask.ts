/** Asking for a cancellation: the forms, and what came of it. */
export const askLabels = {
  title: 'Cancel a payment',
  next: 'Next',
  submit: 'Ask for approval',
  account: 'Account',
  whichAccount: 'Which account took the payment?',
  chooseAccount: 'Choose an account.',
  reason: 'Reason',
  reasonHint: 'The second person and the auditors will read it.',
} as const;

export function madeText(name: string): string {
  return `${name} is in the approvals channel now and waits for a second person.`;
}

export function alreadyOpenText(open: {
  readonly name: string;
  readonly requester: string;
  readonly state: string;
}): string {
  return `${open.requester} asked for this payment already: ${open.name} is “${open.state}”. No second request was made.`;
}

export function notCancellableText(says: string): string {
  return `This payment can't be cancelled, so no request was made. ${says}`;
}

export function closedText(at: string): string {
  return `This payment could be cancelled until ${at} only, so no request was made; refund it instead.`;
}

export function notMadeYetText(faults: readonly string[]): string {
  return `No request was made yet. ${faults.join(' ')}`;
}
