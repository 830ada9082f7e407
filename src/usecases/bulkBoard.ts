/** What the use cases of bulks need of Slack. */
import type { BulkFile } from '../domain/bulk.ts';
import type { BulkPart, BulkStory } from './bulkStory.ts';
import type { DraftView } from './draft.ts';
import type { Place } from './posting.ts';

export interface BulkBoard {
  /** @param headline what it hangs on; undefined for the headline itself. */
  postOfBulk(part: BulkPart, headline: Place | undefined, story: BulkStory, delivery: string): Promise<Place>;
  /** False when the message is gone. */
  editOfBulk(part: BulkPart, at: Place, story: BulkStory): Promise<boolean>;
  /** Puts a file into the thread. It may come twice: to find it again, Slack would have to be asked for every file. */
  shareOfBulk(file: BulkFile, headline: Place, story: BulkStory): Promise<void>;
  /** Says in the thread that a file could not be put there. */
  postLostFile(file: BulkFile, headline: Place, story: BulkStory, delivery: string): Promise<Place>;
  /** Undefined when Slack says that this person can't be written to. */
  tellBulkRequester(headline: Place, story: BulkStory): Promise<Place | undefined>;

  /** The direct message that shows how far a draft is. Undefined when this person can't be written to. */
  postDraft(view: DraftView): Promise<Place | undefined>;
  editDraft(at: Place, view: DraftView): Promise<boolean>;
  /** Puts the complete list of what can't be asked for below the draft's message. */
  shareFaults(at: Place, view: Extract<DraftView, { type: 'faulty' }>): Promise<void>;
}
