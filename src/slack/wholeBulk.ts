/** One bulk with all that was done to it, in the order in which it happened, and how its lines stand. */
import type { ModalView } from '@slack/types';
import { bulkNameOf } from '../domain/bulk.ts';
import type { BulkAct } from '../domain/bulkAct.ts';
import type { Request } from '../domain/request.ts';
import { bulkActText, countsText } from '../language/bulkCourse.ts';
import { fileNames } from '../language/bulkFiles.ts';
import { factText, untilText } from '../language/card.ts';
import { CLOSE } from '../language/forms.ts';
import {
  askedText,
  digestLine,
  filesText,
  linesText,
  moreUnsettledText,
  refusedTryText,
  threadLink,
  unsettledText,
} from '../language/show.ts';
import { approvalsOf } from '../usecases/decideOnBulk.ts';
import { firstLineOf, standingOf, unsettledLines } from '../usecases/bulkStory.ts';
import type { WholeBulk } from '../usecases/wholeBulk.ts';
import { section } from './blocks.ts';
import { bulkButtons } from './bulkButtons.ts';
import { versionOf } from './bulkCard.ts';
import { bulkStateOfStory, bulkTitleOf, countsOf, findingLine, sayLine, totalsOfBulk } from './bulkLook.ts';
import type { Message } from './card.ts';
import { ticketFacts } from './facts.ts';
import { code, plain, sentence, words } from './inert.ts';
import { mention, needsOf, type ShowTime } from './look.ts';
import { fit, type Passage, say, stamp } from './passages.ts';

const UNSETTLED_SHOWN = 5;

/** With the buttons for what its reader could do now. */
export function wholeBulkMessage(whole: WholeBulk, showTime: ShowTime): Message {
  const { text, blocks } = tell(whole, whole.mayFind, showTime);
  const { story, open } = whole;
  const at = { place: 'show', version: versionOf(story) };
  return { text, blocks: open.length === 0 ? blocks : [...blocks, bulkButtons(story.bulk, open, at)] };
}

/** Without buttons: Slack opens no form from within another one. */
export function wholeBulkView(whole: WholeBulk, showTime: ShowTime): ModalView {
  const { blocks } = tell(whole, false, showTime);
  return { type: 'modal', title: plain(bulkNameOf(whole.story.bulk), 24), close: plain(CLOSE), blocks };
}

/** @param withButtons for those lines of which nobody knows yet what became. */
function tell({ story, files, link }: WholeBulk, withButtons: boolean, showTime: ShowTime): Message {
  const { bulk, acts } = story;
  const first = firstLineOf(story);
  const head = [
    `*${bulkTitleOf(story)}*`,
    `${bulkStateOfStory(story)}  ·  ${totalsOfBulk(story)}`,
    linesText(countsText(countsOf(story))),
    ...(standingOf(story) === 'pending' ? [untilText(showTime(bulk.deadline))] : []),
  ];
  const asked = { requester: mention(bulk.requester), at: showTime(bulk.requestedAt) };
  const tickets = ticketFacts(first).map(factText);
  const unsettled = sayUnsettled(unsettledLines(story), withButtons);
  const passages = fit(
    acts.map((act) => stamp(sayAct(act), showTime(act.actedAt))),
    unsettled.blocks.length,
  );
  const kept = files.there.length + files.lost.length === 0 ? [] : [sayFiles(files)];
  const foot = [
    needsOf({ request: bulk, approvals: approvalsOf(acts) }),
    digestLine(code(bulk.digest)),
    ...(link === undefined ? [] : [threadLink(link)]),
  ];
  return {
    text: [
      ...head,
      askedText({ ...asked, reason: sentence(first.reason) }),
      ...tickets,
      ...passages.map((passage) => passage.text),
      ...kept,
      ...unsettled.texts,
      ...foot,
    ].join('\n'),
    blocks: [
      section(head.join('\n')),
      section(askedText({ ...asked, reason: '' }).trimEnd()),
      words(first.reason),
      ...tickets.map(section),
      ...passages.flatMap((passage) => passage.blocks),
      ...kept.map(section),
      ...unsettled.blocks,
      { type: 'context', elements: foot.map((text) => ({ type: 'mrkdwn', text })) },
    ],
  };
}

function sayFiles({ there, lost }: WholeBulk['files']): string {
  return filesText({
    there: there.map((file) => fileNames[file]),
    lost: lost.map((file) => fileNames[file]),
  });
}

/** The first few, and how many more there are. */
function sayUnsettled(lines: readonly Request[], withButtons: boolean) {
  if (lines.length === 0) return { texts: [], blocks: [] };
  const shown = lines.slice(0, UNSETTLED_SHOWN);
  const more = lines.length - shown.length;
  const rest = more === 0 ? [] : [moreUnsettledText(more)];
  const text = unsettledText(lines.length);
  return {
    texts: [text, ...shown.map(sayLine), ...rest],
    blocks: [
      section(text),
      ...shown.map((line) => (withButtons ? findingLine(line) : section(sayLine(line)))),
      ...rest.map(section),
    ],
  };
}

/** Refused tries too; a halt is nobody's act, and is never refused. */
function sayAct(act: BulkAct): Passage {
  const { person, refusal } = act;
  const who = person === null ? '' : mention(person);
  return refusal === null || act.act === 'pause'
    ? say(bulkActText(act, who), act.note)
    : say(refusedTryText(act.act, { who, refusal }));
}
