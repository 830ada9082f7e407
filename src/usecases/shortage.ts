/** A group in which too few people are left, so that some tiers can't be approved by anybody. */
export interface Shortage {
  readonly id: string;
  readonly group: string;
  /** What the tiers are called. */
  readonly tiers: readonly string[];
  /** Null as long as it lasts. */
  readonly endedAt: Date | null;
}
