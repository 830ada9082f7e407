/** How a bulk looks: the same wherever Slack shows it. */
import type { SectionBlock } from '@slack/types';
import { bulkNameOf, type BulkState } from '../domain/bulk.ts';
import { freezeName, freezeOver } from '../domain/freeze.ts';
import { formatMoney } from '../domain/money.ts';
import { nameOf, type Request, type State } from '../domain/request.ts';
import { type Totals, totalsOf } from '../domain/totals.ts';
import { bulkTitle, lineText, totalsText } from '../language/bulk.ts';
import { bulkStateText, countsText } from '../language/bulkCourse.ts';
import { stoppedStateText } from '../language/frozenRequest.ts';
import { amountText } from '../language/titles.ts';
import { type BulkCourse, type BulkStory, standingOf, standingOfCourse } from '../usecases/bulkStory.ts';
import { approvalsOf } from '../usecases/decideOnBulk.ts';
import { section } from './blocks.ts';
import { findingAccessory } from './buttons.ts';
import { code, cut } from './inert.ts';

/** There are more currencies than a card has room for. */
const CURRENCIES_SHOWN = 12;
const PAYMENT_SHOWN = 60;

export function bulkTitleOf({ bulk, lines }: BulkStory): string {
  return bulkTitle({ name: bulkNameOf(bulk), count: lines.length, account: bulk.account });
}

/** What is to be cancelled, by currency. */
export function totalsOfBulk({ lines }: BulkStory): string {
  return sayTotals(totalsOf(lines.map(({ request }) => request.amount)));
}

/** A line in words. */
export function sayLine(request: Request): string {
  return lineText({
    name: nameOf(request),
    payment: code(cut(request.payment, PAYMENT_SHOWN)),
    amount: amountText(request.amount),
  });
}

/** The same with a button for whoever knows what became of it. */
export function findingLine(request: Request): SectionBlock {
  return { ...section(sayLine(request)), accessory: findingAccessory(request) };
}

export function sayTotals({ money, withoutAmount }: Totals): string {
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

export function bulkStateOfStory(story: BulkStory): string {
  return sayState(standingOf(story), story, countsOf(story));
}

/** The same in a list, where the lines are not at hand one by one. */
export function bulkStateOfCourse(course: BulkCourse): string {
  return sayState(standingOfCourse(course), course, course.counts);
}

/** What a freeze keeps from being sent says so, and not that it is being sent. */
function sayState(
  state: BulkState,
  { bulk, acts, standing }: Pick<BulkCourse, 'bulk' | 'acts' | 'standing'>,
  counts: ReadonlyMap<State, number>,
): string {
  const freeze = freezeOver({ standing, request: bulk, approvals: approvalsOf(acts) });
  if (freeze !== undefined && (state === 'pending' || state === 'sending'))
    return stoppedStateText(state === 'pending' ? state : 'approved', freezeName(freeze));
  return bulkStateText(state, countsText(counts));
}
