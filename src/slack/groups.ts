/** Who is in the groups of the settings: people who are listed themselves, and those in Slack's user groups. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import { isUserGroup, type Roster } from '../domain/roster.ts';
import { createMemory } from './memory.ts';
import type { InTurn } from './turns.ts';

/** By group: user ids, and ids of user groups, which begin with an S. */
export type GroupMembers = Readonly<Record<string, readonly string[]>>;

export interface Groups {
  readonly names: readonly string[];
  /**
   * Those of the groups that somebody is in. Slack is asked about each in which they are not listed themselves; who was
   * in it lately is enough if the word of a moment ago will do.
   * @throws when Slack can't be asked
   */
  groupsOf(user: string, among: readonly string[], lately: boolean): Promise<readonly string[]>;
  /**
   * Everybody in these groups, as Slack told it lately, or tells it anew.
   * @throws when Slack never told it, or can't be asked anew
   */
  rosterOf(among: readonly string[], anew?: boolean): Promise<Roster>;
}

/** Slack's word for a user group that is not there, or is not in use: then nobody is in it. */
const NOBODY = new Set(['no_such_subteam', 'plan_upgrade_required']);

const Users = z.object({ users: z.array(z.string()) });

export function createGroups(
  client: WebClient,
  inTurn: InTurn,
  members: GroupMembers,
  now: () => Date,
): Groups {
  const memory = createMemory(readUserGroup, now);

  async function readUserGroup(usergroup: string): Promise<readonly string[]> {
    try {
      const answer = await inTurn('usergroups.users.list', 'any', () =>
        client.usergroups.users.list({ usergroup }),
      );
      return Users.parse(answer).users;
    } catch (error) {
      if (error instanceof WebAPIPlatformError && NOBODY.has(error.data.error)) return [];
      throw error;
    }
  }

  async function isIn(user: string, userGroup: string, lately: boolean): Promise<boolean> {
    // Whoever came to it since is not to be told that they are not in it.
    if (lately && (await memory.recall(userGroup)).includes(user)) return true;
    return (await memory.ask(userGroup)).includes(user);
  }

  const listed = (group: string) => members[group] ?? [];

  return {
    names: Object.keys(members),
    async groupsOf(user, among, lately) {
      const theirs = among.map(async (group) => {
        if (listed(group).includes(user)) return [group];
        const found = await Promise.all(
          listed(group)
            .filter(isUserGroup)
            .map((userGroup) => isIn(user, userGroup, lately)),
        );
        return found.includes(true) ? [group] : [];
      });
      const told = await Promise.allSettled(theirs);
      const found = told.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      // For what decides nothing yet, one group that they are in is enough.
      if (lately && found.length > 0) return found;
      await Promise.all(theirs);
      return found;
    },
    async rosterOf(among, anew = false) {
      const read = anew ? memory.ask : memory.recall;
      const all = among.map(async (group): Promise<[string, readonly string[]]> => {
        const users = listed(group).map(async (id) => (isUserGroup(id) ? read(id) : [id]));
        return [group, [...new Set((await Promise.all(users)).flat())]];
      });
      return Object.fromEntries(await Promise.all(all));
    },
  };
}
