/** A request: what a person asks, frozen when it is made, and the state that decisions and outcomes give it. */
import type { Evidence } from './evidence.ts';
import { decimalText, type Money } from './money.ts';
import type { Person } from './person.ts';
import type { Rule } from './policy.ts';
import type { ProviderName, Target } from './provider.ts';

export const openStates = ['pending', 'approved', 'sending', 'accepted', 'unknown'] as const;
export const endStates = ['cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed'] as const;
export const states = [...openStates, ...endStates] as const;
export type State = (typeof states)[number];
export type EndState = (typeof endStates)[number];

/** Sent, and nobody knows yet what became of it. */
export const unsettledStates = ['unknown', 'accepted'] as const satisfies readonly State[];

/** Everything that an approver is shown and the digest covers. It never changes. */
export interface Frozen {
  readonly id: string;
  readonly account: string;
  readonly provider: ProviderName;
  /** The provider's reference of the payment. */
  readonly payment: string;
  readonly details: Readonly<Record<string, string>>;
  /** True when a part of the payment is to be cancelled. */
  readonly partial: boolean;
  /** What is to be cancelled, by the provider's word; null when nobody knows. */
  readonly amount: Money | null;
  readonly reason: string;
  /** The requester's ticket in another system: a link or a number. */
  readonly ticket: string | null;
  /** The id of the request of which this one is another try. */
  readonly follows: string | null;
  /** The id of the bulk of which this is one line. */
  readonly bulk: string | null;
  /** 16 random bytes in hex: the key of the commitments to the free text. Empty once that was erased. */
  readonly salt: string;
  readonly requester: Person;
  readonly requestedAt: Date;
  readonly deadline: Date;
  /** When the payment can't be cancelled any more; null when nothing is known to end that. */
  readonly closesAt: Date | null;
  readonly evidence: Evidence;
  readonly evidenceAt: Date;
  readonly rule: Rule;
  /** Our own id of this cancellation at the provider, made before anything is sent. */
  readonly key: string;
}

export interface Request extends Frozen {
  /** The short number that people say aloud: 1042 for C-1042. */
  readonly number: number;
  readonly digest: string;
  readonly state: State;
  /** Counts the changes of state, so that a message can tell whether it shows the latest. */
  readonly version: number;
}

export function isOpen(state: State): boolean {
  return openStates.some((open) => open === state);
}

export function isUnsettled(state: State): boolean {
  return unsettledStates.some((unsettled) => unsettled === state);
}

/** What was asked for, as the provider reads it from a form; a part is written out as its amount. */
export function targetOf({
  payment,
  details,
  partial,
  amount,
}: Pick<Request, 'payment' | 'details' | 'partial' | 'amount'>): Target {
  return { payment, details, part: partial && amount !== null ? decimalText(amount) : null };
}

/** Whether whoever still wants the cancellation has to ask anew: it ended, and nothing was cancelled. */
export function canBeAskedAgain(state: State): boolean {
  return !isOpen(state) && state !== 'cancelled';
}

/** The name that people use: `C-1042`. */
export function nameOf(request: Pick<Request, 'number'>): string {
  return `C-${request.number}`;
}

/** Reads `C-1042`, `c1042` or `1042`; undefined for anything else. */
export function readNumber(text: string): number | undefined {
  const digits = /^(?:c-?)?(\d{1,12})$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
