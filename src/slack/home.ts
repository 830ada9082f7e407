/** A person's Home: its sections, each with its requests, the buttons that work there, and those that cursor its pages. */
import type { Button, HomeView, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { waitsForAPerson } from '../domain/find.ts';
import { isUnsettled, nameOf, type Request } from '../domain/request.ts';
import { decideLabels } from '../language/decide.ts';
import { findLabels } from '../language/find.ts';
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
import { A_PART, amountText } from '../language/titles.ts';
import { type Home, type Section, sections } from '../usecases/home.ts';
import type { Page } from '../usecases/paging.ts';
import type { Course } from '../usecases/story.ts';
import { section as text } from './blocks.ts';
import { requestButton } from './buttons.ts';
import { code, cut, plain } from './inert.ts';
import { AtCursor } from './list.ts';
import { mention, type ShowTime, stateText } from './look.ts';

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
  const { stories, back, onwards } = page;
  const turning = [
    ...(back === null ? [] : [pageButton('back', { section, cursor: { to: 'back', from: back } })]),
    ...(onwards === null ? [] : [pageButton('more', { section, cursor: { to: 'onwards', from: onwards } })]),
  ];
  return [
    { type: 'divider' },
    { type: 'header', text: plain(sectionTitles[section]) },
    ...(stories.length === 0
      ? [{ type: 'context' as const, elements: [plain(emptySections[section])] }]
      : stories.flatMap((story) => requestBlocks(section, story, users, showTime))),
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
function requestBlocks(
  section: Section,
  story: Course,
  users: readonly string[],
  showTime: ShowTime,
): KnownBlock[] {
  const { request } = story;
  const waits = section === 'waiting';
  const requester = mention(request.requester);
  const next = waits
    ? decideForText({ deadline: showTime(request.deadline), requester })
    : `${stateText(story)}\n${askedAtText({ requester, at: showTime(request.requestedAt) })}`;
  const buttons = buttonsOf(section, story, users);
  return [
    {
      ...text(`${titleLine(request)}\n${next}`),
      accessory: requestButton(request, 'show_request', homeLabels.details),
    },
    ...(waits
      ? [{ type: 'context' as const, elements: [plain(`“${cut(request.reason, REASON_MAX)}”`)] }]
      : []),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  ];
}

function titleLine(request: Request): string {
  const { account, payment, amount, partial } = request;
  const part = partial ? ` ${A_PART}` : '';
  return (
    `*${nameOf(request)}*  ·  ${code(account)}  ·  ${code(cut(payment, 100))}  ·  ` +
    `*${amountText(amount)}*${part}`
  );
}

function buttonsOf(section: Section, { request, lookUps }: Course, users: readonly string[]): Button[] {
  const { state } = request;
  const isOwn = users.includes(request.requester.user);
  const isCalled = waitsForAPerson(state, lookUps.endedAt);
  return [
    ...(section === 'waiting'
      ? [
          requestButton(request, 'approve_request', decideLabels.approve, 'primary'),
          requestButton(request, 'reject_request', decideLabels.reject, 'danger'),
        ]
      : []),
    ...(isUnsettled(state) && !isOwn
      ? [requestButton(request, 'record_finding', findLabels.open, isCalled ? 'primary' : undefined)]
      : []),
    ...(isOwn && state === 'pending'
      ? [requestButton(request, 'withdraw_request', decideLabels.withdraw)]
      : []),
  ];
}
