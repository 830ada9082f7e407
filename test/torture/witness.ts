/** What the world around the record saw: what people did and were told, and what the provider counts. */

/** Something that a person did, whether or not they were told what came of it. */
export type Gesture = AboutPayments | AboutFreezes;

export interface AboutPayments {
  readonly person: string;
  readonly act: 'ask' | 'approve' | 'reject' | 'withdraw' | 'go_on' | 'stop';
  readonly account: string;
  /** Of a bulk all of them, a line each. */
  readonly payment: string;
}

export interface AboutFreezes {
  readonly person: string;
  readonly act: 'freeze' | 'lift';
  /** `all`, an account, or a person's id. Whoever lifts, lifts whatever stands. */
  readonly what: string;
}

/** What Slack told of a decision: proof that the app held it for recorded. */
export interface Told {
  /** C-1042, B-1001 or F-1 */
  readonly name: string;
  readonly person: string;
  /** Which act it was, or one of which it was, where the sentence does not say. */
  readonly acts: readonly Gesture['act'][];
  readonly counted: boolean;
}

export interface Witness {
  /** How many cancellations the provider itself counts. */
  effects(account: string, payment: string): number;
  readonly gestures: readonly Gesture[];
  readonly told: readonly Told[];
}

export function paymentsOf(gesture: Gesture): readonly string[] {
  return 'payment' in gesture ? gesture.payment.split('\n') : [];
}

/** Whether somebody did this, of a payment or of a bulk that has it. */
export function isAbout(
  gesture: Gesture,
  of: { readonly account: string; readonly payment: string },
): boolean {
  return 'payment' in gesture && gesture.account === of.account && paymentsOf(gesture).includes(of.payment);
}
