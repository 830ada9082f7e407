/** One request with all that is on record of it, in the order in which it happened. */
import type { KnownBlock, ModalView } from '@slack/types';
import { nameOf } from '../domain/request.ts';
import { needsText, whatItSaidText } from '../language/card.ts';
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
import { entriesOf, timeOf } from '../usecases/announce.ts';
import type { WholeStory } from '../usecases/queries.ts';
import type { Decision, Story } from '../usecases/story.ts';
import { section, sections } from './blocks.ts';
import type { Message } from './card.ts';
import { code, cut, plain, sentence, words } from './inert.ts';
import { evidenceText, mention, type ShowTime, stateText, titleOf } from './look.ts';
import { threadEntry } from './thread.ts';

/** Slack takes some 11,000 characters of text in a message: this leaves room for the rest of the story. */
const LINES_MAX = 6000;
/** How a story began matters less than where it has come to. */
const BEGINNING_MAX = 2000;
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
  const lines = fit(linesOf(whole, showTime));
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
    ...sections(lines),
    { type: 'context', elements: foot.map((text) => ({ type: 'mrkdwn', text })) },
  ];
  const text = [
    ...head,
    askedText({ ...asked, reason: sentence(request.reason) }),
    `${said}: ${sentence(evidence)}`,
    ...lines,
    ...foot,
  ].join('\n');
  return { text, blocks };
}

export function storyView(whole: WholeStory, showTime: ShowTime): ModalView {
  const { blocks } = storyMessage(whole, showTime);
  return { type: 'modal', title: plain(nameOf(whole.story.request), 24), close: plain(CLOSE), blocks };
}

/** A line for each thing that happened, refused tries too. */
function linesOf({ story, attempts }: WholeStory, showTime: ShowTime): readonly string[] {
  const { request, decisions, lookUps } = story;
  const provider = providerTitles[request.provider];
  const happened = [
    ...entriesOf(story).map((entry) => ({ at: timeOf(entry), text: threadEntry(story, entry).text })),
    ...decisions.flatMap((decision) => refusedTry(decision)),
    ...attempts.map(({ n, startedAt }) => ({ at: startedAt, text: attemptText({ provider, n }) })),
    ...(lookUps.last === null
      ? []
      : [{ at: lookUps.last.at, text: lastLookUpText({ provider, says: sentence(lookUps.last.says) }) }]),
  ];
  return happened
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, text }) => `${showTime(at)}  ${text}`);
}

function refusedTry({ act, person, note, refusal, decidedAt }: Decision): { at: Date; text: string }[] {
  if (refusal === null || person === null) return [];
  const tried = refusedTryText(act, { who: mention(person), refusal });
  return [{ at: decidedAt, text: note === null || note === '' ? tried : `${tried} ${sentence(note)}` }];
}

function needsOf({ request, approvals }: Story): string {
  return needsText({
    needs: request.rule.needs.map(({ group, count }) => ({ group: code(group), count })),
    approved: approvals.map(({ person }) => mention(person)),
  });
}

/** As many as there is room for: the first ones and, above all, the last. */
function fit(lines: readonly string[]): readonly string[] {
  const last = countFitting(lines.toReversed(), LINES_MAX - BEGINNING_MAX);
  const first = countFitting(lines.slice(0, lines.length - last), BEGINNING_MAX);
  const between = lines.length - first - last;
  if (between === 0) return lines;
  return [...lines.slice(0, first), leftOutText(between), ...lines.slice(lines.length - last)];
}

function countFitting(lines: readonly string[], max: number): number {
  let room = max;
  const full = lines.findIndex((line) => {
    room -= Array.from(line).length + 1;
    return room < 0;
  });
  return full === -1 ? lines.length : full;
}
