/** What the picture of a fortnight says, for whoever can't see it: all totals first, then day by day. */
import {
  cancelledByCurrency,
  endedIn,
  endedOn,
  type Fortnight,
  openAfterDays,
  openedIn,
} from '../domain/fortnight.ts';
import { formatMoney } from '../domain/money.ts';
import * as words from '../language/fortnight.ts';

/** The alternative text of a picture can't be longer in Slack. */
const LONGEST = 2000;
const NAMED = 20;

export function fortnightAlt(fortnight: Fortnight): string {
  const { days, zone, carriedOut } = fortnight;
  const counts = endedIn(fortnight);
  const ended = counts.values().reduce((sum, count) => sum + count, 0);
  const open = openAfterDays(fortnight);
  const sums = cancelledByCurrency(fortnight).map(({ total }) => formatMoney(total));
  const sentences = [
    `${words.fortnightTitle(days[0]?.date ?? '', days.at(-1)?.date ?? '')}.`,
    `${words.totalsText({ opened: openedIn(fortnight), ended, open: carriedOut, zone })}.`,
    words.endedText(counts),
    sums.length === 0 ? words.NO_MONEY : words.cancelledText(sums.slice(0, NAMED), sums.length - NAMED),
    ...days.map((day, index) =>
      words.dayText({
        date: day.date,
        opened: day.opened,
        ended: endedOn(day),
        cancelled: day.ended.cancelled ?? 0,
        open: open[index] ?? 0,
      }),
    ),
  ];
  return cutAtSentence(sentences);
}

function cutAtSentence(sentences: readonly string[]): string {
  let all = '';
  for (const sentence of sentences) {
    const longer = all === '' ? sentence : `${all} ${sentence}`;
    if (longer.length > LONGEST - 2) return `${all} …`;
    all = longer;
  }
  return all;
}
