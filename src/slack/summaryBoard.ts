/** Posts and edits summaries, and brings their files. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { fortnightAlt } from '../chart/altText.ts';
import { detailText, detailTitle, PICTURE_TEXT, pictureTitle } from '../language/summaryFiles.ts';
import type { Figures } from '../domain/summary.ts';
import type { Place } from '../usecases/posting.ts';
import type { Board } from '../usecases/board.ts';
import type { SummaryFileBoard } from '../usecases/summaryFiles.ts';
import type { Message } from './card.ts';
import { createReadMessages, windowOf } from './history.ts';
import { headIn } from './postedHeads.ts';
import { summaryMessage } from './summary.ts';
import { detailCsv } from './summaryDetail.ts';
import type { ShowPicture } from './summaryPicture.ts';
import type { ShowTime } from './look.ts';
import type { InTurn } from './turns.ts';
import { createUploads } from './uploads.ts';

/** What Slack says of a picture that it can't show, or not yet, and of a message that it makes too long. */
const UNSHOWABLE = new Set(['invalid_blocks', 'msg_blocks_too_long']);

export function createSummaryBoard(
  client: WebClient,
  hands: {
    postInFinance(message: Message, delivery: string): Promise<Place>;
    edit(at: Place, message: Message): Promise<boolean>;
  },
  { showTime, showPicture }: { readonly showTime: ShowTime; readonly showPicture: ShowPicture },
  inTurn: InTurn,
): SummaryFileBoard & Pick<Board, 'postSummary' | 'editSummary'> {
  const uploads = createUploads(client, inTurn);
  const readMessages = createReadMessages(client, inTurn);

  /**
   * An edit must not take back what the message once said of the record: whoever can write to the database could have
   * the app do that for them.
   */
  async function refuseOtherHead({ channel, ts }: Place, { head }: Figures): Promise<void> {
    const written = await readMessages({ channel }, windowOf(ts));
    const message = written?.find((one) => one.ts === ts);
    const posted = message && headIn(message);
    const isSame = Number(posted?.seq) === head?.seq && posted?.hash.toString('hex') === head?.hash;
    if (posted !== undefined && !isSame)
      throw new Error(
        `a summary says head ${posted.seq}, and its row another: run countersign verify --slack`,
      );
  }

  return {
    postSummary: (summary, delivery) =>
      hands.postInFinance(summaryMessage(summary, showTime, showPicture), delivery),

    async editSummary(at, summary) {
      await refuseOtherHead(at, summary.figures);
      try {
        const stands = await hands.edit(at, summaryMessage(summary, showTime, showPicture));
        return stands ? 'shown' : 'gone';
      } catch (error) {
        const isUnshowable = error instanceof WebAPIPlatformError && UNSHOWABLE.has(error.data.error);
        if (summary.picture === null || !isUnshowable) throw error;
      }
      const stands = await hands.edit(
        at,
        summaryMessage({ ...summary, picture: null }, showTime, showPicture),
      );
      return stands ? 'without_picture' : 'gone';
    },

    async shareFile(content, figures, at, begin) {
      if (content.file === 'picture') {
        const { fortnight } = content;
        // Loaded when it is wanted: one process draws, and once a day.
        const { drawFortnight } = await import('../chart/picture.ts');
        const { toPngInThread } = await import('../chart/inThread.ts');
        const png = await toPngInThread(drawFortnight(fortnight));
        const slackId = await uploads.upload(`cancellations-${figures.last}.png`, png);
        await begin({ slackId, altText: fortnightAlt(fortnight) });
        await uploads.share(slackId, at, { title: pictureTitle(figures.last), comment: PICTURE_TEXT });
      } else {
        const { detail } = content;
        const csv = Buffer.from(detailCsv(detail.lines));
        const slackId = await uploads.upload(`requests-${figures.first}.csv`, csv);
        await begin({ slackId, altText: null });
        const { lines, of } = detail;
        const title = detailTitle(figures.first, figures.last);
        await uploads.share(slackId, at, { title, comment: detailText(lines.length, of) });
      }
    },
    lookAtUpload: (slackId, channel) => uploads.look(slackId, channel),
    removeUpload: (slackId) => uploads.remove(slackId),
  };
}
