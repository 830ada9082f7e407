/** What stands in a channel or a thread, read back from Slack. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { InTurn } from './turns.ts';

const EVENT_TYPE = 'countersign_message';

const Written = z.object({
  ts: z.string(),
  /** `tombstone` is what Slack leaves of a deleted message that has replies. */
  subtype: z.string().optional(),
  metadata: z.unknown().optional(),
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
});
type Written = z.infer<typeof Written>;

const Metadata = z.object({
  event_type: z.literal(EVENT_TYPE),
  event_payload: z.object({ delivery: z.string() }),
});

/** Slack's answers when the app may not read there: an installation that lacks the scope, or a channel without it. */
const UNREADABLE = new Set(['missing_scope', 'not_in_channel', 'channel_not_found', 'unknown_method']);

/** What a message carries, so that it is recognised. */
export function metadataOf(delivery: string) {
  return { event_type: EVENT_TYPE, event_payload: { delivery } };
}

export function carries({ metadata }: Written, delivery: string): boolean {
  const parsed = Metadata.safeParse(metadata);
  return parsed.success && parsed.data.event_payload.delivery === delivery;
}

/** In seconds of Slack's clock. */
interface Window {
  readonly oldest: string;
  readonly latest: string;
}

/** Undefined when the app can't read there. A thread that is gone is empty. */
export type ReadMessages = (
  where: { readonly channel: string; readonly thread?: string },
  window?: Window,
) => Promise<readonly Written[] | undefined>;

export function createReadMessages(client: WebClient, inTurn: InTurn): ReadMessages {
  async function readPage(
    { channel, thread }: Parameters<ReadMessages>[0],
    more: Partial<Window & { cursor: string }>,
  ) {
    const asked = { channel, limit: 200, include_all_metadata: true, ...more };
    return thread === undefined
      ? inTurn('conversations.history', channel, () => client.conversations.history(asked))
      : inTurn('conversations.replies', channel, () =>
          client.conversations.replies({ ...asked, ts: thread }),
        );
  }

  return async (where, window) => {
    const found: Written[] = [];
    let cursor = '';
    try {
      do {
        const page = await readPage(where, { ...window, ...(cursor === '' ? {} : { cursor }) });
        found.push(...z.array(Written).parse(page.messages ?? []));
        cursor = page.response_metadata?.next_cursor ?? '';
      } while (cursor !== '');
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError)) throw error;
      if (error.data.error === 'thread_not_found') return [];
      if (UNREADABLE.has(error.data.error)) return undefined;
      throw error;
    }
    return found;
  };
}

/** When a message may have arrived that was posted then; the clocks of the database and of Slack differ a little. */
export function windowAround(begunAt: Date): Window {
  const second = begunAt.getTime() / 1000;
  return { oldest: String(second - 60), latest: String(second + 180) };
}

/** When the message itself was posted. */
export function windowOf(ts: string): Window {
  return { oldest: String(Number(ts) - 1), latest: String(Number(ts) + 1) };
}

export function isStanding({ subtype }: Written): boolean {
  return subtype !== 'tombstone';
}
