/** What is recorded of a request, as the use cases and Slack see it. */
import type { Act, Approval, Refusal } from '../domain/decide.ts';
import type { Find } from '../domain/find.ts';
import type { Freeze } from '../domain/freeze.ts';
import type { Person } from '../domain/person.ts';
import type { Outcome } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import type { Place } from './posting.ts';

/** A row of the record: what someone tried on a request, or what the clock or the provider's word decided. */
export interface Decision {
  readonly id: string;
  readonly act: Act['type'] | Find['type'] | 'expire' | 'lapse';
  /** Null for the acts that no person does. */
  readonly person: Person | null;
  readonly groups: readonly string[];
  readonly saw: string | null;
  readonly note: string | null;
  readonly decidedAt: Date;
  readonly refusal: Refusal | null;
}
export type NewDecision = Omit<Decision, 'id'>;

/** Somebody who was turned away before there was a request. */
export interface RefusedAsk {
  readonly account: string;
  readonly payment: string;
  readonly person: Person;
  readonly why: 'not_live' | 'not_an_asker' | 'nobody_approves';
  readonly refusedAt: Date;
}

export interface Attempt {
  readonly id: string;
  readonly request: string;
  readonly n: number;
  readonly startedAt: Date;
}

/** What was learnt of an attempt, and how. */
export interface Finding {
  readonly id: string;
  readonly source: 'answer' | 'look_up' | 'interruption' | 'web_hook' | 'person';
  readonly outcome: Outcome;
  readonly learntAt: Date;
}

/** A message of a request, and the version of the request that it shows. */
export interface Posted extends Place {
  readonly kind: string;
  readonly version: number;
  /** Counts what was done to it. */
  readonly edition: number;
  /** How long ago an edit was begun whose answer was never recorded; null when there is none. */
  readonly editingForMs: number | null;
  /** When it was last looked for; kept up for headlines, which stand for their threads. */
  readonly seenAt: Date;
}

/** A message as it is about to be remembered. */
export type Unposted = Pick<Posted, 'kind' | 'channel' | 'ts' | 'version'>;

interface Said {
  readonly says: string;
  readonly at: Date;
}

/** What a look-up brought. */
export interface Answer extends Said {
  /** False where the provider gave no answer, or none that says how the payment stands. */
  readonly isUsable: boolean;
}

/** How far asking the provider about an unsettled request has come. */
export interface LookUps {
  /** Null before the first answer. */
  readonly last: Said | null;
  /** Since when nothing more is to be learnt by asking. */
  readonly endedAt: Date | null;
}

/** A request with what was done to it, and what came of that. */
export interface Course {
  readonly request: Request;
  readonly decisions: readonly Decision[];
  readonly findings: readonly Finding[];
  readonly approvals: readonly Approval[];
  readonly lookUps: LookUps;
  /** The freezes that stand, the oldest first, whether they stop this request or not. */
  readonly standing: readonly Freeze[];
}

/** The request that another one follows, and how it ended. */
export interface Earlier extends Pick<Course, 'request' | 'decisions' | 'findings'> {
  /** How many came before it, each followed by the next. */
  readonly before: number;
}

/** A request that is another try of this one. */
export type Follower = Pick<Request, 'id' | 'number' | 'requester' | 'requestedAt'>;

/** A request with everything that its thread tells. */
export interface Story extends Course {
  /** Null for a request that follows none. */
  readonly earlier: Earlier | null;
  /** The oldest first. */
  readonly followers: readonly Follower[];
  /** The version of the request that Slack shows. */
  readonly announced: number;
}
