/** Who could approve now, asked of Slack where there is a token for it. */
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Variables } from '../../config/environment.ts';
import type { Settings } from '../../config/settings.ts';
import type { Need } from '../../domain/policy.ts';
import { isUserGroup } from '../../domain/roster.ts';
import { createClient } from '../../slack/client.ts';
import { createGroups } from '../../slack/groups.ts';
import { createPeople } from '../../slack/people.ts';

export interface Who {
  readonly lines: readonly string[];
  /** The groups that lack people; undefined when Slack did not say. */
  readonly lacking: readonly string[] | undefined;
}

const now = () => new Date();

export async function askWho(settings: Settings, needs: readonly Need[], from: Variables): Promise<Who> {
  const { SLACK_BOT_TOKEN: token = '', SLACK_API_URL: url = '' } = from;
  if (token === '') return sayListed(settings, needs, 'SLACK_BOT_TOKEN is not set');
  const client = createClient(token, url, 1);
  try {
    const { team_id: team = '', enterprise_id: enterprise } = await client.auth.test();
    const groups = createGroups(client, (_method, _channel, call) => call(), settings.groups, now);
    const people = createPeople(client, { team, enterprise }, groups, settings.aliases, now);
    const { places, lacking } = await people.findApprovers(needs);
    if (lacking === undefined) return sayListed(settings, needs, 'it did not say who is in the groups');
    const lines = await Promise.all(
      places.map(async ({ need: { group, count }, users, more }) => {
        const names = await Promise.all(users.map((user) => nameOf(client, user)));
        const others = more === 0 ? [] : [`${more} more`];
        return `  ${count} of ${group}: ${[...names, ...others].join(', ') || 'nobody'}`;
      }),
    );
    return lacking.length === 0
      ? { lacking, lines: ['Could approve now, if they did not ask themselves:', ...lines] }
      : {
          lacking,
          lines: [
            `Nobody could approve this now, for the lack of people in ${lacking.join(' and ')}:`,
            ...lines,
          ],
        };
  } catch (error) {
    return sayListed(settings, needs, error instanceof Error ? error.message : String(error));
  }
}

/** What the settings alone say. */
function sayListed({ groups }: Settings, needs: readonly Need[], why: string): Who {
  const lines = needs.map(({ group, count }) => {
    const listed = (groups[group] ?? []).map((id) =>
      isUserGroup(id) ? `whoever is in the user group ${id}` : id,
    );
    return `  ${count} of ${group}: ${listed.join(', ')}`;
  });
  const says = `Slack could not be asked who could approve now (${why}). The settings name:`;
  return { lacking: undefined, lines: [says, ...lines] };
}

const Named = z.object({ user: z.object({ real_name: z.string() }) });

async function nameOf(client: WebClient, user: string): Promise<string> {
  const named = Named.safeParse(await client.users.info({ user }));
  return named.success ? `${named.data.user.real_name} (${user})` : user;
}
