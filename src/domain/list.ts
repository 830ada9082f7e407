/** A requester's list: which line says what in the provider's terms. */
import { quoteCell, type Record, readCsv } from './csv.ts';
import type { Field } from './provider.ts';

export interface ListLine {
  readonly place: number;
  /** By the names of the provider's fields, as for one payment in the form. */
  readonly fields: Readonly<{ [name: string]: string }>;
  /** Why it can't be taken as it is, whatever the provider makes of the fields. */
  readonly flaw?: Flaw;
}

export type Flaw =
  /** It has more columns than were named. */
  | { readonly type: 'unnamed_column' }
  /** It names columns, and one that the provider does not have. */
  | { readonly type: 'unknown_column'; readonly named: string }
  /** Nothing that can be chosen there. */
  | { readonly type: 'unknown_choice'; readonly field: Field; readonly typed: string };

/**
 * A first line that names one of the fields is a heading. Without one there is one column, the first field: what a further
 * one means would be a guess, and a part could pass for the whole.
 */
export function readList(text: string, fields: readonly Field[]): readonly ListLine[] {
  const [first, ...others] = readCsv(text);
  if (first === undefined) return [];
  const named = first.cells.map((cell) => fieldCalled(cell, fields));
  const columns = named.filter((field) => field !== undefined);
  if (columns.length === 0) {
    return [first, ...others].map((record) => readLine(record, fields.slice(0, 1)));
  }
  const unknown = first.cells[named.indexOf(undefined)]?.trim();
  return unknown === undefined
    ? others.map((record) => readLine(record, columns))
    : [{ place: first.line, fields: {}, flaw: { type: 'unknown_column', named: unknown } }];
}

/** The text from which `readList` reads these lines. */
export function writeList(lines: readonly ListLine['fields'][], fields: readonly Field[]): string {
  const names = fields.map(({ name }) => name).filter((name) => lines.some((line) => name in line));
  const rows = [names, ...lines.map((line) => names.map((name) => line[name] ?? ''))];
  return rows.map((cells) => cells.map(quoteCell).join(',')).join('\n');
}

function fieldCalled(cell: string, fields: readonly Field[]): Field | undefined {
  const wanted = cell.trim().toLowerCase();
  return fields.find(({ name, label }) => [name, label].some((one) => one.toLowerCase() === wanted));
}

function readLine({ line: place, cells }: Record, columns: readonly Field[]): ListLine {
  const typed = columns.flatMap((field, index): [Field, string][] => {
    const cell = (cells[index] ?? '').trim();
    return cell === '' ? [] : [[field, cell]];
  });
  const fields = Object.fromEntries(typed.map(([field, cell]) => [field.name, choose(field, cell) ?? cell]));
  const flaw = flawIn(typed, cells.slice(columns.length));
  return { place, fields, ...(flaw === undefined ? {} : { flaw }) };
}

function flawIn(typed: readonly [Field, string][], beyond: readonly string[]): Flaw | undefined {
  if (beyond.some((cell) => cell.trim() !== '')) return { type: 'unnamed_column' };
  const wrong = typed.find(([field, cell]) => choose(field, cell) === undefined);
  return wrong && { type: 'unknown_choice', field: wrong[0], typed: wrong[1] };
}

/** What is chosen by its value or by what people read; any text where there is nothing to choose. */
function choose({ choices }: Field, cell: string): string | undefined {
  if (choices === undefined) return cell;
  const wanted = cell.toLowerCase();
  return choices.find((choice) => [choice.value, choice.label].some((one) => one.toLowerCase() === wanted))
    ?.value;
}
