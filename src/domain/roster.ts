/** Who is in which group, and whether that is enough people for a tier. */
import { type Aliases, aliasesOf, type Person } from './person.ts';
import { missing, type Need } from './policy.ts';

/** User ids by group. */
export type Roster = Readonly<Record<string, readonly string[]>>;

/** What stands for a user group, of which only Slack knows who is in it. */
export function isUserGroup(id: string): boolean {
  return id.startsWith('S');
}

/** Somebody in a roster, once, with every account that is in it and the groups of them all. */
export interface Human {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export function humansIn(roster: Roster, aliases: Aliases): readonly Human[] {
  const users = new Set(Object.values(roster).flat());
  const humans = new Map<string, string[]>();
  for (const user of users) {
    const [first = user] = aliasesOf(user, aliases);
    humans.set(first, [...(humans.get(first) ?? []), user]);
  }
  return Array.from(humans.values(), (theirs) => humanOf(theirs, roster));
}

/** @param users the accounts of one person. */
export function humanOf(users: readonly string[], roster: Roster): Human {
  const groups = Object.keys(roster).filter((group) => roster[group]?.some((user) => users.includes(user)));
  return { users, groups };
}

/** Without the other accounts of these people, who take part already. */
export function withoutAliases(roster: Roster, people: readonly Person[], aliases: Aliases): Roster {
  const others = new Set(people.flatMap(({ user }) => aliasesOf(user, aliases)));
  for (const { user } of people) others.delete(user);
  return Object.fromEntries(
    Object.entries(roster).map(([group, users]) => [group, users.filter((user) => !others.has(user))]),
  );
}

/** The places that these people can't fill, by group. */
export function lackingAmong(needs: readonly Need[], humans: readonly Human[]): readonly string[] {
  return missing(
    needs,
    humans.map(({ groups }) => groups),
  );
}

/** Whether somebody of the groups that may ask would leave enough others to approve. */
export function hasAskers(
  needs: readonly Need[],
  askers: readonly string[],
  humans: readonly Human[],
): boolean {
  return humans.some(
    (human) =>
      human.groups.some((group) => askers.includes(group)) &&
      lackingAmong(
        needs,
        humans.filter((other) => other !== human),
      ).length === 0,
  );
}
