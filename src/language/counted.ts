/** Numbers of things. */

/** `1 day`, `2 days` */
export function counted(count: number, [one, many]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const REQUESTS = ['request', 'requests'] as const;

export function moreText(count: number): string {
  return `… and ${count} more`;
}
