/** The daily summary: what waits on somebody first, then what the day brought, and that it adds up. */
import type { KnownBlock } from '@slack/types';
import { formatMoney } from '../domain/money.ts';
import { nameOf } from '../domain/request.ts';
import { type Figures, tiesOut, type Waiting } from '../domain/summary.ts';
import {
  balanceText,
  moreText,
  NOTHING_WAITS,
  QUIET_DAY,
  refusedTriesText,
  spanText,
  summaryTitle,
  waitingText,
  waitingTitle,
  withoutAmountText,
} from '../language/summary.ts';
import { stateTitles } from '../language/states.ts';
import { amountText } from '../language/titles.ts';
import type { Head } from '../usecases/ports.ts';
import type { Message } from './card.ts';
import { sections } from './blocks.ts';
import { code, plain } from './inert.ts';
import type { ShowTime } from './look.ts';

/** @param head where the record stands; from then on nobody can change it without contradicting this message. */
export function summaryMessage(figures: Figures, showTime: ShowTime, head?: Head): Message {
  const title = summaryTitle(figures.date);
  const waiting = waitingLines(figures, showTime);
  const ended = endedLines(figures);
  const balance = balanceOf(figures);
  const { since, until, zone } = figures;
  const span = spanText({ since: showTime(since), until: showTime(until), zone });
  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(title, 150) },
    ...sections(waiting),
    { type: 'divider' },
    ...sections(ended),
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text: [balance, refusedTriesText(figures.refusedTries), span].join('  ·  '),
        },
        ...(head === undefined ? [] : [plain(headText(head))]),
      ],
    },
  ];
  const anchor = head === undefined ? [] : [headText(head)];
  return { text: [`*${title}*`, ...waiting, ...ended, balance, ...anchor].join('\n'), blocks };
}

function waitingLines({ waiting, waitingCount }: Figures, showTime: ShowTime): string[] {
  if (waitingCount === 0) return [`*${NOTHING_WAITS}*`];
  const more = waitingCount > waiting.length ? [moreText(waitingCount - waiting.length)] : [];
  return [`*${waitingTitle(waitingCount)}*`, ...waiting.map((one) => waitingLine(one, showTime)), ...more];
}

function waitingLine({ number, account, state, amount, requestedAt }: Waiting, showTime: ShowTime): string {
  return waitingText({
    state: stateTitles[state],
    name: nameOf({ number }),
    account: code(account),
    amount: amountText(amount),
    at: showTime(requestedAt),
  });
}

function endedLines({ ended }: Figures): string[] {
  if (ended.length === 0) return [QUIET_DAY];
  return ended.map(({ state, count, money, withoutAmount }) => {
    const sums = money.map(formatMoney);
    if (withoutAmount > 0) sums.push(withoutAmountText(withoutAmount));
    return `${stateTitles[state]}: *${count}*  ·  ${sums.join('  ·  ')}`;
  });
}

function balanceOf(figures: Figures): string {
  const ended = figures.ended.reduce((sum, { count }) => sum + count, 0);
  return balanceText({ ...figures, ended, tiesOut: tiesOut(figures) });
}

function headText({ seq, hash }: Head): string {
  return `record head ${seq}:${hash.toString('hex')}`;
}
