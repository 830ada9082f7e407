/** Posts and edits the messages of a request. Nothing is retried here: the job that calls does that. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import type { Board } from '../usecases/ports.ts';
import { card, headline, type Message, type Setting } from './card.ts';
import { summaryMessage } from './summary.ts';
import { resultMessage, threadEntry } from './thread.ts';

/** What Slack says of a message that somebody deleted, or that is too old to be edited. */
const GONE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

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
      if (error instanceof WebAPIPlatformError && GONE.has(error.data.error)) return false;
      throw error;
    }
  }

  return {
    postHeadline: (story) => post(channels.approvals, headline(story)),
    editHeadline: (at, story) => edit(at, headline(story)),
    postCard: (at, story) => post(at.channel, card(story, setting), at.ts),
    editCard: (at, story) => edit(at, card(story, setting)),
    postToThread: (at, story, entry) => post(at.channel, threadEntry(story, entry), at.ts),
    async tellRequester(at, story) {
      const { permalink } = await client.chat.getPermalink({ channel: at.channel, message_ts: at.ts });
      return post(story.request.requester.user, resultMessage(story, permalink ?? ''));
    },
    postSummary: (figures) => post(channels.finance, summaryMessage(figures, setting.showTime)),
  };
}
