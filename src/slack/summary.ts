/** The daily summary: what waits on somebody first, then what the day brought, and that it adds up. */
import type { KnownBlock } from '@slack/types';
import { formatMoney } from '../domain/money.ts';
import { type Figures, tiesOut, type Waiting } from '../domain/summary.ts';
import type { Head } from '../usecases/ports.ts';
import type { Message } from './card.ts';
import { code, cut, plain } from './inert.ts';
import { amountText, type ShowTime, stateTitles } from './look.ts';

/** @param head where the record stands; from then on nobody can change it without contradicting this message. */
export function summaryMessage(figures: Figures, showTime: ShowTime, head?: Head): Message {
  const title = `Cancellations on ${dayText(figures.date)}`;
  const waiting = waitingLines(figures, showTime);
  const ended = endedLines(figures);
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
          text: `${balanceText(figures)}  ·  ${figures.refusedTries} refused tries  ·  ${showTime(figures.since)} to ${showTime(figures.until)}, ${figures.zone}`,
        },
        ...(head === undefined ? [] : [plain(headText(head))]),
      ],
    },
  ];
  const anchor = head === undefined ? [] : [headText(head)];
  return { text: [`*${title}*`, ...waiting, ...ended, balanceText(figures), ...anchor].join('\n'), blocks };
}

function waitingLines({ waiting, waitingCount }: Figures, showTime: ShowTime): string[] {
  if (waitingCount === 0) return ['*Nothing waits on anybody.*'];
  const more = waitingCount > waiting.length ? [`… and ${waitingCount - waiting.length} more`] : [];
  return [`*Waiting now: ${waitingCount}*`, ...waiting.map((one) => waitingLine(one, showTime)), ...more];
}

function waitingLine({ number, account, state, amount, requestedAt }: Waiting, showTime: ShowTime): string {
  return `${stateTitles[state]}: *C-${number}*, ${code(account)}, ${amountText(amount)}, asked ${showTime(requestedAt)}`;
}

function endedLines({ ended }: Figures): string[] {
  if (ended.length === 0) return ['A quiet day: no request ended.'];
  return ended.map(({ state, count, money, withoutAmount }) => {
    const sums = money.map(formatMoney);
    if (withoutAmount > 0) sums.push(`${withoutAmount} without a known amount`);
    return `${stateTitles[state]}: *${count}*  ·  ${sums.join('  ·  ')}`;
  });
}

function balanceText(figures: Figures): string {
  const { carriedIn, opened, ended, carriedOut } = figures;
  const over = ended.reduce((sum, { count }) => sum + count, 0);
  const sums = `carried in ${carriedIn} + opened ${opened} = ended ${over} + carried out ${carriedOut}`;
  return tiesOut(figures) ? sums : `⚠️ These figures do not add up: ${sums}`;
}

function headText({ seq, hash }: Head): string {
  return `record head ${seq}:${hash.toString('hex')}`;
}

function dayText(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** As many lines to a section as Slack takes in one text, so that none is cut off. */
function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const longer = [...texts.slice(-1), line].join('\n');
    if (Array.from(longer).length <= 3000) texts.splice(-1, 1, longer);
    else texts.push(cut(line, 3000));
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }));
}
