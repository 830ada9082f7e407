/** What is wrong with what was asked: a sentence at the field that it is about. */
export const askFaults = {
  noReason: 'Say why the payment is to be cancelled.',
  unkeepableReason: 'The reason has a character that cannot be kept.',
  somebodyWasFaster: 'Someone else just asked for this payment; please try again.',
  partOfUnknown: 'The provider did not say how much the payment is, so no part can be cancelled.',
  amountUnknown: 'The provider could not be asked how much the payment is; please try again later.',
  nothingLeft: 'Nothing is left of this payment: earlier requests cancelled all of it.',
  partTooLarge: 'The part is larger than what is left of the payment.',
} as const;

export function noAccountText(account: string): string {
  return `There is no account called ${account}.`;
}

export function longReasonText({ length, max }: { readonly length: number; readonly max: number }): string {
  return `Keep the reason within ${max} characters; it has ${length}.`;
}

export function noAmountText(currency: string): string {
  return `Enter an amount in ${currency} such as 12.50.`;
}
