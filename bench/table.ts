/** The one table that `npm run bench` prints. */
import type { Judged, Target } from './row.ts';

const HEADINGS = ['case', 'unit', 'floor', 'ours', 'ratio', 'target', 'met'];
const isNumber = (column: number) => column >= 2 && column <= 4;

export function tableText(rows: readonly Judged[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return lines.join('\n');
}

function cellsOf({ case: name, unit, floor, ours, ratio, target, isMet }: Judged): string[] {
  return [
    name,
    unit,
    figure(floor),
    figure(ours),
    ratio.toFixed(2),
    targetText(target),
    isMet ? 'yes' : 'NO',
  ];
}

function targetText(target: Target): string {
  return 'atMost' in target ? `<= ${target.atMost}` : `>= ${target.atLeast}`;
}

/** Three figures that count. */
function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
