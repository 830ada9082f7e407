/** `/cancel list`. */
export const listTitles = {
  open: 'Open requests',
  mine: 'Your requests',
  pending: 'Waiting for approval',
  unknown: 'Outcome not known yet',
} as const;

export function listUsage(lists: readonly string[]) {
  return { usage: `/cancel list [${lists.join('|')}]`, help: 'the open requests, or only those' };
}

export function unknownListText({
  lists,
  typed,
}: {
  readonly lists: readonly string[];
  readonly typed: string;
}): string {
  return `I can list ${lists.join(', ')}, but not ${typed}.`;
}

export function emptyListText(title: string): string {
  return `*${title}*: none.`;
}

/** The list is read from the newest on. */
export const listLabels = { older: 'Older', newer: 'Newer' } as const;
