/** One request with all that is on record of it, in the order in which it happened. */
import type { KnownBlock, ModalView } from '@slack/types';
import { bulkNameOf } from '../domain/bulk.ts';
import { nameOf } from '../domain/request.ts';
import { factText, whatItSaidText } from '../language/card.ts';
import { CLOSE } from '../language/forms.ts';
import {
  askedText,
  attemptText,
  digestLine,
  lastLookUpText,
  lineOfText,
  paymentText,
  refusedTryText,
  threadLink,
} from '../language/show.ts';
import { providerTitles } from '../language/titles.ts';
import { entriesOf, timeOf } from '../usecases/entries.ts';
import type { WholeStory } from '../usecases/queries.ts';
import type { Decision } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { findingButton } from './buttons.ts';
import type { Message } from './card.ts';
import { ticketFacts } from './facts.ts';
import { code, cut, plain, sentence, words } from './inert.ts';
import { followMessage } from './follow.ts';
import { evidenceText, mention, needsOf, type ShowTime, stateText, titleOf } from './look.ts';
import { fit, type Passage, say, stamp } from './passages.ts';
import { threadEntry } from './thread.ts';

const EVIDENCE_MAX = 1500;

/** With a button for its reader, if they could say what became of it. */
export function storyMessage(whole: WholeStory, showTime: ShowTime): Message {
  const { text, blocks } = tell(whole, showTime);
  return { text, blocks: whole.mayFind ? [...blocks, findingButton(whole.story, 'show')] : blocks };
}

/** Without a button: Slack opens no form from within another one. */
export function storyView(whole: WholeStory, showTime: ShowTime): ModalView {
  const { blocks } = tell(whole, showTime);
  return { type: 'modal', title: plain(nameOf(whole.story.request), 24), close: plain(CLOSE), blocks };
}

function tell(whole: WholeStory, showTime: ShowTime): Message {
  const { story, bulk, link } = whole;
  const { request } = story;
  const provider = providerTitles[request.provider];
  const evidence = cut(evidenceText(request.evidence), EVIDENCE_MAX);
  const asked = { requester: mention(request.requester), at: showTime(request.requestedAt) };
  const head = [
    `*${titleOf(request)}*`,
    `${stateText(story)}  ·  ${paymentText({ provider, payment: code(cut(request.payment, 100)) })}`,
    ...(bulk === undefined ? [] : [lineOfText(bulkNameOf(bulk))]),
  ];
  const said = whatItSaidText({ provider, at: showTime(request.evidenceAt) });
  const follow = followMessage(story);
  const tickets = ticketFacts(request).map(factText);
  const passages = fit(passagesOf(whole, showTime));
  const foot = [
    needsOf(story),
    digestLine(code(request.digest)),
    ...(link === undefined ? [] : [threadLink(link)]),
  ];
  const blocks: KnownBlock[] = [
    section(head.join('\n')),
    section(askedText({ ...asked, reason: '' }).trimEnd()),
    words(request.reason),
    ...tickets.map(section),
    section(said),
    { type: 'section', text: plain(evidence) },
    ...(follow?.blocks ?? []),
    ...passages.flatMap((passage) => passage.blocks),
    { type: 'context', elements: foot.map((text) => ({ type: 'mrkdwn', text })) },
  ];
  const text = [
    ...head,
    askedText({ ...asked, reason: sentence(request.reason) }),
    ...tickets,
    `${said}: ${sentence(evidence)}`,
    ...(follow === undefined ? [] : [follow.text]),
    ...passages.map((passage) => passage.text),
    ...foot,
  ].join('\n');
  return { text, blocks };
}

/** All that happened, refused tries too. */
function passagesOf({ story, attempts }: WholeStory, showTime: ShowTime): readonly Passage[] {
  const { request, decisions, lookUps } = story;
  const provider = providerTitles[request.provider];
  const happened = [
    ...entriesOf(story).map((entry) => ({ at: timeOf(entry), passage: threadEntry(story, entry) })),
    ...decisions.flatMap((decision) => refusedTry(decision)),
    ...attempts.map(({ n, startedAt }) => ({ at: startedAt, passage: say(attemptText({ provider, n })) })),
    ...(lookUps.last === null
      ? []
      : [{ at: lookUps.last.at, passage: say(lastLookUpText(provider), lookUps.last.says) }]),
  ];
  return happened
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, passage }) => stamp(passage, showTime(at)));
}

function refusedTry({ act, person, note, refusal, decidedAt }: Decision): { at: Date; passage: Passage }[] {
  if (refusal === null || person === null) return [];
  return [{ at: decidedAt, passage: say(refusedTryText(act, { who: mention(person), refusal }), note) }];
}
