/** What verification found, as sentences for a person. */
import { type Fault, sayMoment } from './faults.ts';
import type { Anchor } from './heads.ts';
import type { Report } from './verify.ts';

export function isWhole({ faultCount }: Report): boolean {
  return faultCount === 0;
}

export function sayReport(report: Report): string[] {
  const [first, ...others] = report.faults;
  if (first === undefined) return [...sayWhole(report), ...sayReach(report)].map(printable);
  const more = report.faultCount - report.faults.length;
  return [
    `The record is broken. First: ${sayFault(first)}.`,
    ...others.map((fault) => `Then: ${sayFault(fault)}.`),
    ...(more > 0 ? [`And ${more} more faults.`] : []),
    ...sayReach(report),
  ].map(printable);
}

/** `entry 17 (C-1004, decision 3): its body was changed: the MAC does not fit` */
export function sayFault({ subject, request, place, says }: Fault): string {
  const context = [request, place].filter((one) => one !== undefined).join(', ');
  return `${subject}${context === '' ? '' : ` (${context})`}: ${says}`;
}

function sayWhole({ entries, requests, rows }: Report): string[] {
  if (entries === 0) return ['The record is empty, and nothing shows that it ever was otherwise.'];
  return [
    `The record is whole: ${entries} entries and ${rows} rows about ${requests} requests say the same, and keep the law.`,
  ];
}

/** How far what was found reaches. */
function sayReach({ entries, keys, signed, posted, end }: Report): string[] {
  if (entries === 0) return [];
  return [
    ...keys.map((use) => `Key ${use.key} made ${use.entries} entries, from ${use.from} to ${use.to}.`),
    `${sayAnchor('signed', signed)} ${sayTail(end - (signed?.seq ?? 0))}`,
    ...(posted === undefined
      ? []
      : [`${sayAnchor('posted in Slack', posted.newest)} ${posted.count} were compared.`]),
  ];
}

function sayAnchor(what: string, anchor: Anchor | undefined): string {
  if (anchor === undefined) return `No head that fits was ${what}.`;
  return `The newest head that was ${what} is that of entry ${anchor.seq}, of ${sayMoment(anchor.at)}.`;
}

function sayTail(after: number): string {
  return after === 0
    ? 'No entry came after it.'
    : `${after} entries came after it, and could be cut off unseen.`;
}

/** What was tampered with may hold what would move the reader's cursor. */
function printable(line: string): string {
  return line.replaceAll(/\p{C}/gu, '\u{fffd}');
}
