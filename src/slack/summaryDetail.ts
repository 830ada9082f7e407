/** Every request of a summary, as CSV for spreadsheets. Nothing in it is anybody's own text, which could be erased. */
import { bulkNameOf } from '../domain/bulk.ts';
import { decimalText } from '../domain/money.ts';
import { nameOf } from '../domain/request.ts';
import { type Column, toCsv } from '../export/csv.ts';
import { detailColumns as names, NO, YES } from '../language/summaryFiles.ts';
import type { DetailLine } from '../usecases/summaryFiles.ts';

const columns: readonly Column<DetailLine>[] = [
  [names.request, (line) => nameOf(line)],
  [names.bulk, ({ bulk }) => (bulk === null ? '' : bulkNameOf({ number: bulk }))],
  [names.account, ({ account }) => account],
  [names.provider, ({ provider }) => provider],
  [names.payment, ({ payment }) => payment],
  [names.amount, ({ amount }) => (amount === null ? '' : decimalText(amount))],
  [names.currency, ({ amount }) => amount?.currency ?? ''],
  [names.part, ({ partial }) => (partial ? YES : NO)],
  [names.opened, ({ isOpened }) => (isOpened ? YES : NO)],
  [names.ended, ({ ended }) => ended?.state ?? ''],
  [names.standsNow, ({ state }) => state],
  [names.requester, ({ requester }) => requester],
  [names.requestedAt, ({ requestedAt }) => requestedAt.toISOString()],
  [names.approvers, ({ approvers }) => approvers.join(' ')],
  [names.approvedAt, ({ approvedAt }) => approvedAt?.toISOString() ?? ''],
  [names.endedBy, ({ endedBy }) => endedBy],
  [names.endedAt, ({ ended }) => ended?.at.toISOString() ?? ''],
  [names.refusal, ({ refusal }) => refusal],
  [names.ticket, ({ ticket }) => ticket],
];

export function detailCsv(lines: readonly DetailLine[]): string {
  return toCsv(columns, lines);
}
