/** Who people are, asked of Slack at the moment they act. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Membership } from '../domain/person.ts';
import { notLiveReasons } from '../language/refusals.ts';
import type { People } from '../usecases/ports.ts';

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

/** The workspace that the app is installed in. */
export interface Home {
  readonly team: string;
  readonly enterprise: string | undefined;
}

/** @param groups user ids by group name. */
export function createPeople(
  client: WebClient,
  home: Home,
  groups: Readonly<Record<string, readonly string[]>>,
): People {
  return {
    async membershipOf({ user }) {
      const why = await whyNotLive(client, home, user);
      if (why !== undefined) return { live: false, why };
      return { live: true, groups: Object.keys(groups).filter((group) => groups[group]?.includes(user)) };
    },
  };
}

/** Why this is not a live, full member of the workspace; a look-up that fails is a reason too. */
async function whyNotLive(
  client: WebClient,
  home: Home,
  id: string,
): Promise<Extract<Membership, { live: false }>['why'] | undefined> {
  let found: unknown;
  try {
    ({ user: found } = await client.users.info({ user: id }));
  } catch {
    return notLiveReasons.notAsked;
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
