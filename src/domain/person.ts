/** A human, as Slack's signed payload names them. */
export interface Person {
  readonly team: string;
  readonly user: string;
  /** The account with which they acted, where it is not the one by which they are known. */
  readonly alias?: string;
}

/**
 * The user id alone decides. In an Enterprise Grid one human keeps the user id while the team differs from
 * payload to payload, so comparing teams too would let a person pass as somebody else.
 */
export function isSamePerson(a: Person, b: Person): boolean {
  return a.user === b.user;
}

/** The Slack accounts of people who have several, by user id: a list for each of them. */
export type Aliases = readonly (readonly string[])[];

/** Every user id of whoever has this one. */
export function aliasesOf(user: string, aliases: Aliases): readonly string[] {
  return aliases.find((one) => one.includes(user)) ?? [user];
}

/**
 * The person by the account under which they take part already, or else by the one with which they act: so whatever
 * compares user ids, here and in PostgreSQL, takes one human for one, whichever accounts they use.
 */
export function asKnown(person: Person, known: readonly Person[], aliases: Aliases): Person {
  const theirs = aliasesOf(person.user, aliases);
  const same = known.find(({ user }) => theirs.includes(user));
  if (same === undefined || same.user === person.user) return same ?? person;
  return { team: same.team, user: same.user, alias: person.user };
}

/** Whether what is named as another account of somebody is none: their own one, or that of whoever asked. */
export function isNoAlias({ user, alias }: Person, requester: Person): boolean {
  return alias === user || (alias !== undefined && alias === requester.user);
}

/** Whether one human takes part with two accounts, as can be when that was declared only afterwards. */
export function isAnybodyTwice(people: readonly Person[], aliases: Aliases): boolean {
  const users = new Set(people.map(({ user }) => user));
  return aliases.some((one) => one.filter((user) => users.has(user)).length > 1);
}

/** What is known of a person at the moment they act. */
export type Membership =
  | { readonly live: true; readonly groups: readonly string[] }
  /** `why` is a clause such as "your account is deactivated". */
  | { readonly live: false; readonly why: string };
