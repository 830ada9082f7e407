/** The headline in the channel and the card in its thread: what is asked, what the provider says, who may decide. */
import type { KnownBlock } from '@slack/types';
import { shortDigest } from '../domain/digest.ts';
import { missing } from '../domain/policy.ts';
import { isUnsettled, nameOf, type Request } from '../domain/request.ts';
import type { Decision, Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { blockId, decisionButtons, findingButton } from './buttons.ts';
import { code, escape, plain, sentence, words } from './inert.ts';
import {
  amountText,
  evidenceText,
  mention,
  providerTitles,
  type ShowTime,
  stateText,
  titleOf,
} from './look.ts';

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
}

export function headline(story: Story): Message {
  const { request } = story;
  const { account, amount, requester } = request;
  const text =
    `*${nameOf(request)}*  ·  ${code(account)}  ·  *${amountText(amount)}*${request.partial ? ' (a part)' : ''}` +
    `  ·  asked by ${mention(requester)}\n${stateText(story)}`;
  return {
    text: `${titleOf(request)}, asked by ${mention(requester)}. ${stateText(story)}`,
    blocks: [
      { type: 'section', block_id: blockId('headline', request.version), text: { type: 'mrkdwn', text } },
    ],
  };
}

export function card(story: Story, { showTime, groups }: Setting): Message {
  const { request } = story;
  const { evidence } = request;
  const pending = request.state === 'pending';
  const details = Object.entries(request.details).map(([name, value]) => `*${escape(name)}*\n${code(value)}`);
  const decided = decidedBy(story, showTime).map(([title, who]) => `*${title}*\n${who}`);

  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(titleOf(request), 150) },
    ...(pending ? [section(callForDecision(story, groups))] : [section(`*${stateText(story)}*`)]),
    ...fieldSections([
      `*Provider*\n${providerTitles[request.provider]}`,
      `*Payment*\n${code(request.payment)}`,
      `*Amount*\n${amountText(request.amount)}${request.partial ? ` of ${amountText(evidence.amount)}` : ''}`,
      `*Asked by*\n${mention(request.requester)}`,
      ...(pending
        ? [`*Decide before*\n${showTime(request.deadline)}${closesText(request, showTime)}`]
        : decided),
      ...details,
    ]),
    section('*Reason*'),
    words(request.reason),
    section(`*What ${providerTitles[request.provider]} said* at ${showTime(request.evidenceAt)}`),
    { type: 'section', text: plain(evidenceText(evidence)) },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: `${needsText(story)}  ·  digest \`${shortDigest(request.digest)}\`` },
      ],
    },
    ...(pending ? [decisionButtons(story, 'card')] : []),
    ...(isUnsettled(request.state) ? [findingButton(story, 'card')] : []),
  ];
  return { text: fullText(story, groups, showTime), blocks };
}

/** Who is wanted, by name, so that Slack tells them. */
export function callForDecision({ request, approvals }: Story, groups: Setting['groups']): string {
  const { needs } = request.rule;
  const approved = approvals.map((approval) => approval.groups);
  const brings = (user: string) => {
    const theirs = Object.keys(groups).filter((group) => groups[group]?.includes(user));
    return missing(needs, [...approved, theirs]).length < missing(needs, approved).length;
  };
  const people = new Set(needs.flatMap(({ group }) => groups[group] ?? []));
  // Nobody is called to decide on their own request, or twice.
  people.delete(request.requester.user);
  for (const { person } of approvals) people.delete(person.user);

  const called = [...people].filter(brings).map((user) => `<@${user}>`);
  if (called.length === 0)
    return 'Nobody is left who may approve this, so it expires unless it is rejected or withdrawn.';
  return `${called.slice(0, 20).join(' ')} please approve or reject this. Nothing is sent before.`;
}

const decidedTitles = {
  approve: 'Approved by',
  reject: 'Rejected by',
  withdraw: 'Withdrawn by',
  expire: 'Expired',
  lapse: 'Lapsed',
  find: 'Found by',
  find_cancelled: 'Found by',
  find_refused: 'Found by',
} as const satisfies Record<Decision['act'], string>;

const foundTexts: Readonly<Partial<Record<Decision['act'], string>>> = {
  find_cancelled: 'it was cancelled',
  find_refused: 'it was not cancelled',
};

/** Who decided, and when. */
function decidedBy({ decisions }: Story, showTime: ShowTime): [title: string, who: string][] {
  return decisions
    .filter(({ refusal }) => refusal === null)
    .map(({ act, person, decidedAt }) => {
      const who = person === null ? '' : `${mention(person)}, `;
      const found = foundTexts[act] === undefined ? '' : `: ${foundTexts[act]}`;
      return [decidedTitles[act], `${who}${showTime(decidedAt)}${found}`];
    });
}

function needsText({ request, approvals }: Story): string {
  const needs = request.rule.needs.map(({ group, count }) => `${count} of ${code(group)}`).join(' and ');
  const approved = approvals.map(({ person }) => mention(person)).join(', ');
  return `Needs ${needs}; approved by ${approved === '' ? 'nobody yet' : approved}`;
}

function fullText(story: Story, groups: Setting['groups'], showTime: ShowTime): string {
  const { request } = story;
  const decided = decidedBy(story, showTime).map(([title, who]) => `${title} ${who}.`);
  const next = `Decide before ${showTime(request.deadline)}. ${callForDecision(story, groups)}`;
  return [
    `${titleOf(request)}, payment ${code(request.payment)}, asked by ${mention(request.requester)}.`,
    `${stateText(story)}. ${request.state === 'pending' ? next : decided.join(' ')}`,
    `Reason: ${sentence(request.reason)}`,
    `${providerTitles[request.provider]} said: ${sentence(evidenceText(request.evidence))}`,
  ].join('\n');
}

/** Slack takes ten fields in a section. */
function fieldSections(texts: readonly string[]): KnownBlock[] {
  return Array.from({ length: Math.ceil(texts.length / 10) }, (_one, n) => ({
    type: 'section',
    fields: texts.slice(n * 10, n * 10 + 10).map((text) => ({ type: 'mrkdwn', text })),
  }));
}

function closesText({ closesAt, provider }: Request, showTime: ShowTime): string {
  return closesAt === null ? '' : `\n${providerTitles[provider]} takes it until ${showTime(closesAt)}`;
}
