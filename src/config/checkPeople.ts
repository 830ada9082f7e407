/** At the start: whether Slack's user groups leave enough people for every tier of the policy. */
import { isUserGroup } from '../domain/roster.ts';
import type { Groups } from '../slack/groups.ts';
import { ConfigFaults, pathText } from './faults.ts';
import { findUnsatisfiable } from './satisfiable.ts';
import type { Settings } from './settings.ts';

/**
 * Who of them is live is not looked at: a leaver must not keep the app from starting, which has to settle what is under
 * way. The finance channel is told of that.
 * @returns why it could not be checked; undefined when it was.
 * @throws ConfigFaults that name the tiers
 */
export async function checkPeople(
  settings: Pick<Settings, 'policy' | 'aliases' | 'groups'>,
  groups: Pick<Groups, 'names' | 'rosterOf'>,
): Promise<Error | undefined> {
  // The settings alone showed it.
  if (!Object.values(settings.groups).flat().some(isUserGroup)) return undefined;
  try {
    const roster = await groups.rosterOf(groups.names);
    const faults = findUnsatisfiable(settings.policy.tiers, roster, settings.aliases);
    if (faults.length === 0) return undefined;
    throw new ConfigFaults(
      faults.map(({ path, message }) => `${pathText(['policy', 'tiers', ...path])} ${message}`),
    );
  } catch (error) {
    if (error instanceof ConfigFaults) throw error;
    return error instanceof Error ? error : new Error(String(error));
  }
}
