/** What Slack sends to the app when a person does something, in the shapes of its real payloads. */
import { randomUUID } from 'node:crypto';
import { type Conversation, type Message, toWire } from './conversations.ts';
import type { StateValues } from './fields.ts';
import { TEAM, type User } from './people.ts';
import { toWireView } from './viewMethods.ts';
import type { Shown } from './views.ts';
import { APP, type Workspace } from './workspace.ts';

interface Keys {
  readonly trigger_id: string;
  readonly response_url: string;
}

interface OnMessage {
  readonly channel: Conversation;
  readonly message: Message;
  readonly response_url: string;
}

// Deprecated by Slack and still sent; nobody may rely on it.
const token = 'verification-token';

export type Payloads = ReturnType<typeof createPayloads>;

export function createPayloads(enterprise: Workspace['enterprise']) {
  const inGrid =
    enterprise === undefined ? {} : { enterprise_id: enterprise.id, enterprise_name: enterprise.name };

  const interaction = (type: string, user: User) => ({
    type,
    token,
    api_app_id: APP.id,
    team: { id: TEAM.id, domain: TEAM.domain, ...inGrid },
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team_id },
    enterprise: enterprise ?? null,
    is_enterprise_install: false,
  });

  return {
    /** Every value is a string, `is_enterprise_install` too. */
    command(user: User, channel: Conversation, typed: string, keys: Keys) {
      const [command = '', ...words] = typed.split(' ');
      return {
        token,
        team_id: TEAM.id,
        team_domain: TEAM.domain,
        ...inGrid,
        channel_id: channel.id,
        channel_name: channel.isPrivate && channel.directWith === undefined ? 'privategroup' : channel.name,
        user_id: user.id,
        user_name: user.name,
        command,
        text: words.join(' '),
        api_app_id: APP.id,
        is_enterprise_install: 'false',
        ...keys,
      };
    },

    messageClick(user: User, on: OnMessage, action: object, values: StateValues, trigger_id: string) {
      const { channel, message, response_url } = on;
      const isEphemeral = message.ephemeralTo !== undefined;
      return {
        ...interaction('block_actions', user),
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel.id,
          is_ephemeral: isEphemeral,
          ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
        },
        channel: { id: channel.id, name: channel.name },
        // Slack keeps no ephemeral message, so it can't show one to the app again.
        ...(isEphemeral ? {} : { message: toWire(message) }),
        state: { values },
        actions: [action],
        trigger_id,
        response_url,
      };
    },

    /** No channel, no message and no response_url: a modal and a Home belong to no conversation. */
    viewClick: (user: User, view: Shown, action: object, trigger_id: string) => ({
      ...interaction('block_actions', user),
      container: { type: 'view', view_id: view.id },
      view: toWireView(view),
      actions: [action],
      trigger_id,
    }),

    submission: (user: User, view: Shown, trigger_id: string) => ({
      ...interaction('view_submission', user),
      trigger_id,
      view: toWireView(view),
      response_urls: [],
    }),

    closing: (user: User, view: Shown) => ({
      ...interaction('view_closed', user),
      view: toWireView(view),
      is_cleared: false,
    }),

    shortcut: (user: User, callback_id: string, trigger_id: string) => ({
      ...interaction('shortcut', user),
      callback_id,
      trigger_id,
      action_ts: timestamp(),
    }),

    messageShortcut: (user: User, on: OnMessage, callback_id: string, trigger_id: string) => ({
      ...interaction('message_action', user),
      callback_id,
      trigger_id,
      action_ts: timestamp(),
      channel: { id: on.channel.id, name: on.channel.name },
      message: toWire(on.message),
      message_ts: on.message.ts,
      response_url: on.response_url,
    }),

    homeOpened: (user: User, channel: string, home: Shown | undefined) => ({
      token,
      team_id: TEAM.id,
      ...inGrid,
      api_app_id: APP.id,
      type: 'event_callback',
      event_id: `Ev${randomUUID()}`,
      event_time: Math.floor(Date.now() / 1000),
      is_ext_shared_channel: false,
      authorizations: [
        {
          enterprise_id: enterprise?.id ?? null,
          team_id: TEAM.id,
          user_id: APP.user,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event: {
        type: 'app_home_opened',
        user: user.id,
        channel,
        tab: 'home',
        event_ts: timestamp(),
        ...(home === undefined ? {} : { view: toWireView(home) }),
      },
    }),
  };
}

const timestamp = (): string => (Date.now() / 1000).toFixed(6);
