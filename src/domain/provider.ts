/** What a payment provider is to the rest of Countersign. Adapters in `providers/` implement this and nothing more. */
import type { Evidence } from './evidence.ts';
import type { Money } from './money.ts';

export const providerNames = ['paymentwall', 'payfull', 'tranzzo', 'sibs', 'freedompay'] as const;
export type ProviderName = (typeof providerNames)[number];

/** What is asked of a provider whose people decide on a ticket. */
export const ticketKinds = ['refund', 'recurring', 'other'] as const;
export type TicketKind = (typeof ticketKinds)[number];

/** One thing that the form asks about a payment. The name is the provider's own word. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly optional: boolean;
  /** What may be chosen, the first being the default; absent for free text. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

/** What is to be cancelled, in the provider's terms. Read from a person's input by the provider's `readTarget`. */
export interface Target {
  /** Names the payment within the account; one open request per account and payment. */
  readonly payment: string;
  /** What else the provider must be told, by field name, e.g. `{ ticket: '1' }`. */
  readonly details: Readonly<Record<string, string>>;
  /** Where a ticket is opened. */
  readonly ticketKind?: TicketKind;
  /** The amount text of a partial cancellation as the person typed it, or null for the whole payment. */
  readonly part: string | null;
}

export type ReadTarget =
  | { readonly ok: true; readonly target: Target }
  /** One sentence per faulty field, keyed by the field's name. */
  | { readonly ok: false; readonly faults: Readonly<Record<string, string>> };

/** What a look-up is about: the payment and, once something was sent, our cancellation of it. */
export interface Subject {
  readonly payment: string;
  readonly details: Readonly<Record<string, string>>;
  readonly key: string;
  /** Absent before anything was sent; afterwards the provider's own id of our cancellation, where it told one. */
  readonly sent?: { readonly reference: string | null };
}

/** What the provider is told to do: the frozen request, as far as it concerns the provider. */
export interface Order {
  /** Our own id of this cancellation at the provider: 1 to 32 of [a-z0-9], stored before anything is sent. */
  readonly key: string;
  readonly payment: string;
  readonly details: Readonly<Record<string, string>>;
  /** What to cancel: the whole that is left, or a part of it. Null when nobody knows the amount. */
  readonly amount: Money | null;
  readonly reason: string;
  /** What the provider said when the request was made. */
  readonly evidence: Evidence;
}

/** What is known of one attempt. Only words that the adapter knows make it anything but `unknown`. */
export type Outcome =
  /** `reference` is the provider's own id of the cancellation, where it has one. */
  | { readonly type: 'cancelled'; readonly reference: string | null; readonly says: string }
  | { readonly type: 'accepted'; readonly reference: string | null; readonly says: string }
  /** The provider said no and nothing happened. `says` is one sentence with the remedy, for a person. */
  | { readonly type: 'refused'; readonly code: string; readonly says: string }
  | { readonly type: 'unknown'; readonly says: string }
  /** The call surely never left: the only case in which it may be repeated by itself. */
  | { readonly type: 'not_sent'; readonly says: string };

/** A web-hook as it came, before anything is believed of it. */
export interface RawWebhook {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an authentic web-hook means for cancellations. */
export interface Notice {
  /** The same for every repeat of the same event, so that a repeat has no effect. At most 200 characters. */
  readonly id: string;
  /** The payment as `Target.payment` names it; null when the notice is about none. */
  readonly payment: string | null;
  /** Our own id of a cancellation (`Order.key`), where the notice names that instead of the payment. */
  readonly key?: string;
  /** `cancelled`: the provider cancelled or paid back. `look_up`: something happened, so ask. `nothing`: not ours. */
  readonly meaning: 'cancelled' | 'look_up' | 'nothing';
  /** Another name of the payment by which it may have been asked for; a request of that name is only looked up. */
  readonly alias?: string;
  /** What a request must have asked for to be settled by this; for any other it is only a reason to look. */
  readonly details?: Readonly<Record<string, string>>;
  /** The provider's own id of the cancellation, where it tells one. */
  readonly reference: string | null;
  /** One plain sentence for people. */
  readonly says: string;
}

export type ReadWebhook =
  /** `reply` is what the provider wants to read, or it sends the notice again. */
  | { readonly authentic: true; readonly notice: Notice; readonly reply: WebhookReply }
  | { readonly authentic: false; readonly why: string };

export interface WebhookReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Whether the provider takes the account's credentials, as far as a call without an effect shows it. */
export type Access =
  | { readonly granted: 'yes' }
  /** `says` is one sentence with the remedy, for the operator. */
  | { readonly granted: 'no' | 'cannot_tell'; readonly says: string };

export interface Provider {
  readonly name: ProviderName;
  readonly fields: readonly Field[];
  /** True where the provider offers no look-up, so that it is no failure when one tells nothing. */
  readonly isMute?: boolean;
  /** What it can be asked for, where a ticket is opened. */
  readonly ticketKinds?: readonly TicketKind[];
  /** True where the provider must be told the amount, so that a request without a known amount can't be made. */
  readonly needsAmount: boolean;
  /** For how many seconds after an attempt a look-up can bring news; from then on a person has to look. */
  readonly horizonSeconds: number;
  /** Reads what a person filled in. Values come trimmed; a field left empty is absent. */
  readTarget(input: Readonly<Record<string, string>>): ReadTarget;
  /** The way back: what a person fills in to ask for this target, by the names of the fields. */
  fillIn(target: Target): Readonly<Record<string, string>>;
  /** Asks what the provider says of the payment now. Has no effect there and may be repeated. */
  lookUp(subject: Subject): Promise<Evidence>;
  /** Asks for something that there is not, to see whether the account is let in. Has no effect there and may be repeated. */
  tryAccess(): Promise<Access>;
  /** Verifies and reads what came to the account's web-hook address. */
  readWebhook(raw: RawWebhook): ReadWebhook;
  /** Sends the signed request, once. Never throws for anything that the network or the provider did. */
  cancel(order: Order): Promise<Outcome>;
}
