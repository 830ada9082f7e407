/** A time of day by the clocks of one place: from one hour until another, which may be past midnight. */
export interface Hours {
  /** `20:00`; belongs to it. */
  readonly from: string;
  /** `08:00`; does not belong to it any more. */
  readonly until: string;
  readonly zone: string;
}

/** @param time what a clock on the wall shows there: so it holds on the days too on which clocks are put forward or back. */
export function isWithin({ from, until }: Hours, time: string): boolean {
  return from < until ? from <= time && time < until : from <= time || time < until;
}
