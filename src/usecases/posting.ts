/** The words for what is posted to Slack: where it stands, what is on its way, and when it is its turn. */

/** Where a message stands. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** A channel, or the thread of a message. */
export type Where = 'approvals' | 'finance' | Place;

/** A post whose answer is not recorded yet. */
export interface Delivery {
  /** Recognises the message. */
  readonly id: string;
  readonly begunAt: Date;
  readonly ageMs: number;
}

/** One call every so often in the long run, and `burst` at once after a rest. */
export interface Pace {
  readonly everyMs: number;
  readonly burst: number;
}

/** Turns of what goes by a name, for all processes together. */
export interface Turns {
  /**
   * The next turn, if it comes within the patience; it is taken then, whether it is used or not. Of what is not counted
   * (`everyMs` 0) none is taken, and a hold that another process was told of is heeded a moment later.
   */
  take(name: string, pace: Pace, patienceMs: number): Promise<{ isMine: boolean; waitMs: number }>;
  /** Gives no turn for so long. */
  hold(name: string, pace: Pace, ms: number): Promise<void>;
  /** How long no turn may be used yet, also none that was taken before it was held; 0 when it may. */
  heldForMs(name: string): Promise<number>;
}
