/** A summary: what waits on somebody first, then what the days brought, and that it adds up. */
import type { KnownBlock } from '@slack/types';
import { type Figures, tiesOut, total } from '../domain/summary.ts';
import {
  balanceText,
  catchUpText,
  lateText,
  spanText,
  summaryTitle,
  unsignedText,
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
import { clipped, lengthOf } from './summaryLines.ts';
import { bySlackId, type ShowPicture } from './summaryPicture.ts';
import { waitingLines } from './summaryWaiting.ts';

/** A summary that comes so long after its time is late, and says so. */
const LATE_SECONDS = 3600;
const DAYS_NAMED = 10;
/** Slack advises no more, and whoever has it read aloud won't want more. */
const TEXT_MAX = 3_900;
/** By what each part may be long, all of them are what Slack takes in one message. */
const PART_MAX = { waits: 3_500, brought: 1_500, money: 2_000, more: 1_800 } as const;

export function summaryMessage(
  summary: Summary,
  showTime: ShowTime,
  showPicture: ShowPicture = bySlackId,
): Message {
  const { figures } = summary;
  const title = summaryTitle(figures);
  const alerts = alertLines(figures, showTime);
  const waits = clipped(waitingLines(figures, showTime), PART_MAX.waits);
  const brought = clipped(activityLines(figures), PART_MAX.brought);
  const money = clipped(moneyLines(figures), PART_MAX.money);
  const more = clipped(moreLines(figures), PART_MAX.more);
  const foot = footLines(figures, showTime);
  const head = figures.head === null ? [] : [headText(figures.head)];
  const signed = summary.signOff === null ? [] : [signedOffLine(summary.signOff, showTime)];

  const end = [...foot, ...head];
  const body = [`*${title}*`, ...signed, ...alerts, ...waits, ...brought, ...money, ...more];
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
    ...head.map((text) => ({ type: 'context' as const, elements: [plain(text)] })),
    ...signOffBlock(summary, showTime),
  ];
  return { text: [...clipped(body, TEXT_MAX - lengthOf(end)), ...end].join('\n'), blocks };
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
