/** What one person alone is told: where they are if Slack can show it there, else directly. */
import type { WebClient } from '@slack/web-api';
import type { Message } from './card.ts';

export interface Place {
  readonly channel: string | null;
  readonly thread: string | null;
}

export async function whisper(
  client: WebClient,
  user: string,
  at: Place,
  said: string | Message,
): Promise<void> {
  const message = typeof said === 'string' ? { text: said } : said;
  if (at.channel !== null && at.channel !== '') {
    try {
      await client.chat.postEphemeral({
        channel: at.channel,
        user,
        ...message,
        ...(at.thread === null ? {} : { thread_ts: at.thread }),
      });
      return;
    } catch {
      // The app or the person is not in that channel, so the direct message below is the way.
    }
  }
  await client.chat.postMessage({ channel: user, ...message, unfurl_links: false, unfurl_media: false });
}
