/** The shortcuts: "Cancel a payment" anywhere, and "Cancel this payment" on a message that names one. */
import { setTimeout } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { fromMessageText } from '../src/language/shortcut.ts';
import { cut } from '../src/slack/inert.ts';
import { readMessageText } from '../src/slack/messageText.ts';
import { MessageShortcut, Wish } from '../src/slack/payloads.ts';
import { openAskForm } from './ask.ts';
import type { Register } from './desk.ts';

/** A form has to be opened within the three seconds that its trigger lasts, whatever is known by then. */
const KNOWN_WITHIN_MS = 1500;
const QUOTE_MAX = 300;

export const registerShortcuts: Register = (app, desk) => {
  app.shortcut('cancel_this_payment', async ({ ack, body, client }) => {
    await ack();
    const { trigger, channel, ts, message } = MessageShortcut.parse(body);
    const text = readMessageText(message);
    const [recognised, link] = await Promise.all([
      inTime(desk.usecases.recognisePayment(text)),
      inTime(linkTo(client, channel, ts)),
    ]);
    const quote = cut(text.replaceAll(/\s+/g, ' ').trim(), QUOTE_MAX);
    await openAskForm(client, trigger, desk, recognised?.account, {
      reference: recognised?.reference ?? '',
      reason: fromMessageText({ quote, link }),
    });
  });

  app.shortcut('cancel_a_payment', async ({ ack, body, client }) => {
    await ack();
    await openAskForm(client, Wish.parse(body).trigger, desk, undefined, { reference: '', reason: '' });
  });
};

/** What only makes the form more comfortable must not keep it from opening. */
async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  const inCase = work.catch(() => undefined);
  return Promise.race([inCase, setTimeout(KNOWN_WITHIN_MS, undefined, { ref: false })]);
}

/** Slack tells no link to a message of a channel that the app is not in. */
async function linkTo(client: WebClient, channel: string, ts: string): Promise<string | undefined> {
  return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
}
