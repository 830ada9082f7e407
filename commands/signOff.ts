/** "Reviewed" under a summary. */
import { signOffRefusalText, thanksText } from '../src/language/signOff.ts';
import { summaryTitle } from '../src/language/summary.ts';
import { ButtonClick, SummaryButton } from '../src/slack/payloads.ts';
import { signedOffLine } from '../src/slack/signOff.ts';
import { whisper } from '../src/slack/whisper.ts';
import type { Register } from './desk.ts';

export const registerSignOff: Register = (app, { usecases, showTime }) => {
  app.action('sign_off_summary', async ({ ack, body, client }) => {
    await ack();
    const { person, button, channel } = ButtonClick.parse(body);
    const signed = await usecases.signOffSummary(SummaryButton.parse(button), person);
    const title = summaryTitle(signed.figures);
    const told = signed.counts
      ? thanksText(title)
      : signOffRefusalText(signed.refusal, {
          title,
          groups: signed.reviewers,
          why: signed.why,
          signedOff: signed.signOff === null ? null : signedOffLine(signed.signOff, showTime),
        });
    await whisper(client, person.user, { channel, thread: null }, told);
  });
};
