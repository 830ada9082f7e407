/** What the use cases have written into Slack. */
import type { Notice } from '../domain/provider.ts';
import type { Reminder } from '../domain/reminders.ts';
import type { BulkBoard } from './bulkBoard.ts';
import type { Scene } from './context.ts';
import type { Entry } from './entries.ts';
import type { FreezeBoard } from './freezes.ts';
import type { Home } from './home.ts';
import type { Delivery, Place, Where } from './posting.ts';
import type { Shortage } from './shortage.ts';
import type { Summary } from './summaries.ts';
import type { SummaryFileBoard } from './summaryFiles.ts';
import type { Story } from './story.ts';

/**
 * The Slack messages of a request. An edit is false when the message is gone. `delivery` is the id of a post, by which
 * `findPosted` recognises it. What has to wait for its turn is thrown as `Later`.
 */
export interface Board extends BulkBoard, FreezeBoard, SummaryFileBoard {
  postHeadline(scene: Scene, delivery: string): Promise<Place>;
  editHeadline(at: Place, scene: Scene): Promise<boolean>;
  postCard(headline: Place, scene: Scene, delivery: string): Promise<Place>;
  editCard(at: Place, scene: Scene): Promise<boolean>;
  postToThread(headline: Place, story: Story, entry: Entry, delivery: string): Promise<Place>;
  editInThread(at: Place, story: Story, entry: Entry): Promise<boolean>;
  /** Calls those who may record what they find at the provider. */
  postCall(headline: Place, story: Story, delivery: string): Promise<Place>;
  editCall(at: Place, story: Story): Promise<boolean>;
  /** Pings, in the thread, those who leave the request waiting. */
  postReminder(headline: Place, reminder: Reminder, story: Story, delivery: string): Promise<Place>;
  editReminder(at: Place, reminder: Reminder, story: Story): Promise<boolean>;
  /** Undefined when Slack says that this person can't be written to. */
  tellRequester(headline: Place, story: Story): Promise<Place | undefined>;
  postSummary(summary: Summary, delivery: string): Promise<Place>;
  /** Without the picture, where Slack can't show that, or not yet. */
  editSummary(at: Place, summary: Summary): Promise<'shown' | 'without_picture' | 'gone'>;
  /** @throws when Slack can't be reached */
  checkReachable(): Promise<void>;
  postAlarm(account: string, notice: Notice, delivery: string): Promise<Place>;
  postShortage(shortage: Shortage, delivery: string): Promise<Place>;
  /** The message of a post whose answer was lost; undefined when it did not arrive, or can't be looked for. */
  findPosted(delivery: Delivery, where: Where): Promise<Place | undefined>;
  /** Which messages stand in a thread, its headline among them; undefined when that can't be seen. */
  selectStanding(headline: Place): Promise<ReadonlySet<string> | undefined>;
  /** Does nothing when the message is gone. */
  remove(at: Place): Promise<void>;
  /** Undefined when the message is gone. */
  linkTo(at: Place): Promise<string | undefined>;
  /**
   * Shows a person their Home as it stood at that time, if Slack shows the one with this hash; null is for any. Gives
   * the new hash, or null when Slack told none; undefined when it shows another.
   */
  publishHome(
    user: string,
    home: Home,
    at: Date,
    hash: string | null,
  ): Promise<{ readonly hash: string | null } | undefined>;
}
