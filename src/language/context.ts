/** What is shown beside a request that waits: who is looking at it, and what was asked before. */
export const WATCH = "I'm looking";

/** @param watchers each with a mention and a time. */
export function watchersText({
  watchers,
  others,
}: {
  readonly watchers: readonly { readonly who: string; readonly since: string }[];
  readonly others: number;
}): string {
  const [first, ...rest] = watchers.map(({ who, since }) => `${who} since ${since}`);
  const more = others === 0 ? [] : [`${others} more`];
  return `👀 Looking at it: ${[first, ...rest, ...more].join(', ')}`;
}

export function watchingText({ name, minutes }: { readonly name: string; readonly minutes: number }): string {
  return `Everybody sees that you are looking at ${name}, for ${minutes} minutes or until you press the button again.`;
}

export function notWatchingText(name: string): string {
  return `Nobody is told any more that you are looking at ${name}.`;
}

const atLeast = (count: number, isAll: boolean) => (isAll ? `${count}` : `at least ${count}`);

export function earlierText(earlier: {
  readonly named: readonly {
    readonly name: string;
    readonly state: string;
    readonly who: string;
    readonly at: string;
  }[];
  readonly others: number;
  readonly isAll: boolean;
}): string {
  if (earlier.named.length === 0) return 'No earlier request for this payment.';
  const named = earlier.named.map(({ name, state, who, at }) => `${name} ${state}, asked by ${who}, ${at}`);
  const more = earlier.others === 0 ? [] : [`and ${atLeast(earlier.others, earlier.isAll)} more`];
  return ['*Earlier for this payment*', ...named, ...more].join('\n');
}

/** @param sums amounts, one for each currency. */
export function latelyText(lately: {
  readonly days: number;
  readonly requests: number;
  readonly cancelled: number;
  readonly sums: readonly string[];
  readonly withoutAmount: number;
  readonly isAll: boolean;
}): string {
  const { days, requests, cancelled, sums, withoutAmount, isAll } = lately;
  if (requests === 0) return `The requester asked for nothing else in the ${days} days before.`;
  const unknown = withoutAmount === 0 ? [] : [`${withoutAmount} of an amount not known`];
  const parts = [...sums, ...unknown];
  const how = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  const asked = requests === 1 ? '1 request' : `${atLeast(requests, isAll)} requests`;
  return `*The requester in the ${days} days before* ${asked}, ${cancelled} cancelled${how}`;
}
