/** Whether there are people for every tier of the policy: judged by the settings, and again once Slack told its groups. */
import type { Aliases } from '../domain/person.ts';
import { hasAskers, humansIn, isUserGroup, lackingAmong, type Roster } from '../domain/roster.ts';
import type { Tier } from '../domain/tiers.ts';

export interface Fault {
  /** Below `policy.tiers`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * The tiers that nobody could ever satisfy. Of a group with a user group in it nothing is said: only Slack knows who
 * that is.
 */
export function findUnsatisfiable(
  tiers: readonly Pick<Tier, 'name' | 'needs' | 'askers'>[],
  roster: Roster,
  aliases: Aliases,
): readonly Fault[] {
  const humans = humansIn(roster, aliases);
  const isKnown = (group: string) => !roster[group]?.some(isUserGroup);
  return tiers.flatMap(({ name, needs, askers }, index): Fault[] => {
    const of = name === undefined ? '' : `(${name}) `;
    const lacking = new Set(
      lackingAmong(
        needs.filter(({ group }) => isKnown(group)),
        humans,
      ),
    );
    if (lacking.size > 0) {
      return Array.from(lacking, (group) => ({
        path: [index, 'approvals', group],
        message: Object.hasOwn(roster, group)
          ? `${of}asks for more people than there are: one person fills one place only`
          : `${of}is not one of the groups`,
      }));
    }
    if (askers === undefined) return [];
    const groups = [...needs.map(({ group }) => group), ...askers];
    if (!groups.every((group) => isKnown(group) && Object.hasOwn(roster, group))) return [];
    return hasAskers(needs, askers, humans)
      ? []
      : [
          {
            path: [index, 'askers'],
            message: `${of}nobody in them could ask for what enough others may approve`,
          },
        ];
  });
}
