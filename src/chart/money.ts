/** How much of one currency was cancelled on each day. Each has its own panel: sums of two share no scale. */
import { scaleBand, scaleLinear } from 'd3-scale';
import type { CurrencyDays } from '../domain/fortnight.ts';
import { decimalText, formatMoney, type Money } from '../domain/money.ts';
import { compactMoneyText, shortDayText } from '../language/fortnight.ts';
import { colours, GREY, INK, PAPER, SIZES } from './look.ts';
import { type Box, horizontal, rect, text, widthOf } from './svg.ts';

const HEAD_HEIGHT = 36;
const FOOT_HEIGHT = 18;

export function drawMoney(
  { days, total }: CurrencyDays,
  dates: readonly string[],
  { x, y, width, height }: Box,
): readonly string[] {
  const bands = scaleBand([...dates], [x, x + width]).paddingInner(0.22);
  const floor = y + height - FOOT_HEIGHT;
  // A double is enough for a height.
  const values = days.map(({ minor }) => Number(minor));
  const most = Math.max(...values);
  const highOf = scaleLinear([0, most], [0, floor - y - HEAD_HEIGHT]);
  const bars = values.flatMap((value, index) => {
    const high = Math.max(1, highOf(value));
    const box = {
      x: bands(dates[index] ?? '') ?? x,
      y: floor - high,
      width: bands.bandwidth(),
      height: high,
    };
    return value === 0 ? [] : [rect(box, colours.cancelled)];
  });

  const peak = values.indexOf(most);
  const words = compactMoneyText(decimalText(days[peak] ?? total));
  const half = widthOf(words, SIZES.normal) / 2;
  const middle = (bands(dates[peak] ?? '') ?? x) + bands.bandwidth() / 2;
  const above = { x: Math.min(Math.max(middle, x + half), x + width - half), y: y + HEAD_HEIGHT - 5 };
  const small = { size: SIZES.normal, fill: GREY };
  return [
    text({ x, y: y + 11 }, sumText(total, width), { size: SIZES.heading, fill: INK, bold: true }),
    ...bars,
    horizontal({ x, y: floor }, width, GREY),
    text(above, words, { ...small, anchor: 'middle', halo: PAPER }),
    text({ x, y: floor + 15 }, shortDayText(dates[0] ?? ''), small),
    text({ x: x + width, y: floor + 15 }, shortDayText(dates.at(-1) ?? ''), { ...small, anchor: 'end' }),
  ];
}

function sumText(total: Money, width: number): string {
  const whole = formatMoney(total);
  const fits = widthOf(whole, SIZES.heading) <= width;
  return fits ? whole : `${compactMoneyText(decimalText(total))} ${total.currency}`;
}
