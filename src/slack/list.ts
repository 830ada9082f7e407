/** A page of a list of requests and bulks, a line each, with buttons that cursor it. */
import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { bulkNameOf } from '../domain/bulk.ts';
import { nameOf } from '../domain/request.ts';
import { paymentsText } from '../language/bulk.ts';
import { listLabels } from '../language/list.ts';
import { amountText } from '../language/titles.ts';
import type { Page, Row } from '../usecases/paging.ts';
import type { BulkCourse } from '../usecases/bulkStory.ts';
import { lists } from '../usecases/queries.ts';
import type { Course } from '../usecases/story.ts';
import { section, sections } from './blocks.ts';
import { bulkStateOfCourse, sayTotals } from './bulkLook.ts';
import type { Message } from './card.ts';
import { code, cut, plain } from './inert.ts';
import { mention, type ShowTime, stateText } from './look.ts';

/** Which list a message shows: one of those with a name, or what was found for some words. */
export const Listed = z.union([z.object({ list: z.enum(lists) }), z.object({ wanted: z.string() })]);
export type Listed = z.infer<typeof Listed>;

export const AtCursor = z.object({ to: z.enum(['onwards', 'back']), from: z.int().positive() });

/** What a button that turns a list carries. */
export const ListCursor = z.object({ of: Listed, cursor: AtCursor });
type ListCursor = z.infer<typeof ListCursor>;

/** @param more.title ready to be shown */
export function listMessage(
  page: Page,
  { title, of, showTime }: { readonly title: string; readonly of: Listed; readonly showTime: ShowTime },
): Message {
  const lines = page.rows.map((row) => lineOf(row, showTime));
  const buttons = [
    ...(page.back === null ? [] : [button('newer', { of, cursor: { to: 'back', from: page.back } })]),
    ...(page.onwards === null
      ? []
      : [button('older', { of, cursor: { to: 'onwards', from: page.onwards } })]),
  ];
  const blocks: KnownBlock[] = [section(`*${title}*`), ...sections(lines)];
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  return { text: [`*${title}*`, ...lines].join('\n'), blocks };
}

function button(way: 'newer' | 'older', cursor: ListCursor): Button {
  return {
    type: 'button',
    action_id: `show_${way}`,
    text: plain(listLabels[way]),
    value: JSON.stringify(cursor),
  };
}

function lineOf(row: Row, showTime: ShowTime): string {
  const { account, requester, requestedAt } = 'bulk' in row ? row.bulk : row.request;
  const [name, what, amount, state] = 'bulk' in row ? partsOfBulk(row) : partsOf(row);
  return (
    `*${name}*  ·  ${code(account)} ${what}  ·  ${amount}  ·  ` +
    `${mention(requester)}  ·  ${showTime(requestedAt)}  ·  ${state}`
  );
}

type Parts = readonly [name: string, what: string, amount: string, state: string];

function partsOf(course: Course): Parts {
  const { payment, amount } = course.request;
  return [nameOf(course.request), code(cut(payment, 40)), amountText(amount), stateText(course)];
}

function partsOfBulk(course: BulkCourse): Parts {
  const { bulk, totals } = course;
  return [bulkNameOf(bulk), paymentsText(bulk.lines.length), sayTotals(totals), bulkStateOfCourse(course)];
}
