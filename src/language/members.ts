/** For people to whom the record is not shown. */

/** @param why a clause of `notLiveReasons`. */
export function membersOnlyText(why: string): string {
  return `Only full, active members of this workspace can see requests, and ${why}.`;
}
