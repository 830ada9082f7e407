/** CSV (RFC 4180). It is read as people have it: separated by commas, semicolons or tabs, with any kind of line break. */

export interface Record {
  /** The number of the line that it begins in, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const BYTE_ORDER_MARK = '\ufeff';
const SEPARATORS = [',', ';', '\t'] as const;

/** Records without any text are left out. A quote that is never closed ends with the text. */
export function readCsv(text: string): readonly Record[] {
  const given = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const separator = separatorIn(given);
  const records: Record[] = [];
  let line = 1;
  let begun = 1;
  let cells: string[] = [];
  let cell = '';
  let quoted = false;

  function endRecord(): void {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== '')) records.push({ line: begun, cells });
    cells = [];
    cell = '';
  }

  for (let at = 0; at < given.length; at += 1) {
    const character = given[at] ?? '';
    const isBreak = character === '\n' || (character === '\r' && given[at + 1] !== '\n');
    if (isBreak) line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (given[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (character === separator) {
      cells.push(cell);
      cell = '';
    } else if (isBreak) {
      endRecord();
      begun = line;
    } else if (character !== '\r') cell += character;
  }
  endRecord();
  return records;
}

/** The one that the first line with text has most of; a list of one column has none. */
function separatorIn(text: string): (typeof SEPARATORS)[number] {
  const first = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  const counts = SEPARATORS.map((separator) => first.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** As it has to stand between commas. */
export function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
