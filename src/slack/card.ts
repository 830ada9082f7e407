/** The headline in the channel and the card in its thread: what is asked, what the provider says, who may decide. */
import type { KnownBlock } from '@slack/types';
import { shortDigest } from '../domain/digest.ts';
import { canBeAskedAgain, isUnsettled, nameOf, type Request } from '../domain/request.ts';
import {
  askedByText,
  cardInWords,
  cardLabels,
  decideBeforeText,
  decidedTitles,
  digestText,
  foundTexts,
  headlineInWords,
  partOfText,
  takesItUntilText,
  whatItSaidText,
} from '../language/card.ts';
import { A_PART, amountText, providerTitles } from '../language/titles.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { askAgainButton, blockId, decisionButtons, findingButton } from './buttons.ts';
import { code, escape, plain, sentence, words } from './inert.ts';
import { followMessage } from './follow.ts';
import { evidenceText, mention, needsOf, type ShowTime, stateText, titleOf } from './look.ts';
import { callForDecision } from './wanted.ts';

export interface Message {
  /** Complete in itself: screen readers and notifications read it instead of the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What a card needs to know besides its story. */
export interface Setting {
  readonly showTime: ShowTime;
  /** The user ids of each approver group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** User ids; absent where nothing is escalated. */
  readonly escalateTo?: readonly string[];
}

export function headline(story: Story): Message {
  const { request } = story;
  const { account, amount, requester } = request;
  const state = stateText(story);
  const facts = [
    `*${nameOf(request)}*`,
    code(account),
    `*${amountText(amount)}*${request.partial ? ` ${A_PART}` : ''}`,
    askedByText(mention(requester)),
  ];
  const text = `${facts.join('  ·  ')}\n${state}`;
  return {
    text: headlineInWords({ title: titleOf(request), requester: mention(requester), state }),
    blocks: [
      { type: 'section', block_id: blockId('headline', request.version), text: { type: 'mrkdwn', text } },
    ],
  };
}

export function card(story: Story, { showTime, groups }: Setting): Message {
  const { request } = story;
  const { evidence } = request;
  const { stepUp } = request.rule;
  const pending = request.state === 'pending';
  const details = Object.entries(request.details).map(([name, value]) => field(escape(name), code(value)));
  const decided = decidedBy(story, showTime).map(([title, who]) => field(title, who));
  const provider = providerTitles[request.provider];
  const amount = amountText(request.amount);
  const whole = amountText(evidence.amount);
  const follow = followMessage(story);

  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(titleOf(request), 150) },
    ...(pending ? [section(callForDecision(story, groups))] : [section(`*${stateText(story)}*`)]),
    ...fieldSections([
      field(cardLabels.provider, provider),
      field(cardLabels.payment, code(request.payment)),
      field(cardLabels.amount, request.partial ? partOfText({ part: amount, whole }) : amount),
      field(cardLabels.requester, mention(request.requester)),
      ...(pending
        ? [field(cardLabels.deadline, `${showTime(request.deadline)}${closesText(request, showTime)}`)]
        : decided),
      ...details,
    ]),
    ...(follow?.blocks ?? []),
    section(`*${cardLabels.reason}*`),
    words(request.reason),
    section(whatItSaidText({ provider, at: showTime(request.evidenceAt) })),
    { type: 'section', text: plain(evidenceText(evidence)) },
    ...(stepUp === undefined || !pending ? [] : [section(`*${cardLabels.stepUp}*`), words(stepUp)]),
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text: `${needsOf(story)}  ·  ${digestText(code(shortDigest(request.digest)))}`,
        },
      ],
    },
    ...(pending ? [decisionButtons(story, 'card')] : []),
    ...(isUnsettled(request.state) ? [findingButton(story, 'card')] : []),
    ...(canBeAskedAgain(request.state) ? [askAgainButton(request, 'card')] : []),
  ];
  const text = fullText(story, groups, showTime);
  return { text: follow === undefined ? text : `${text}\n${follow.text}`, blocks };
}

/** Who decided, and when. */
function decidedBy({ decisions }: Story, showTime: ShowTime): [title: string, who: string][] {
  return decisions
    .filter(({ refusal }) => refusal === null)
    .map(({ act, person, decidedAt }) => {
      const who = person === null ? '' : `${mention(person)}, `;
      const found = act === 'find_cancelled' || act === 'find_refused' ? `: ${foundTexts[act]}` : '';
      return [decidedTitles[act], `${who}${showTime(decidedAt)}${found}`];
    });
}

function fullText(story: Story, groups: Setting['groups'], showTime: ShowTime): string {
  const { request } = story;
  const decided = decidedBy(story, showTime).map(([title, who]) => `${title} ${who}.`);
  const deadline = showTime(request.deadline);
  return cardInWords({
    title: titleOf(request),
    payment: code(request.payment),
    requester: mention(request.requester),
    state: stateText(story),
    decision:
      request.state === 'pending'
        ? decideBeforeText({ deadline, call: callForDecision(story, groups) })
        : decided.join(' '),
    reason: sentence(request.reason),
    provider: providerTitles[request.provider],
    evidence: sentence(evidenceText(request.evidence)),
    stepUp: request.rule.stepUp === undefined ? null : sentence(request.rule.stepUp),
  });
}

function field(label: string, value: string): string {
  return `*${label}*\n${value}`;
}

/** Slack takes ten fields in a section. */
function fieldSections(texts: readonly string[]): KnownBlock[] {
  return Array.from({ length: Math.ceil(texts.length / 10) }, (_one, n) => ({
    type: 'section',
    fields: texts.slice(n * 10, n * 10 + 10).map((text) => ({ type: 'mrkdwn', text })),
  }));
}

function closesText({ closesAt, provider }: Request, showTime: ShowTime): string {
  if (closesAt === null) return '';
  return `\n${takesItUntilText({ provider: providerTitles[provider], at: showTime(closesAt) })}`;
}
