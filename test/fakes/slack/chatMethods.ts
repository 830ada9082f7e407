/** The `chat.*` methods. */
import { z } from 'zod';
import { type Message, toWire } from './conversations.ts';
import { countCharacters } from './elements.ts';
import { readMessageBlocks } from './limits.ts';
import { flag, jsonText, type Method, method } from './method.ts';
import { read, Refusal } from './refusal.ts';
import { APP, type Workspace } from './workspace.ts';

const LONGEST_TEXT = 40_000;
// Slack refuses with `metadata_too_large` at a number it does not publish.
const LARGEST_METADATA = 4000;

const content = {
  channel: z.string(),
  text: z.string().optional(),
  blocks: jsonText.optional(),
  link_names: flag,
  parse: z.enum(['none', 'full']).optional(),
};
const unfurls = { unfurl_links: flag, unfurl_media: flag, mrkdwn: flag };

const Metadata = z.strictObject({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

/** What an app writes: the `text` and `blocks` of a message, within Slack's limits. */
export function readContent(given: {
  text?: string | undefined;
  blocks?: unknown;
}): Pick<Message, 'text' | 'blocks'> {
  const blocks = given.blocks === undefined ? [] : readMessageBlocks(given.blocks);
  const text = given.text ?? '';
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  if (countCharacters(text) > LONGEST_TEXT) throw new Refusal('msg_too_long');
  return { text, blocks };
}

function readMetadata(given: unknown): Pick<Message, 'metadata'> {
  if (given === undefined) return {};
  if (JSON.stringify(given).length > LARGEST_METADATA) throw new Refusal('metadata_too_large');
  return { metadata: read(Metadata, given, 'invalid_metadata_format', '/metadata') };
}

export function createChatMethods({
  conversations,
  people,
  files,
}: Workspace): Readonly<Record<string, Method>> {
  /** The channel, if the app may write there. A user's id means the direct messages with that user. */
  function openForApp(where: string) {
    if (people.users.has(where)) return conversations.openDirect(people.find(where).id);
    const channel = conversations.selectChannel(where);
    if (channel.isArchived) throw new Refusal('is_archived');
    if (channel.directWith === undefined && !channel.members.has(APP.user)) {
      throw new Refusal(channel.isPrivate ? 'channel_not_found' : 'not_in_channel');
    }
    return channel;
  }

  /** Replies hang on a thread's first message, never on another reply. */
  function threadIn(channel: string, ts: string | undefined): Pick<Message, 'thread_ts'> {
    if (ts === undefined) return {};
    const parent = conversations.messages.find((message) => message.channel === channel && message.ts === ts);
    const isReply = parent?.thread_ts !== undefined && parent.thread_ts !== parent.ts;
    if (parent === undefined || isReply || parent.ephemeralTo !== undefined)
      throw new Refusal('thread_not_found');
    return { thread_ts: ts };
  }

  /** As `readContent`, with the app's own files as pictures. */
  function readShown(given: Parameters<typeof readContent>[0]): ReturnType<typeof readContent> {
    const written = readContent(given);
    for (const block of written.blocks)
      if (block.type === 'image' && block.slack_file !== undefined) files.show(block.slack_file.id ?? '');
    return written;
  }

  function ownMessage(where: string, ts: string, otherwise: string): Message {
    const message = conversations.select(openForApp(where).id, ts);
    if (message.bot_id !== APP.bot) throw new Refusal(otherwise);
    return message;
  }

  const author = { user: APP.user, bot_id: APP.bot, app_id: APP.id };

  return {
    'chat.postMessage': method(
      'chat:write',
      z.strictObject({
        ...content,
        ...unfurls,
        thread_ts: z.string().optional(),
        reply_broadcast: flag,
        metadata: jsonText.optional(),
      }),
      ({ channel: where, thread_ts, reply_broadcast, metadata, ...given }) => {
        const channel = openForApp(where).id;
        const message = conversations.post({
          channel,
          ...author,
          ...readShown(given),
          ...threadIn(channel, thread_ts),
          ...(reply_broadcast === true ? { reply_broadcast } : {}),
          ...readMetadata(metadata),
        });
        return { channel, ts: message.ts, message: toWire(message) };
      },
    ),

    'chat.update': method(
      'chat:write',
      z.strictObject({ ...content, ts: z.string(), metadata: jsonText.optional(), reply_broadcast: flag }),
      ({ channel: where, ts, metadata, ...given }) => {
        const message = ownMessage(where, ts, 'cant_update_message');
        // Without blocks the message has none afterwards: text alone deletes them.
        const changed = conversations.replace(message, {
          ...readShown(given),
          ...readMetadata(metadata),
          edited: { user: APP.user, ts: message.ts },
        });
        return { channel: message.channel, ts, text: changed.text, message: toWire(changed) };
      },
    ),

    'chat.delete': method('chat:write', z.strictObject({ channel: z.string(), ts: z.string() }), (given) => {
      const message = ownMessage(given.channel, given.ts, 'cant_delete_message');
      conversations.remove(message);
      return { channel: message.channel, ts: message.ts };
    }),

    'chat.postEphemeral': method(
      'chat:write',
      z.strictObject({ ...content, user: z.string(), thread_ts: z.string().optional() }),
      ({ channel: where, user, thread_ts, ...given }) => {
        const channel = openForApp(where);
        if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
        const message = conversations.post({
          channel: channel.id,
          ...author,
          ...readShown(given),
          ...threadIn(channel.id, thread_ts),
          ephemeralTo: user,
        });
        return { message_ts: message.ts };
      },
    ),

    'chat.getPermalink': method(
      undefined,
      z.strictObject({ channel: z.string(), message_ts: z.string() }),
      ({ channel: where, message_ts: ts }) => {
        const channel = conversations.selectChannel(where).id;
        conversations.select(channel, ts);
        return { channel, permalink: `https://acme.slack.com/archives/${channel}/p${ts.replace('.', '')}` };
      },
    ),
  };
}
