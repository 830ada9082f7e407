/** How many approvals a cancellation needs, and from which groups. */
export interface Need {
  readonly group: string;
  readonly count: number;
}

/** The tier that applied to a request, frozen into it. */
export interface Rule {
  readonly policy: string;
  readonly needs: readonly Need[];
  /** What whoever approves has to confirm, besides having seen the request. */
  readonly stepUp?: string;
}

/**
 * Whether approvals by these people, each given as the groups they were in when they approved, meet every need.
 * One person fills one place only, so two groups mean two people.
 */
export function isSatisfied(needs: readonly Need[], approvers: readonly (readonly string[])[]): boolean {
  return missing(needs, approvers).length === 0;
}

/** The groups that still have to approve, one entry per missing person. */
export function missing(
  needs: readonly Need[],
  approvers: readonly (readonly string[])[],
): readonly string[] {
  const places = needs.flatMap(({ group, count }) => Array.from({ length: count }, () => group));
  const seated = new Map<number, number>();

  // Kuhn's matching: an approver may take a place from another who can be seated elsewhere.
  function seat(approver: number, tried: Set<number>): boolean {
    const groups = approvers[approver] ?? [];
    for (const [place, group] of places.entries()) {
      if (!groups.includes(group) || tried.has(place)) continue;
      tried.add(place);
      const holder = seated.get(place);
      if (holder === undefined || seat(holder, tried)) {
        seated.set(place, approver);
        return true;
      }
    }
    return false;
  }

  for (const approver of approvers.keys()) seat(approver, new Set());
  return places.filter((_group, place) => !seated.has(place));
}
