/** The methods that only read: who, which channel, what was written. */
import { z } from 'zod';
import { type Conversation, type Message, toWire } from './conversations.ts';
import { flag, type Method, method, page, paging } from './method.ts';
import { TEAM } from './people.ts';
import { Refusal } from './refusal.ts';
import { APP, type Workspace } from './workspace.ts';

export function createLookUpMethods({
  people,
  conversations,
  enterprise,
}: Workspace): Readonly<Record<string, Method>> {
  const Listing = z.strictObject({
    ...paging,
    channel: z.string(),
    oldest: z.string().default('0'),
    latest: z.string().optional(),
    inclusive: flag,
    include_all_metadata: flag,
  });

  /** What the app may read of a channel, oldest first. */
  function readable(given: z.output<typeof Listing>): Message[] {
    const channel = conversations.selectChannel(given.channel);
    if (channel.directWith === undefined && !channel.members.has(APP.user))
      throw new Refusal('not_in_channel');
    const isWithin = (ts: string): boolean =>
      given.inclusive === true
        ? ts >= given.oldest && (given.latest === undefined || ts <= given.latest)
        : ts > given.oldest && (given.latest === undefined || ts < given.latest);
    return conversations.messages.filter(
      (message) =>
        message.channel === channel.id && message.ephemeralTo === undefined && isWithin(message.ts),
    );
  }

  return {
    'auth.test': method(undefined, z.strictObject({}), () => ({
      url: `https://${TEAM.domain}.slack.com/`,
      team: TEAM.name,
      user: APP.name,
      team_id: TEAM.id,
      user_id: APP.user,
      bot_id: APP.bot,
      is_enterprise_install: false,
      ...(enterprise === undefined ? {} : { enterprise_id: enterprise.id }),
    })),

    'users.info': method(
      'users:read',
      z.strictObject({ user: z.string(), include_locale: flag }),
      ({ user: id }) => {
        const user = people.users.get(id);
        if (user === undefined) throw new Refusal('user_not_found');
        return { user };
      },
    ),

    'users.list': method('users:read', z.strictObject({ ...paging, include_locale: flag }), (given) => {
      const { items, more } = page([...people.users.values()], given);
      return { members: items, response_metadata: more.response_metadata };
    }),

    'usergroups.users.list': method(
      'usergroups:read',
      z.strictObject({ usergroup: z.string(), include_disabled: flag }),
      ({ usergroup, include_disabled: includesDisabled = false }) => {
        const group = people.groups.get(usergroup);
        // Slack's documents don't say what it answers for a disabled group: here, as for one that is gone.
        if (group === undefined || (group.isDisabled === true && !includesDisabled))
          throw new Refusal('no_such_subteam');
        return { users: group.users };
      },
    ),

    'conversations.info': method(
      'channels:read',
      z.strictObject({ channel: z.string(), include_num_members: flag }),
      ({ channel }) => ({ channel: toWireChannel(conversations.selectChannel(channel)) }),
    ),

    'conversations.open': method(
      'im:write',
      z.strictObject({ users: z.string(), return_im: flag }),
      ({ users }) => {
        if (!people.users.has(users)) throw new Refusal('user_not_found');
        return { channel: { id: conversations.openDirect(users).id } };
      },
    ),

    'conversations.history': method('channels:history', Listing, (given) => {
      const { items, more } = page(readable(given).filter(isTopLevel).toReversed(), given);
      return { messages: items.map((message) => write(message, given.include_all_metadata)), ...more };
    }),

    'conversations.replies': method('channels:history', Listing.extend({ ts: z.string() }), (given) => {
      const thread = readable(given).filter(({ ts, thread_ts }) => ts === given.ts || thread_ts === given.ts);
      if (thread.length === 0) throw new Refusal('thread_not_found');
      const { items, more } = page(thread, given);
      return { messages: items.map((message) => write(message, given.include_all_metadata)), ...more };
    }),
  };
}

function write(message: Message, withMetadata = false): object {
  const { metadata: _metadata, ...plain } = message;
  return toWire(withMetadata ? message : plain);
}

function isTopLevel({ ts, thread_ts, reply_broadcast, subtype }: Message): boolean {
  if (subtype === 'tombstone') return false;
  return thread_ts === undefined || thread_ts === ts || reply_broadcast === true;
}

function toWireChannel({
  id,
  name,
  isPrivate,
  isArchived,
  isShared,
  directWith,
  members,
}: Conversation): object {
  if (directWith !== undefined) return { id, is_im: true, user: directWith, is_archived: isArchived };
  return {
    id,
    name,
    is_channel: !isPrivate,
    is_group: isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: isPrivate,
    is_archived: isArchived,
    is_member: members.has(APP.user),
    is_shared: isShared,
    is_ext_shared: isShared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    context_team_id: TEAM.id,
  };
}
