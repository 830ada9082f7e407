/** Whether there are people for the policy: user groups that Slack knows, tiers that can be satisfied, live members. */
import type { WebClient } from '@slack/web-api';
import type { Settings } from '../config/settings.ts';
import { isUserGroup } from '../domain/roster.ts';
import { createGroups } from '../slack/groups.ts';
import { createPeople } from '../slack/people.ts';
import { failure, type Finding, ok, warning } from './finding.ts';
import { readSlackWord, type Remedies } from './slackWord.ts';

type Of = Pick<Settings, 'groups' | 'aliases' | 'policy' | 'summary'>;

export async function checkPeople(
  client: WebClient,
  settings: Of,
  now: () => Date,
): Promise<readonly Finding[]> {
  const { team_id: team = '', enterprise_id: enterprise } = await client.auth.test();
  const groups = createGroups(client, (_method, _channel, call) => call(), settings.groups, now);
  const people = createPeople(client, { team, enterprise }, groups, settings.aliases, now);
  const faults = [...(await checkUserGroups(client, settings))];
  // A group that can't be read is no sign that nobody is in it.
  const tiers = faults.length === 0 ? settings.policy.tiers : [];
  for (const [n, { name, needs }] of tiers.entries()) {
    const { lacking } = await people.findApprovers(needs);
    const tier = `tier ${n + 1}${name === undefined ? '' : ` (${name})`}`;
    if (lacking === undefined)
      faults.push(warning(`Slack did not say who could approve what falls under ${tier}.`));
    else if (lacking.length > 0)
      faults.push(
        failure(
          `Nobody can approve what falls under ${tier}, for the lack of people in ${lacking.join(' and ')}.`,
        ),
      );
  }
  const { reviewers } = settings.summary;
  if (faults.length === 0 && reviewers !== undefined) {
    const { lacking } = await people.findApprovers([{ group: reviewers, count: 1 }]);
    if (lacking === undefined || lacking.length > 0)
      faults.push(warning(`Nobody of ${reviewers} could sign a summary off.`));
  }
  const listed = new Set(
    Object.values(settings.groups)
      .flat()
      .filter((id) => !isUserGroup(id)),
  );
  for (const user of listed) {
    const membership = await people.membershipOf({ team, user }, { among: [] });
    if (!membership.live)
      faults.push(warning(`${user} can't approve ("${membership.why}"): take them out of the groups.`));
  }
  return faults.length > 0 ? faults : [ok('There are live people for every tier of the policy.')];
}

async function checkUserGroups(client: WebClient, { groups }: Of): Promise<readonly Finding[]> {
  const named = Object.entries(groups).flatMap(([group, ids]) =>
    ids.filter(isUserGroup).map((id): [string, string] => [group, id]),
  );
  const found = await Promise.all(
    named.map(async ([group, usergroup]) => {
      const remedies: Remedies = {
        no_such_subteam: `${usergroup}, which is to be in ${group}, is no user group in use, so nobody is in it`,
        plan_upgrade_required: 'the workspace has no user groups in its plan; list people themselves',
      };
      try {
        await client.usergroups.users.list({ usergroup });
        return [];
      } catch (error) {
        return [readSlackWord(error, remedies)];
      }
    }),
  );
  return found.flat();
}
