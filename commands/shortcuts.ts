/** The shortcuts: "Cancel a payment" anywhere, and "Cancel this payment" on a message that names one. */
import type { WebClient } from '@slack/web-api';
import { hasCardNumber } from '../src/domain/cardNumber.ts';
import { fromMessageText } from '../src/language/shortcut.ts';
import { cut } from '../src/slack/inert.ts';
import { readMessageText } from '../src/slack/messageText.ts';
import { MessageShortcut, Wish } from '../src/slack/payloads.ts';
import { openAskForm } from './ask.ts';
import type { Register } from './desk.ts';
import { inTime } from './inTime.ts';

/** What only makes the form more comfortable; it waits for who could approve, too, and has to be opened in time. */
const KNOWN_WITHIN_MS = 700;
const QUOTE_MAX = 300;

export const registerShortcuts: Register = (app, desk) => {
  app.shortcut('cancel_this_payment', async ({ ack, body, client }) => {
    await ack();
    const { trigger, person, channel, ts, message } = MessageShortcut.parse(body);
    const text = readMessageText(message);
    const [recognised, link] = await Promise.all([
      inTime(
        desk.usecases.recognisePayment(text).catch(() => undefined),
        KNOWN_WITHIN_MS,
      ),
      inTime(
        linkTo(client, channel, ts).catch(() => undefined),
        KNOWN_WITHIN_MS,
      ),
    ]);
    const quote = hasCardNumber(text) ? '' : cut(text.replaceAll(/\s+/g, ' ').trim(), QUOTE_MAX);
    await openAskForm(client, { trigger, person }, desk, recognised?.account, {
      reference: recognised?.reference ?? '',
      reason: fromMessageText({ quote, link }),
    });
  });

  app.shortcut('cancel_a_payment', async ({ ack, body, client }) => {
    await ack();
    await openAskForm(client, Wish.parse(body), desk, undefined, { reference: '', reason: '' });
  });
};

/** Slack tells no link to a message of a channel that the app is not in. */
async function linkTo(client: WebClient, channel: string, ts: string): Promise<string | undefined> {
  return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
}
