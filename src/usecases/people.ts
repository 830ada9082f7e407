/** What the use cases need to know of people: a port that Slack answers. */
import type { Membership, Person } from '../domain/person.ts';
import type { Need } from '../domain/policy.ts';

/** Who could fill the places of a rule now. */
export interface Approvers {
  /** For each need, the user ids of those who could approve for it, and how many more nobody looked at. */
  readonly places: readonly {
    readonly need: Need;
    readonly users: readonly string[];
    readonly more: number;
  }[];
  /** The groups whose places can't be filled; undefined when Slack could not say. */
  readonly lacking: readonly string[] | undefined;
}

/** Who people are. */
export interface People {
  /**
   * Asked live. A failing look-up is a membership that is not live.
   * @param about in which groups they are looked for, if not in all, or which these will be; and whether who was in a group
   *   in the last minutes is enough, for a step that decides nothing yet.
   */
  membershipOf(
    person: Person,
    about?: { readonly among?: readonly string[] | Promise<readonly string[]>; readonly lately?: boolean },
  ): Promise<Membership>;
  /** As Slack told it in the last minutes, or tells it anew. `except` is whoever must not count: they ask. */
  findApprovers(
    needs: readonly Need[],
    how?: { readonly except?: Person; readonly anew?: boolean },
  ): Promise<Approvers>;
}
