/** What Slack makes of the text of a slash command whose manifest has `should_escape: true`. */
import type { Workspace } from './workspace.ts';

export function escapeTyped(typed: string, { people, conversations }: Workspace): string {
  return typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/https?:\/\/(?:&amp;|[^\s<>|&])+/g, '<$&>')
    .replaceAll(/(?<![\w@])@([a-z]+)\b/g, (all, name: string) => {
      const user = people.users.values().find((one) => one.name === name);
      return user === undefined ? all : `<@${user.id}|${name}>`;
    })
    .replaceAll(/(?<![\w#&])#([a-z]+)\b/g, (all, name: string) => {
      const channel = conversations.channels.values().find((one) => one.name === name);
      return channel === undefined ? all : `<#${channel.id}|${name}>`;
    });
}
