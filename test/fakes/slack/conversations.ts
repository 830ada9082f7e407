/** Channels and direct messages, and what was written in them. Messages are never changed, only replaced. */
import type { Block } from './blocks.ts';
import type { Changes } from './changes.ts';
import { TEAM } from './people.ts';
import { Refusal } from './refusal.ts';

export interface Conversation {
  readonly id: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  /** Shared with another company through Slack Connect. */
  readonly isShared: boolean;
  /** The person at the other end; set for direct messages only. */
  readonly directWith?: string;
  readonly members: Set<string>;
}

export interface Message {
  readonly channel: string;
  readonly ts: string;
  /** Set on replies, and on a message that has replies. */
  readonly thread_ts?: string;
  readonly reply_count?: number;
  readonly reply_broadcast?: boolean;
  readonly user: string;
  /** Absent when a person wrote it. */
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly metadata?: { readonly event_type: string; readonly event_payload: Record<string, unknown> };
  /** What is left of a deleted message that has replies; no method but `conversations.replies` shows it. */
  readonly subtype?: 'tombstone';
  readonly edited?: { readonly user: string; readonly ts: string };
  /** The one person who was shown it. Slack keeps no such message, so no method finds it. */
  readonly ephemeralTo?: string;
}

export interface Conversations {
  readonly channels: Map<string, Conversation>;
  readonly messages: readonly Message[];
  /** Refuses with `channel_not_found`. */
  selectChannel(id: string): Conversation;
  /** The direct messages between the app and a person, begun if need be. */
  openDirect(user: string): Conversation;
  post(message: Omit<Message, 'ts'>): Message;
  /** The message as it is now. Refuses with `message_not_found`. */
  select(channel: string, ts: string): Message;
  replace(message: Message, changed: Partial<Message>): Message;
  remove(message: Message): void;
}

export function createConversations(now: () => number, changes: Changes): Conversations {
  const channels = new Map<string, Conversation>();
  const messages: Message[] = [];
  let posted = 0;

  const indexOf = ({ channel, ts }: Pick<Message, 'channel' | 'ts'>): number => {
    const at = messages.findIndex((message) => message.channel === channel && message.ts === ts);
    if (at === -1) throw new Refusal('message_not_found');
    return at;
  };
  const hasReplies = (channel: string, ts: string): boolean =>
    messages.some((one) => one.channel === channel && one.thread_ts === ts && one.ts !== ts);
  /** `message` may be an outdated copy: what is kept is what stands there now. */
  const replace = (message: Message, changed: Partial<Message>): Message => {
    const at = indexOf(message);
    const next = { ...message, ...messages[at], ...changed };
    messages.splice(at, 1, next);
    changes.announce();
    return next;
  };

  return {
    channels,
    messages,
    replace,

    selectChannel(id) {
      const found = channels.get(id);
      if (found === undefined) throw new Refusal('channel_not_found');
      return found;
    },

    openDirect(user) {
      const id = `D${user.slice(1)}`;
      const direct = channels.get(id) ?? {
        id,
        name: 'directmessage',
        isPrivate: true,
        isArchived: false,
        isShared: false,
        directWith: user,
        members: new Set([user]),
      };
      channels.set(id, direct);
      return direct;
    },

    post(message) {
      posted += 1;
      const ts = `${Math.floor(now() / 1000)}.${String(posted).padStart(6, '0')}`;
      const next = { ...message, ts };
      const parent = messages.find(
        ({ channel, ts: of }) => channel === message.channel && of === message.thread_ts,
      );
      messages.push(next);
      if (parent !== undefined && message.ephemeralTo === undefined) {
        replace(parent, { thread_ts: parent.ts, reply_count: (parent.reply_count ?? 0) + 1 });
      }
      changes.announce();
      return next;
    },

    select(channel, ts) {
      const found = messages.find((message) => message.channel === channel && message.ts === ts);
      if (found === undefined || found.ephemeralTo !== undefined || found.subtype === 'tombstone')
        throw new Refusal('message_not_found');
      return found;
    },

    remove({ channel, ts, thread_ts }) {
      const tombstone: Message = {
        channel,
        ts,
        thread_ts: ts,
        user: 'USLACKBOT',
        text: 'This message was deleted.',
        blocks: [],
        subtype: 'tombstone',
      };
      messages.splice(indexOf({ channel, ts }), 1, ...(hasReplies(channel, ts) ? [tombstone] : []));
      const parent = messages.findIndex((one) => one.channel === channel && one.ts === thread_ts);
      if (messages[parent]?.subtype === 'tombstone' && !hasReplies(channel, messages[parent].ts))
        messages.splice(parent, 1);
      changes.announce();
    },
  };
}

/** As Slack writes it in answers and payloads, where the channel stands beside the message. */
export function toWire({
  channel: _channel,
  ephemeralTo: _ephemeralTo,
  blocks,
  ...message
}: Message): object {
  return { type: 'message', team: TEAM.id, ...message, ...(blocks.length === 0 ? {} : { blocks }) };
}
