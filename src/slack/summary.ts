/** A summary: what waits on somebody first, then what the days brought, and that it adds up. */
import type { KnownBlock } from '@slack/types';
import { type Figures, tiesOut, total } from '../domain/summary.ts';
import {
  balanceText,
  catchUpText,
  lateText,
  NOTHING_WAITS,
  spanText,
  summaryTitle,
  unsignedText,
  waitingTitle,
  wrongBalanceText,
} from '../language/summary.ts';
import { secondsBetween } from '../domain/clock.ts';
import type { Summary } from '../usecases/summaries.ts';
import { aside, sections } from './blocks.ts';
import type { Message } from './card.ts';
import { plain } from './inert.ts';
import type { ShowTime } from './look.ts';
import { signedOffLine, signOffBlock } from './signOff.ts';
import { activityLines, moneyLines, moreLines } from './summaryActivity.ts';
import { clipped } from './summaryLines.ts';
import { bySlackId, type ShowPicture } from './summaryPicture.ts';
import { waitingLines } from './summaryWaiting.ts';

/** A summary that comes so long after its time is late, and says so. */
const LATE_SECONDS = 3600;
const DAYS_NAMED = 10;
/** Slack advises no more, and whoever has it read aloud won't want more. */
const TEXT_MAX = 3_900;

export function summaryMessage(
  summary: Summary,
  showTime: ShowTime,
  showPicture: ShowPicture = bySlackId,
): Message {
  const { figures } = summary;
  const title = summaryTitle(figures);
  const alerts = alertLines(figures, showTime);
  const waiting = waitingLines(figures, showTime);
  const waits =
    waiting.length === 0 ? [`*${NOTHING_WAITS}*`] : [`*${waitingTitle(countOf(figures))}*`, ...waiting];
  const brought = activityLines(figures);
  const money = moneyLines(figures);
  const more = moreLines(figures);
  const foot = footLines(figures, showTime);
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(title, 150) },
    ...sections(alerts),
    ...sections(waits),
    { type: 'divider' },
    ...sections(brought),
    ...sections(money),
    ...sections(more),
    ...(summary.picture === null ? [] : [showPicture(summary.picture)]),
    aside(foot.join('\n')),
    ...(figures.head === null
      ? []
      : [{ type: 'context' as const, elements: [plain(headText(figures.head))] }]),
    ...signOffBlock(summary, showTime),
  ];
  const lines = [
    `*${title}*`,
    ...(summary.signOff === null ? [] : [signedOffLine(summary.signOff, showTime)]),
    ...alerts,
    ...waits,
    ...(figures.head === null ? [] : [headText(figures.head)]),
    ...brought,
    ...money,
    ...more,
    ...foot,
  ];
  return { text: clipped(lines, TEXT_MAX).join('\n'), blocks };
}

function countOf({ waiting, freezes, halted, silent }: Figures): number {
  const listed = [freezes, halted].map(({ items, more }) => items.length + more);
  return total(waiting) + listed.reduce((sum, count) => sum + count, 0) + silent.length;
}

/** What must not be overlooked. */
function alertLines(figures: Figures, showTime: ShowTime): string[] {
  const { days, kind, unsigned, dueAt, madeAt } = figures;
  const isCatchUp = kind === 'day' && days > 1;
  return [
    ...(tiesOut(figures) ? [] : [wrongBalanceText(balanceOf(figures))]),
    ...(unsigned.length === 0
      ? []
      : [unsignedText({ count: unsigned.length, days: unsigned.slice(0, DAYS_NAMED) })]),
    ...(isCatchUp ? [catchUpText(days)] : []),
    ...(secondsBetween(dueAt, madeAt) > LATE_SECONDS ? [lateText(showTime(dueAt))] : []),
  ];
}

function footLines(figures: Figures, showTime: ShowTime): string[] {
  const { since, until, zone, madeAt } = figures;
  return [
    balanceOf(figures),
    spanText({ since: showTime(since), until: showTime(until), zone, madeAt: showTime(madeAt) }),
  ];
}

function balanceOf({ carriedIn, opened, ended, carriedOut }: Figures): string {
  return balanceText({ carriedIn, opened: total(opened), ended: total(ended), carriedOut });
}

function headText({ seq, hash }: NonNullable<Figures['head']>): string {
  return `record head ${seq}:${hash}`;
}
