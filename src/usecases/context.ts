/**
 * What is shown beside a request that waits for approval. It helps to judge the request and goes on changing, so it is
 * no part of what is approved: the digest does not cover it.
 */
import type { Money } from '../domain/money.ts';
import type { Person } from '../domain/person.ts';
import type { State } from '../domain/request.ts';
import type { Story } from './story.ts';

/** A person who says that they are looking at a request. */
export interface Watcher {
  readonly person: Person;
  readonly since: Date;
}

/** Requests for the same payment that came before, the newest first. */
export interface PastOfPayment {
  readonly named: readonly {
    readonly number: number;
    readonly state: State;
    readonly requester: Person;
    readonly requestedAt: Date;
  }[];
  /** How many there are besides. */
  readonly others: number;
  /** False when there are more than were counted. */
  readonly isAll: boolean;
}

/** What the requester asked for in the `LATELY_DAYS` before. */
export interface PastOfRequester {
  readonly requests: number;
  readonly cancelled: number;
  /** Of what was cancelled, one for each currency. */
  readonly sums: readonly Money[];
  /** How many were cancelled whose amount nobody knows. */
  readonly withoutAmount: number;
  /** As above. */
  readonly isAll: boolean;
}
export const LATELY_DAYS = 30;

export interface Context {
  readonly watchers: readonly Watcher[];
  readonly ofPayment: PastOfPayment;
  readonly ofRequester: PastOfRequester;
}

/** A request as it is shown: with its story, and with its context for as long as it waits. */
export interface Scene extends Story {
  readonly context: Context | null;
}
