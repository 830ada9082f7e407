/** How many requests ended on each day, stacked by how; beneath, how many were new and how many were left open. */
import { type ScaleBand, scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import { endedOn, type Fortnight, type FortnightDay, openAfterDays } from '../domain/fortnight.ts';
import { type EndState, endStates } from '../domain/request.ts';
import {
  dayOfMonth,
  LEFT_OPEN,
  monthText,
  NEW,
  NOTHING_ENDED,
  shortDayText,
  tightCountText,
} from '../language/fortnight.ts';
import { colours, GREY, GRID, INK, PAPER, SIZES, WEEKEND } from './look.ts';
import { type Box, type Corner, horizontal, rect, text } from './svg.ts';

/** Left of the bars, for the scale and the names of the rows. */
const ASIDE = 34;
const BARS_HEIGHT = 118;
const LINE_HEIGHT = 18;
/** Fewer would make a bar of one request look like much. */
const LEAST_SCALE = 4;

type Bands = ScaleBand<string>;

export const OUTCOMES_HEIGHT = BARS_HEIGHT + 3 * LINE_HEIGHT;

export function drawOutcomes(fortnight: Fortnight, { x, y }: Corner, width: number): readonly string[] {
  const { days } = fortnight;
  const dates = days.map(({ date }) => date);
  const bands = scaleBand(dates, [x + ASIDE, x + width])
    .paddingInner(0.22)
    .paddingOuter(0.11);
  const box = { x: x + ASIDE, y, width: width - ASIDE, height: BARS_HEIGHT };
  const rows = [
    {
      name: monthText(dates[0] ?? ''),
      words: dates.map((date) => (isFirst(date) ? shortDayText(date) : dayOfMonth(date))),
    },
    { name: NEW, words: days.map(({ opened }) => tightCountText(opened)) },
    { name: LEFT_OPEN, words: openAfterDays(fortnight).map(tightCountText) },
  ];
  return [
    ...drawWeekends(dates, bands, box),
    ...drawBars(days, bands, box),
    ...rows.flatMap(({ name, words }, index) => {
      const floor = y + BARS_HEIGHT + 16 + index * LINE_HEIGHT;
      return [
        text({ x, y: floor }, name, { size: SIZES.normal, fill: GREY }),
        ...words.map((word, day) =>
          text({ x: middleOf(bands, dates[day]), y: floor }, word, {
            size: SIZES.normal,
            fill: GREY,
            anchor: 'middle',
          }),
        ),
      ];
    }),
  ];
}

function drawWeekends(dates: readonly string[], bands: Bands, { y, height }: Box): string[] {
  const width = bands.step();
  return dates
    .filter(isWeekend)
    .map((date) => rect({ x: middleOf(bands, date) - width / 2, y, width, height }, WEEKEND));
}

function drawBars(days: readonly FortnightDay[], bands: Bands, { x, y, width, height }: Box): string[] {
  const heights = scaleLinear([0, Math.max(LEAST_SCALE, ...days.map(endedOn))], [y + height, y]);
  const grid = heights
    .ticks(4)
    .filter(Number.isInteger)
    .flatMap((tick) => [
      horizontal({ x, y: heights(tick) }, width, tick === 0 ? GREY : GRID),
      text({ x: x - 6, y: heights(tick) + 4 }, tightCountText(tick), {
        size: SIZES.normal,
        fill: GREY,
        anchor: 'end',
      }),
    ]);
  const layers = stack<FortnightDay, EndState>()
    .keys(endStates)
    .value(({ ended }, state) => ended[state] ?? 0);
  const segments = layers([...days]).flatMap((layer) =>
    layer.flatMap(([from, to], index) =>
      to > from ? [drawSegment(bands, days[index], heights(from), heights(to), colours[layer.key])] : [],
    ),
  );
  const totals = days.flatMap((day) => {
    const ended = endedOn(day);
    const at = { x: middleOf(bands, day.date), y: heights(ended) - 5 };
    return ended === 0
      ? []
      : [
          text(at, tightCountText(ended), {
            size: SIZES.normal,
            fill: INK,
            bold: true,
            anchor: 'middle',
            halo: PAPER,
          }),
        ];
  });
  return [...grid, ...segments, ...(totals.length === 0 ? [quiet(x + width / 2, y + height / 2)] : totals)];
}

/** A hair of paper above each segment tells two apart where their colours don't. */
function drawSegment(
  bands: Bands,
  day: FortnightDay | undefined,
  floor: number,
  top: number,
  colour: string,
): string {
  const width = bands.bandwidth();
  const height = Math.max(1, floor - top - 1);
  return rect({ x: middleOf(bands, day?.date) - width / 2, y: floor - height, width, height }, colour);
}

function quiet(x: number, y: number): string {
  return text({ x, y }, NOTHING_ENDED, { size: SIZES.normal, fill: INK, anchor: 'middle', halo: PAPER });
}

function middleOf(bands: Bands, date = ''): number {
  return (bands(date) ?? 0) + bands.bandwidth() / 2;
}

function isFirst(date: string): boolean {
  return date.endsWith('-01');
}

function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(date).getUTCDay());
}
