/** One request with all that is on record of it, in the order in which it happened. */
import type { KnownBlock, ModalView } from '@slack/types';
import { nameOf } from '../domain/request.ts';
import { whatItSaidText } from '../language/card.ts';
import { CLOSE } from '../language/forms.ts';
import {
  askedText,
  attemptText,
  digestLine,
  lastLookUpText,
  leftOutText,
  paymentText,
  refusedTryText,
  threadLink,
} from '../language/show.ts';
import { providerTitles } from '../language/titles.ts';
import { entriesOf, timeOf } from '../usecases/entries.ts';
import type { WholeStory } from '../usecases/queries.ts';
import type { Decision } from '../usecases/story.ts';
import { section } from './blocks.ts';
import type { Message } from './card.ts';
import { code, cut, plain, sentence, words } from './inert.ts';
import { followMessage } from './follow.ts';
import { evidenceText, mention, needsOf, type ShowTime, stateText, titleOf } from './look.ts';
import { threadEntry } from './thread.ts';

/** What a passage of the story says, in words alone and in blocks. */
type Passage = Message;

/** Slack takes 50 blocks and some 11,000 characters of text in a message: the rest is for what was asked, and why. */
const ROOM = { blocks: 40, characters: 6000 };
/** How a story began matters less than where it has come to. */
const ROOM_FOR_THE_BEGINNING = { blocks: 12, characters: 2000 };
const EVIDENCE_MAX = 1500;

export function storyMessage(whole: WholeStory, showTime: ShowTime): Message {
  const { story, link } = whole;
  const { request } = story;
  const provider = providerTitles[request.provider];
  const evidence = cut(evidenceText(request.evidence), EVIDENCE_MAX);
  const asked = { requester: mention(request.requester), at: showTime(request.requestedAt) };
  const head = [
    `*${titleOf(request)}*`,
    `${stateText(story)}  ·  ${paymentText({ provider, payment: code(cut(request.payment, 100)) })}`,
  ];
  const said = whatItSaidText({ provider, at: showTime(request.evidenceAt) });
  const follow = followMessage(story);
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
    section(said),
    { type: 'section', text: plain(evidence) },
    ...(follow?.blocks ?? []),
    ...passages.flatMap((passage) => passage.blocks),
    { type: 'context', elements: foot.map((text) => ({ type: 'mrkdwn', text })) },
  ];
  const text = [
    ...head,
    askedText({ ...asked, reason: sentence(request.reason) }),
    `${said}: ${sentence(evidence)}`,
    ...(follow === undefined ? [] : [follow.text]),
    ...passages.map((passage) => passage.text),
    ...foot,
  ].join('\n');
  return { text, blocks };
}

export function storyView(whole: WholeStory, showTime: ShowTime): ModalView {
  const { blocks } = storyMessage(whole, showTime);
  return { type: 'modal', title: plain(nameOf(whole.story.request), 24), close: plain(CLOSE), blocks };
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

/** Puts the time before what happened then: on its line, where it has one. */
function stamp({ text, blocks }: Passage, time: string): Passage {
  const [first, ...others] = blocks;
  const line = first?.type === 'section' ? first.text?.text : undefined;
  return {
    text: `${time}  ${text}`,
    blocks: line === undefined ? [section(time), ...blocks] : [section(`${time}  ${line}`), ...others],
  };
}

function refusedTry({ act, person, note, refusal, decidedAt }: Decision): { at: Date; passage: Passage }[] {
  if (refusal === null || person === null) return [];
  return [{ at: decidedAt, passage: say(refusedTryText(act, { who: mention(person), refusal }), note) }];
}

/** @param said by a person or a provider. */
function say(text: string, said: string | null = null): Passage {
  if (said === null || said === '') return { text, blocks: [section(text)] };
  return { text: `${text} ${sentence(said)}`, blocks: [section(text), words(said)] };
}

/** As many passages as there is room for: the first ones and, above all, the last. */
function fit(passages: readonly Passage[]): readonly Passage[] {
  const last = countFitting(passages.toReversed(), {
    blocks: ROOM.blocks - ROOM_FOR_THE_BEGINNING.blocks,
    characters: ROOM.characters - ROOM_FOR_THE_BEGINNING.characters,
  });
  const first = countFitting(passages.slice(0, passages.length - last), ROOM_FOR_THE_BEGINNING);
  const between = passages.length - first - last;
  if (between === 0) return passages;
  return [...passages.slice(0, first), say(leftOutText(between)), ...passages.slice(passages.length - last)];
}

function countFitting(passages: readonly Passage[], { blocks, characters }: typeof ROOM): number {
  const left = { blocks, characters };
  const full = passages.findIndex((passage) => {
    left.blocks -= passage.blocks.length;
    left.characters -= JSON.stringify(passage.blocks).length;
    return left.blocks < 0 || left.characters < 0;
  });
  return full === -1 ? passages.length : full;
}
