/** A human, as Slack's signed payload names them. */
export interface Person {
  readonly team: string;
  readonly user: string;
}

/**
 * The user id alone decides. In an Enterprise Grid one human keeps the user id while the team differs from
 * payload to payload, so comparing teams too would let a person pass as somebody else.
 */
export function isSamePerson(a: Person, b: Person): boolean {
  return a.user === b.user;
}

/** What is known of a person at the moment they act. */
export type Membership =
  | { readonly live: true; readonly groups: readonly string[] }
  /** `why` is a clause such as "your account is deactivated". */
  | { readonly live: false; readonly why: string };
