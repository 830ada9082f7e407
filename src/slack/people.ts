/** Who people are, asked of Slack at the moment they act. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { Aliases, Membership } from '../domain/person.ts';
import { notLiveReasons } from '../language/refusals.ts';
import type { People } from '../usecases/people.ts';
import { findLive } from './approvers.ts';
import type { Groups } from './groups.ts';
import { createMemory } from './memory.ts';

/** An absent flag counts as false: Slack leaves most of them out where they don't apply. */
const Flag = z.boolean().default(false);

const User = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: Flag,
  is_bot: Flag,
  is_app_user: Flag,
  is_workflow_bot: Flag,
  is_connector_bot: Flag,
  is_restricted: Flag,
  is_ultra_restricted: Flag,
  is_invited_user: Flag,
  is_stranger: Flag,
  enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
});

/** Slack's words for a user id that is nobody's here. */
const UNKNOWN = new Set(['user_not_found', 'user_not_visible']);

/** The workspace that the app is installed in. */
export interface Home {
  readonly team: string;
  readonly enterprise: string | undefined;
}

/** @param aliases who is one person, for counting who could approve. */
export function createPeople(
  client: WebClient,
  home: Home,
  groups: Groups,
  aliases: Aliases,
  now: () => Date,
): People {
  const memory = createMemory((user) => whyNotLive(client, home, user), now);

  async function findGroups(
    user: string,
    among: readonly string[] | Promise<readonly string[]>,
    lately: boolean,
  ): Promise<readonly string[]> {
    return groups.groupsOf(user, await among, lately);
  }

  return {
    async membershipOf({ user }, { among = groups.names, lately = false } = {}) {
      // Whichever fails: a look-up that fails refuses.
      const [why, theirs] = await Promise.all([
        memory.ask(user).catch(() => notLiveReasons.notAsked),
        findGroups(user, among, lately).catch(() => undefined),
      ]);
      if (why !== undefined) return { live: false, why };
      return theirs === undefined
        ? { live: false, why: notLiveReasons.groupsNotAsked }
        : { live: true, groups: theirs };
    },

    async findApprovers(needs, { except, anew = false } = {}) {
      const among = [...new Set(needs.map(({ group }) => group))];
      const roster = await groups.rosterOf(among, anew).catch(() => undefined);
      if (roster === undefined) return { places: [], lacking: undefined };
      return findLive(needs, roster, aliases, except?.user, anew ? memory.ask : memory.recall);
    },
  };
}

/** Why this is not a live, full member of the workspace. @throws when Slack can't be asked */
async function whyNotLive(
  client: WebClient,
  home: Home,
  id: string,
): Promise<Extract<Membership, { live: false }>['why'] | undefined> {
  let found: unknown;
  try {
    ({ user: found } = await client.users.info({ user: id }));
  } catch (error) {
    if (error instanceof WebAPIPlatformError && UNKNOWN.has(error.data.error)) return notLiveReasons.noAnswer;
    throw error;
  }
  const parsed = User.safeParse(found);
  if (!parsed.success || parsed.data.id !== id) return notLiveReasons.noAnswer;

  const user = parsed.data;
  if (user.deleted) return notLiveReasons.deactivated;
  if (user.is_bot || user.is_app_user || user.is_workflow_bot || user.is_connector_bot || id === 'USLACKBOT')
    return notLiveReasons.noPerson;
  if (user.is_restricted || user.is_ultra_restricted) return notLiveReasons.guest;
  if (user.is_invited_user) return notLiveReasons.notJoined;
  const sameOrganisation =
    home.enterprise !== undefined && user.enterprise_user?.enterprise_id === home.enterprise;
  if (user.is_stranger || (user.team_id !== home.team && !sameOrganisation)) return notLiveReasons.stranger;
  return undefined;
}
