/** The parts of the record and of Slack that are about freezes. */
import type { Freeze, TriedFreeze, TriedLift } from '../domain/freeze.ts';
import type { Request } from '../domain/request.ts';
import type { Place } from './posting.ts';

export interface Freezes {
  /**
   * Until the transaction ends, no freeze comes or goes. To be called before a request is locked.
   * @param alone for whoever is about to change that.
   */
  lockFreezes(options?: { readonly alone: true }): Promise<void>;
  /** Those that stand, the oldest first. @param since those too that were lifted later than this. */
  selectFreezes(since?: Date): Promise<readonly Freeze[]>;
  selectFreeze(id: string): Promise<Freeze>;
  selectOptionalFreeze(number: number): Promise<Freeze | undefined>;
  /** To be called with the freezes locked alone, as the next. */
  insertFreeze(freeze: TriedFreeze): Promise<void>;
  insertLift(lift: TriedLift): Promise<void>;
  /** Remembers how much of a freeze the requests that it stops were brought to show; false when they were before. */
  markFreezeAnnounced(id: string, version: number): Promise<boolean>;
  /** Counts a new version of every request that waits and that the freeze stops, or stopped until now. */
  touchStopped(freeze: Freeze): Promise<readonly Pick<Request, 'id' | 'state'>[]>;
  /** Their lines are not among those. */
  selectStoppedBulks(freeze: Freeze): Promise<readonly string[]>;
}

/** The message that tells of a freeze. An edit is false when it is gone. */
export interface FreezeBoard {
  postFreeze(freeze: Freeze, delivery: string): Promise<Place>;
  editFreeze(at: Place, freeze: Freeze): Promise<boolean>;
}
