/** The picture of a fortnight: what ended and how, day by day, and how much money was cancelled. */
import {
  cancelledByCurrency,
  type CurrencyDays,
  endedIn,
  type Fortnight,
  openedIn,
  withoutAmountIn,
} from '../domain/fortnight.ts';
import { formatMoney } from '../domain/money.ts';
import * as words from '../language/fortnight.ts';
import { drawLegend, legendHeight } from './legend.ts';
import { GREY, INK, PAPER, SIZES } from './look.ts';
import { drawMoney } from './money.ts';
import { drawOutcomes, OUTCOMES_HEIGHT } from './outcomes.ts';
import { breakLines, drawing, rect, text } from './svg.ts';

/** The family of the font that comes along. */
export const FONT = 'Inter';

const WIDTH = 480;
const MARGIN = 16;
const INNER = WIDTH - 2 * MARGIN;
const LINE_HEIGHT = 18;
const GAP = 20;
const PANEL_HEIGHT = 108;
/** Currencies with a panel, and with a sum in the footnote. */
const PANELS = 3;
const NAMED = 5;

/** As SVG. */
export function drawFortnight(fortnight: Fortnight): string {
  const shapes: string[] = [];
  let y = MARGIN;
  /** Draws from where the last part ended. */
  const add = (height: number, part: readonly string[]) => {
    shapes.push(...part);
    y += height;
  };
  const line = (said: string, style: { size: number; fill: string; bold?: boolean }, height = LINE_HEIGHT) =>
    add(height, [text({ x: MARGIN, y: y + 14 }, said, style)]);
  const heading = (said: string) => line(said, { size: SIZES.heading, fill: INK, bold: true }, 34);
  const small = { size: SIZES.normal, fill: GREY };

  line(titleOf(fortnight), { size: SIZES.title, fill: INK, bold: true }, 23);
  for (const said of breakLines(totalsOf(fortnight), SIZES.normal, INNER)) line(said, small);
  y += 12;
  heading(words.ENDED_BY_DAY);
  y += 4;
  add(OUTCOMES_HEIGHT + 12, drawOutcomes(fortnight, { x: MARGIN, y }, INNER));
  add(legendHeight(fortnight) + 10, drawLegend(fortnight, { x: MARGIN, y }, INNER));

  const currencies = cancelledByCurrency(fortnight);
  const panels = currencies.slice(0, PANELS);
  if (panels.length > 0) {
    heading(words.MONEY_BY_DAY);
    add(PANEL_HEIGHT + 8, drawPanels(fortnight, panels, y - 6));
  }
  for (const footnote of footnotesOf(fortnight, currencies))
    for (const said of breakLines(footnote, SIZES.normal, INNER)) line(said, small);

  const height = y + 10;
  const paper = rect({ x: 0, y: 0, width: WIDTH, height }, PAPER);
  return drawing(WIDTH, height, FONT, [paper, ...shapes]);
}

function titleOf({ days }: Fortnight): string {
  return words.fortnightTitle(days[0]?.date ?? '', days.at(-1)?.date ?? '');
}

function totalsOf(fortnight: Fortnight): string {
  const { zone, carriedOut } = fortnight;
  const ended = endedIn(fortnight)
    .values()
    .reduce((sum, count) => sum + count, 0);
  return words.totalsText({ opened: openedIn(fortnight), ended, open: carriedOut, zone });
}

function drawPanels({ days }: Fortnight, panels: readonly CurrencyDays[], y: number): string[] {
  const dates = days.map(({ date }) => date);
  const width = (INNER - GAP * (panels.length - 1)) / panels.length;
  return panels.flatMap((currency, index) =>
    drawMoney(currency, dates, { x: MARGIN + index * (width + GAP), y, width, height: PANEL_HEIGHT }),
  );
}

function footnotesOf(fortnight: Fortnight, currencies: readonly CurrencyDays[]): readonly string[] {
  const others = currencies.slice(PANELS).map(({ total }) => formatMoney(total));
  const without = withoutAmountIn(fortnight);
  return [
    ...(currencies.length === 0 ? [words.NO_MONEY] : []),
    ...(others.length === 0 ? [] : [words.alsoCancelledText(others.slice(0, NAMED), others.length - NAMED)]),
    ...(without === 0 ? [] : [words.withoutAmountText(without)]),
  ];
}
