/** What the colours stand for, and how many there are of each. */
import { endedIn, type Fortnight } from '../domain/fortnight.ts';
import { countText, endTitles } from '../language/fortnight.ts';
import { colours, INK, SIZES } from './look.ts';
import { type Corner, rect, text } from './svg.ts';

const COLUMNS = 3;
const ROW_HEIGHT = 21;
const MARK = 12;

export function legendHeight(fortnight: Fortnight): number {
  return Math.ceil(endedIn(fortnight).size / COLUMNS) * ROW_HEIGHT;
}

export function drawLegend(fortnight: Fortnight, { x, y }: Corner, width: number): readonly string[] {
  return [...endedIn(fortnight)].flatMap(([state, count], index) => {
    const left = x + (index % COLUMNS) * (width / COLUMNS);
    const top = y + Math.floor(index / COLUMNS) * ROW_HEIGHT;
    return [
      rect({ x: left, y: top, width: MARK, height: MARK }, colours[state], 2),
      text({ x: left + MARK + 6, y: top + 11 }, `${endTitles[state]} ${countText(count)}`, {
        size: SIZES.normal,
        fill: INK,
      }),
    ];
  });
}
