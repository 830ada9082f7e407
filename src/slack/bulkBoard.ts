/** Posts and edits the messages of bulks and drafts, with the hands of the board. */
import type { WebClient } from '@slack/web-api';
import { bulkNameOf } from '../domain/bulk.ts';
import { BULK_EXPIRED } from '../language/bulkCourse.ts';
import { FAULTS_TITLE, fileText, fileTitle, lostFileText } from '../language/bulkFiles.ts';
import type { BulkBoard } from '../usecases/bulkBoard.ts';
import type { BulkPart, BulkStory } from '../usecases/bulkStory.ts';
import type { Place } from '../usecases/posting.ts';
import { section } from './blocks.ts';
import { bulkCard, bulkHeadline } from './bulkCard.ts';
import { faultsFile, fileOfBulk } from './bulkFiles.ts';
import { bulkActMessage, bulkCallMessage, bulkResultMessage, progressMessage } from './bulkThread.ts';
import type { Message, Setting } from './card.ts';
import { draftMessage } from './draftMessage.ts';
import { shareFile } from './files.ts';
import { mention } from './look.ts';
import { say } from './passages.ts';
import { bulkReminderMessage } from './reminder.ts';
import type { InTurn } from './turns.ts';

/** What the board can do with any message. */
export interface Hands {
  postInApprovals(message: Message, delivery: string): Promise<Place>;
  reply(headline: Place, message: Message, delivery: string): Promise<Place>;
  edit(at: Place, message: Message): Promise<boolean>;
  /** Undefined when Slack says that this person can't be written to. */
  tell(user: string, message: Message): Promise<Place | undefined>;
  linkTo(at: Place): Promise<string | undefined>;
}

export function createBulkBoard(
  client: WebClient,
  hands: Hands,
  settingOf: (story: BulkStory) => Promise<Setting>,
  inTurn: InTurn,
): BulkBoard {
  async function messageOf(part: BulkPart, story: BulkStory): Promise<Message> {
    switch (part.type) {
      case 'headline':
        return bulkHeadline(story);
      case 'card':
        return bulkCard(story, await settingOf(story));
      case 'act':
        return bulkActMessage(story, part.act, await settingOf(story));
      case 'progress':
        return progressMessage(story);
      case 'call':
        return bulkCallMessage(story, await settingOf(story));
      case 'expiry':
        return say(BULK_EXPIRED);
      case 'reminder':
        return bulkReminderMessage(part.reminder, story, await settingOf(story));
    }
  }

  return {
    async postOfBulk(part, headline, story, delivery) {
      const message = await messageOf(part, story);
      return headline === undefined
        ? hands.postInApprovals(message, delivery)
        : hands.reply(headline, message, delivery);
    },
    editOfBulk: async (part, at, story) => hands.edit(at, await messageOf(part, story)),

    async shareOfBulk(file, headline, story) {
      const name = bulkNameOf(story.bulk);
      const told = { title: fileTitle(file, name), comment: fileText(file, name) };
      await inTurn('files.completeUploadExternal', headline.channel, () =>
        shareFile(client, headline, fileOfBulk(file, story), told),
      );
    },
    postLostFile(file, headline, { bulk }, delivery) {
      const text = lostFileText(file, { name: bulkNameOf(bulk), requester: mention(bulk.requester) });
      return hands.reply(headline, { text, blocks: [section(text)] }, delivery);
    },
    async tellBulkRequester(headline, story) {
      const link = await hands.linkTo(headline);
      return hands.tell(story.bulk.requester.user, bulkResultMessage(story, link));
    },

    postDraft: (view) => hands.tell(view.draft.requester.user, draftMessage(view)),
    editDraft: (at, view) => hands.edit(at, draftMessage(view)),
    async shareFaults({ channel }, { faults }) {
      await inTurn('files.completeUploadExternal', channel, () =>
        shareFile(client, { channel }, faultsFile(faults), { title: FAULTS_TITLE }),
      );
    },
  };
}
