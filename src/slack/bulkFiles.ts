/** The files of bulks, as CSV for spreadsheets. */
import { type BulkFile, bulkNameOf } from '../domain/bulk.ts';
import { decimalText } from '../domain/money.ts';
import { nameOf } from '../domain/request.ts';
import { type Column, toCsv } from '../export/csv.ts';
import { fileColumns } from '../language/bulkFiles.ts';
import type { BulkStory, LineStory } from '../usecases/bulkStory.ts';
import type { LineFault } from '../usecases/draft.ts';
import { evidenceText } from './look.ts';

const asked: readonly Column<LineStory>[] = [
  [fileColumns.request, ({ request }) => nameOf(request)],
  [fileColumns.payment, ({ request }) => request.payment],
  [fileColumns.details, ({ request }) => detailsText(request.details)],
  [fileColumns.part, ({ request }) => (request.partial ? fileColumns.part : '')],
  [fileColumns.amount, ({ request: { amount } }) => (amount === null ? '' : decimalText(amount))],
  [fileColumns.currency, ({ request: { amount } }) => amount?.currency ?? ''],
];

const list: readonly Column<LineStory>[] = [
  ...asked,
  [fileColumns.evidence, ({ request }) => evidenceText(request.evidence)],
];

const result: readonly Column<LineStory>[] = [
  ...asked,
  [fileColumns.state, ({ request }) => request.state],
  [fileColumns.says, ({ says }) => says],
  [fileColumns.code, ({ code }) => code],
  [fileColumns.reference, ({ reference }) => reference],
];

const faults: readonly Column<LineFault>[] = [
  [fileColumns.line, ({ place }) => place],
  [fileColumns.payment, ({ payment }) => payment],
  [fileColumns.fault, ({ says }) => says],
];

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export function fileOfBulk(file: BulkFile, { bulk, lines }: BulkStory): TextFile {
  return {
    name: `${bulkNameOf(bulk)}-${file}.csv`,
    text: toCsv(file === 'list' ? list : result, lines),
  };
}

export function faultsFile(found: readonly LineFault[]): TextFile {
  return { name: 'faults.csv', text: toCsv(faults, found) };
}

function detailsText(details: Readonly<Record<string, string>>): string {
  return Object.entries(details)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
