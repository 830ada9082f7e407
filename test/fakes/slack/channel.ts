/** A channel as a test looks at it, and the three that every fake starts with. */
import type { Conversation, Conversations, Message } from './conversations.ts';
import { APP, type Workspace } from './workspace.ts';

export interface Channel {
  readonly id: string;
  /** With every reply and edit, oldest first; no ephemeral ones, and nothing of those deleted. */
  readonly messages: readonly Message[];
  /** The newest that is wanted, as soon as there is one. */
  waitForMessage(isWanted: (message: Message) => boolean): Promise<Message>;
}

export type NewChannel = Partial<Conversation> & { readonly name: string };

/** Everybody is in these, and the app. */
export const CHANNELS = ['general', 'approvals', 'finance'];

/** The id is `C_` and the name in capitals, and everybody is in it, unless said otherwise. */
export function toConversation(given: NewChannel, users: Iterable<string>): Conversation {
  return {
    id: `C_${given.name.toUpperCase()}`,
    isPrivate: false,
    isArchived: false,
    isShared: false,
    members: new Set([APP.user, ...users]),
    ...given,
  };
}

/** @param where an id or a name. Apps must know the id; a test may say the name. */
export function findChannel({ channels }: Conversations, where: string): Conversation {
  const found = channels.get(where) ?? channels.values().find(({ name }) => name === where);
  if (found === undefined) throw new Error(`there is no channel ${where}`);
  return found;
}

export function watchChannel({ conversations, changes }: Workspace, where: string): Channel {
  const { id } = findChannel(conversations, where);
  const messages = () =>
    conversations.messages.filter(
      ({ channel, ephemeralTo, subtype }) =>
        channel === id && ephemeralTo === undefined && subtype === undefined,
    );
  const report = () => messages().map(({ text }) => text);
  return {
    id,
    get messages() {
      return messages();
    },
    waitForMessage: (isWanted) =>
      changes.until(
        () => messages().findLast(isWanted),
        () => `a message in ${where}; there are:\n${report().join('\n---\n')}`,
      ),
  };
}
