/** One bulk with all that was done to it, in the order in which it happened, and how its lines stand. */
import type { ModalView } from '@slack/types';
import { bulkNameOf } from '../domain/bulk.ts';
import type { BulkAct } from '../domain/bulkAct.ts';
import { bulkActText, countsText } from '../language/bulk.ts';
import { fileNames } from '../language/bulkFiles.ts';
import { factText, untilText } from '../language/card.ts';
import { CLOSE } from '../language/forms.ts';
import { askedText, digestLine, filesText, linesText, refusedTryText, threadLink } from '../language/show.ts';
import { approvalsOf } from '../usecases/decideOnBulk.ts';
import { firstLineOf, standingOf } from '../usecases/bulkStory.ts';
import type { WholeBulk } from '../usecases/wholeBulk.ts';
import { section } from './blocks.ts';
import { bulkButtons } from './bulkButtons.ts';
import { versionOf } from './bulkCard.ts';
import { bulkStateOfStory, bulkTitleOf, countsOf, totalsOfBulk } from './bulkLook.ts';
import type { Message } from './card.ts';
import { ticketFacts } from './facts.ts';
import { code, plain, sentence, words } from './inert.ts';
import { mention, needsOf, type ShowTime } from './look.ts';
import { fit, type Passage, say, stamp } from './passages.ts';

/** With the buttons for what its reader could do now. */
export function wholeBulkMessage(whole: WholeBulk, showTime: ShowTime): Message {
  const { text, blocks } = tell(whole, showTime);
  const { story, open } = whole;
  const at = { place: 'show', version: versionOf(story) };
  return { text, blocks: open.length === 0 ? blocks : [...blocks, bulkButtons(story.bulk, open, at)] };
}

/** Without buttons: Slack opens no form from within another one. */
export function wholeBulkView(whole: WholeBulk, showTime: ShowTime): ModalView {
  const { blocks } = tell(whole, showTime);
  return { type: 'modal', title: plain(bulkNameOf(whole.story.bulk), 24), close: plain(CLOSE), blocks };
}

function tell({ story, files, link }: WholeBulk, showTime: ShowTime): Message {
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
  const passages = fit(acts.map((act) => stamp(sayAct(act), showTime(act.actedAt))));
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
      ...foot,
    ].join('\n'),
    blocks: [
      section(head.join('\n')),
      section(askedText({ ...asked, reason: '' }).trimEnd()),
      words(first.reason),
      ...tickets.map(section),
      ...passages.flatMap((passage) => passage.blocks),
      ...kept.map(section),
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

/** Refused tries too; a halt is nobody's act, and is never refused. */
function sayAct(act: BulkAct): Passage {
  const { person, refusal } = act;
  const who = person === null ? '' : mention(person);
  return refusal === null || act.act === 'pause'
    ? say(bulkActText(act, who), act.note)
    : say(refusedTryText(act.act, { who, refusal }));
}
