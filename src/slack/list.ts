/** A page of a list of requests, a line each, with buttons that cursor it. */
import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { nameOf } from '../domain/request.ts';
import { listLabels } from '../language/list.ts';
import { amountText } from '../language/titles.ts';
import type { Page } from '../usecases/paging.ts';
import { lists } from '../usecases/queries.ts';
import type { Course } from '../usecases/story.ts';
import { section, sections } from './blocks.ts';
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
  const lines = page.stories.map((story) => lineOf(story, showTime));
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

function lineOf(story: Course, showTime: ShowTime): string {
  const { account, amount, payment, requester, requestedAt } = story.request;
  return (
    `*${nameOf(story.request)}*  ·  ${code(account)} ${code(cut(payment, 40))}  ·  ${amountText(amount)}  ·  ` +
    `${mention(requester)}  ·  ${showTime(requestedAt)}  ·  ${stateText(story)}`
  );
}
