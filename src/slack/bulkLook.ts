/** How a bulk looks: the same wherever Slack shows it. */
import { bulkNameOf } from '../domain/bulk.ts';
import { freezeName, freezeOver } from '../domain/freeze.ts';
import { formatMoney } from '../domain/money.ts';
import type { State } from '../domain/request.ts';
import { type Totals, totalsOf } from '../domain/totals.ts';
import { bulkStateText, bulkTitle, countsText, totalsText } from '../language/bulk.ts';
import { stoppedStateText } from '../language/freeze.ts';
import { type BulkStory, standingOf } from '../usecases/bulkStory.ts';
import { approvalsOf } from '../usecases/decideOnBulk.ts';

/** There are more currencies than a card has room for. */
const CURRENCIES_SHOWN = 12;

export function bulkTitleOf({ bulk, lines }: BulkStory): string {
  return bulkTitle({ name: bulkNameOf(bulk), count: lines.length, account: bulk.account });
}

/** What is to be cancelled, by currency. */
export function totalsOfBulk({ lines }: BulkStory): string {
  return sayTotals(totalsOf(lines.map(({ request }) => request.amount)));
}

function sayTotals({ money, withoutAmount }: Totals): string {
  return totalsText({
    money: money.slice(0, CURRENCIES_SHOWN).map(formatMoney),
    moreCurrencies: Math.max(0, money.length - CURRENCIES_SHOWN),
    withoutAmount,
  });
}

export function countsOf({ lines }: BulkStory): ReadonlyMap<State, number> {
  const counts = new Map<State, number>();
  for (const { request } of lines) counts.set(request.state, (counts.get(request.state) ?? 0) + 1);
  return counts;
}

/** What a freeze keeps from being sent says so, and not that it is being sent. */
export function bulkStateOfStory(story: BulkStory): string {
  const { bulk, acts, standing } = story;
  const state = standingOf(story);
  const freeze = freezeOver({ standing, request: bulk, approvals: approvalsOf(acts) });
  if (freeze !== undefined && (state === 'pending' || state === 'sending'))
    return stoppedStateText(state === 'pending' ? state : 'approved', freezeName(freeze));
  return bulkStateText(state, countsText(countsOf(story)));
}
