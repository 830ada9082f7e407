/** A person's Home: its sections, each with its requests, the buttons that work there, and those that cursor its pages. */
import type { Button, HomeView, KnownBlock } from '@slack/types';
import { z } from 'zod';
import {
  asOfText,
  askedAtText,
  closedHomeText,
  decideForText,
  emptySections,
  homeLabels,
  sectionTitles,
  pageHint,
} from '../language/home.ts';
import { type Home, type Section, sections } from '../usecases/home.ts';
import type { Page, Row } from '../usecases/paging.ts';
import { section as text } from './blocks.ts';
import { rowLook } from './homeRow.ts';
import { cut, plain } from './inert.ts';
import { AtCursor } from './list.ts';
import { mention, type ShowTime } from './look.ts';

/** What a button that turns the pages of a section carries. */
export const HomeCursor = z.object({ section: z.enum(sections), cursor: AtCursor });
type HomeCursor = z.infer<typeof HomeCursor>;

const REASON_MAX = 150;

export function homeView(home: Home, at: Date, showTime: ShowTime): HomeView {
  if (home.type === 'closed') return { type: 'home', blocks: [text(closedHomeText(home.why))] };
  const blocks: KnownBlock[] = [
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'ask_from_home', text: plain(homeLabels.ask) }],
    },
    ...sections.flatMap((section) => sectionBlocks(section, home.pages[section], home.users, showTime)),
    { type: 'context', elements: [{ type: 'mrkdwn', text: asOfText(showTime(at)) }] },
  ];
  return { type: 'home', blocks };
}

function sectionBlocks(
  section: Section,
  page: Page,
  users: readonly string[],
  showTime: ShowTime,
): KnownBlock[] {
  const { rows, back, onwards } = page;
  const turning = [
    ...(back === null ? [] : [pageButton('back', { section, cursor: { to: 'back', from: back } })]),
    ...(onwards === null ? [] : [pageButton('more', { section, cursor: { to: 'onwards', from: onwards } })]),
  ];
  return [
    { type: 'divider' },
    { type: 'header', text: plain(sectionTitles[section]) },
    ...(rows.length === 0
      ? [{ type: 'context' as const, elements: [plain(emptySections[section])] }]
      : rows.flatMap((row) => rowBlocks(section, row, users, showTime))),
    ...(turning.length === 0 ? [] : [{ type: 'actions' as const, elements: turning }]),
  ];
}

function pageButton(way: 'more' | 'back', cursor: HomeCursor): Button {
  return {
    type: 'button',
    action_id: `page_${way}`,
    text: plain(homeLabels[way]),
    value: JSON.stringify(cursor),
    accessibility_label: pageHint({ label: homeLabels[way], title: sectionTitles[cursor.section] }),
  };
}

/** What waits for its reader also says why it was asked: the others can be looked at. */
function rowBlocks(section: Section, row: Row, users: readonly string[], showTime: ShowTime): KnownBlock[] {
  const waits = section === 'waiting';
  const { title, state, isPending, asked, reason, details, buttons } = rowLook(section, row, users);
  const requester = mention(asked.requester);
  const next =
    waits && isPending
      ? decideForText({ deadline: showTime(asked.deadline), requester })
      : `${state}\n${askedAtText({ requester, at: showTime(asked.requestedAt) })}`;
  return [
    { ...text(`${title}\n${next}`), accessory: details },
    ...(waits ? [{ type: 'context' as const, elements: [plain(`“${cut(reason, REASON_MAX)}”`)] }] : []),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: [...buttons] }]),
  ];
}
