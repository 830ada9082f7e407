/** CSV (RFC 4180) for people, who open it in a spreadsheet. */
import { quoteCell } from '../domain/csv.ts';

export type Cell = string | number | null;

/** Tells a spreadsheet that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/** What a spreadsheet takes for a formula, also after white space and in full width. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** One record with its line break. An apostrophe in front makes a text of what would be a formula. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoteCell(disarm(cell)) : (cell ?? ''))).join(',')}\r\n`;
}

export type Column<Row> = readonly [name: string, cell: (row: Row) => Cell];

/** A whole file: a heading, and a record for each row. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const heading = csvRow(columns.map(([name]) => name));
  const body = rows.map((row) => csvRow(columns.map(([, cell]) => cell(row))));
  return BYTE_ORDER_MARK + heading + body.join('');
}

function disarm(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
