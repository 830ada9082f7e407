/** What of a summary waits on somebody, each kind with its oldest. */
import { formatMoney } from '../domain/money.ts';
import { type Figures, type Listed, type Waiting, type WaitingItem } from '../domain/summary.ts';
import { freezeName } from '../domain/freeze.ts';
import { isFrozenClause } from '../language/frozenRequest.ts';
import { withoutAmountText } from '../language/summaryActivity.ts';
import {
  haltedText,
  itemText,
  NOTHING_WAITS,
  silentText,
  standingFreezeText,
  waitingText,
  waitingTitle,
} from '../language/summaryWaiting.ts';
import { thingOf } from './freeze.ts';
import { code } from './inert.ts';
import type { ShowTime } from './look.ts';
import { few, shortly } from './summaryLines.ts';

/** Under a heading that counts all of it. */
export function waitingLines({ waiting, freezes, halted, silent }: Figures, showTime: ShowTime): string[] {
  const lists = [...waiting, freezes, halted, { items: silent, more: 0 }];
  const all = lists.reduce((sum, list) => sum + countOf(list), 0);
  if (all === 0) return [`*${NOTHING_WAITS}*`];
  return [
    `*${waitingTitle(all)}*`,
    ...waiting.flatMap((one) => [
      waitingText(one.why, { items: countOf(one), requests: one.count }),
      ...few(one.items, (item) => itemLine(one.why, item, showTime), { more: one.more }),
    ]),
    ...few(
      freezes.items,
      (freeze) =>
        standingFreezeText({
          clause: isFrozenClause({ name: freezeName(freeze), thing: thingOf(freeze.scope) }),
          at: showTime(freeze.frozenAt),
        }),
      freezes,
    ),
    ...few(
      halted.items,
      ({ account, haltedAt, ...bulk }) =>
        haltedText({ ...bulk, account: code(shortly(account)), at: showTime(haltedAt) }),
      halted,
    ),
    ...few(silent, ({ account, count, since }) =>
      silentText({ account: code(shortly(account)), count, since: showTime(since) }),
    ),
  ];
}

function countOf({ items, more }: Listed<unknown>): number {
  return items.length + more;
}

/** So many currencies of one bulk are shown. */
const CURRENCIES = 3;

function itemLine(why: Waiting['why'], item: WaitingItem, showTime: ShowTime): string {
  const { name, lines, account, money, withoutAmount, since, deadline } = item;
  const amounts = [
    ...money.map(formatMoney),
    ...(withoutAmount === 0 ? [] : [withoutAmountText(withoutAmount)]),
  ];
  return itemText({
    name,
    lines,
    account: code(shortly(account)),
    amounts: few(amounts, (amount) => amount, { shown: CURRENCIES }),
    since: showTime(since),
    deadline: why === 'pending' ? showTime(deadline) : null,
  });
}
