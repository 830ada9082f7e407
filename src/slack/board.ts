/** Posts and edits the messages of a request. Nothing is retried here: the job that calls does that. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import type { Board, Decision, Finding, Story } from '../usecases/ports.ts';
import { card, headline, type Message, type Setting } from './card.ts';
import { alarmMessage } from './alarm.ts';
import { summaryMessage } from './summary.ts';
import { approvalEntry, resultMessage, threadEntry } from './thread.ts';

/** What Slack says of a message that somebody deleted, or that is too old to be edited. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** What Slack says of a person whom the app can't write to, now or later. */
const UNREACHABLE = new Set([
  'channel_not_found',
  'user_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
]);

function isPlatformError(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof WebAPIPlatformError && codes.has(error.data.error);
}

export interface Channels {
  readonly approvals: string;
  readonly finance: string;
}

/** @param client one that does not retry by itself: a post that timed out may have been made. */
export function createBoard(client: WebClient, channels: Channels, setting: Setting): Board {
  async function post(
    channel: string,
    message: Message,
    thread?: string,
  ): Promise<{ channel: string; ts: string }> {
    const posted = await client.chat.postMessage({
      channel,
      ...message,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      unfurl_links: false,
      unfurl_media: false,
    });
    // For a person, Slack answers with the conversation that it opened.
    if (posted.ts === undefined || posted.channel === undefined)
      throw new Error('Slack did not say where it posted');
    return { channel: posted.channel, ts: posted.ts };
  }

  async function edit({ channel, ts }: { channel: string; ts: string }, message: Message): Promise<boolean> {
    try {
      await client.chat.update({ channel, ts, ...message });
      return true;
    } catch (error) {
      if (isPlatformError(error, GONE)) return false;
      throw error;
    }
  }

  function entryMessage(story: Story, entry: Decision | Finding): Message {
    return 'act' in entry && entry.act === 'approve'
      ? approvalEntry(story, entry, setting)
      : threadEntry(story, entry);
  }

  /** Undefined when the message is gone. */
  async function linkTo({ channel, ts }: { channel: string; ts: string }): Promise<string | undefined> {
    try {
      return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
    } catch (error) {
      if (isPlatformError(error, GONE)) return undefined;
      throw error;
    }
  }

  return {
    postHeadline: (story) => post(channels.approvals, headline(story)),
    editHeadline: (at, story) => edit(at, headline(story)),
    postCard: (at, story) => post(at.channel, card(story, setting), at.ts),
    editCard: (at, story) => edit(at, card(story, setting)),
    postToThread: (at, story, entry) => post(at.channel, entryMessage(story, entry), at.ts),
    editInThread: (at, story, entry) => edit(at, entryMessage(story, entry)),
    async tellRequester(at, story) {
      try {
        const link = await linkTo(at);
        return await post(story.request.requester.user, resultMessage(story, link));
      } catch (error) {
        if (isPlatformError(error, UNREACHABLE)) return undefined;
        throw error;
      }
    },
    postAlarm: (account, notice) => post(channels.finance, alarmMessage(account, notice)),
    postSummary: (figures, head) => post(channels.finance, summaryMessage(figures, setting.showTime, head)),
  };
}
