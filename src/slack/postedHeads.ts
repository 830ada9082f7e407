/** The record's heads as they stand in the finance channel, where the database's owner can't take them back. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PostedHead } from '../record/heads.ts';

/** A token that is no bot's has no `bot_id`, and must not pass for whoever has none either. */
const Us = z.object({ user_id: z.string(), bot_id: z.string() });

const History = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().optional(),
      bot_id: z.string().optional(),
      text: z.string().default(''),
      blocks: z.array(z.unknown()).default([]),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const HEAD = /record head (\d{1,15}):([0-9a-f]{64})/;

/** The newest first; only what the app itself posted. */
export async function* readPostedHeads(client: WebClient, channel: string): AsyncGenerator<PostedHead[]> {
  const us = Us.parse(await client.auth.test());
  let cursor: string | undefined;
  do {
    const given = await client.conversations.history({ channel, limit: 200, ...(cursor && { cursor }) });
    const { messages, response_metadata: more } = History.parse(given);
    yield messages
      .filter(({ user, bot_id: bot }) => user === us.user_id || bot === us.bot_id)
      .flatMap((message) => {
        const head = headIn(message);
        return head === undefined ? [] : [{ ...head, postedAt: new Date(Number(message.ts) * 1000) }];
      });
    cursor = more?.next_cursor;
  } while (cursor);
}

export function headIn({
  text,
  blocks,
}: {
  readonly text: string;
  readonly blocks: readonly unknown[];
}): Pick<PostedHead, 'seq' | 'hash'> | undefined {
  const [, seq, hash] = HEAD.exec(text) ?? HEAD.exec(JSON.stringify(blocks)) ?? [];
  if (seq === undefined || hash === undefined) return undefined;
  return { seq: BigInt(seq), hash: Buffer.from(hash, 'hex') };
}
