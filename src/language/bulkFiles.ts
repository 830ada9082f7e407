/** The files of bulks: what is said beside them, and their columns. */
import type { BulkFile } from '../domain/bulk.ts';

/** The headings of the columns; a spreadsheet's filters and other programs go by them. */
export const fileColumns = {
  request: 'request',
  payment: 'payment',
  details: 'details',
  part: 'part',
  amount: 'amount',
  currency: 'currency',
  evidence: 'provider_said',
  state: 'state',
  says: 'what_happened',
  code: 'code',
  reference: 'reference',
  line: 'line',
  fault: 'why_not',
} as const;

export const fileNames: Readonly<Record<BulkFile, string>> = {
  list: 'the list',
  result: 'the result',
  settled: 'the final result',
};

export function fileTitle(file: BulkFile, name: string): string {
  return `${name}: ${fileNames[file]}`;
}

export function fileText(file: BulkFile, name: string): string {
  switch (file) {
    case 'list':
      return `📎 The list of ${name} as it was asked for. It can't be changed; another list is another bulk.`;
    case 'result':
      return `📎 What became of each payment of ${name}. Some are not settled yet; the final list follows when they are.`;
    case 'settled':
      return `📎 What became of each payment of ${name}.`;
  }
}

export function lostFileText(
  file: BulkFile,
  { name, requester }: { name: string; requester: string },
): string {
  const what = file === 'list' ? 'The list' : 'The result file';
  return `⚠️ ${requester} ${what} of ${name} could not be put into this thread, so look single payments up with \`/cancel show\`. Nothing else is wrong with ${name}.`;
}

export const FAULTS_TITLE = 'What can’t be cancelled';
