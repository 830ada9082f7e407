/** The headline in the channel and the card in its thread: what is asked of how many payments, and who may decide. */
import type { KnownBlock } from '@slack/types';
import { bulkNameOf } from '../domain/bulk.ts';
import { shortDigest } from '../domain/digest.ts';
import type { Request } from '../domain/request.ts';
import { bulkCardInWords, bulkLabels, lookedUpText, paymentsText, someCloseText } from '../language/bulk.ts';
import { goneLinesText } from '../language/bulkCourse.ts';
import { askedByText, cardLabels, decideBeforeText, digestText, headlineInWords } from '../language/card.ts';
import { providerTitles } from '../language/titles.ts';
import { type BulkStory, firstLineOf, standingOf } from '../usecases/bulkStory.ts';
import { approvalsOf } from '../usecases/decideOnBulk.ts';
import { section } from './blocks.ts';
import { bulkButtons, DECISIONS } from './bulkButtons.ts';
import { bulkStateOfStory, bulkTitleOf, sayLine, totalsOfBulk } from './bulkLook.ts';
import { blockId } from './buttons.ts';
import type { Message, Setting } from './card.ts';
import { ticketFacts } from './facts.ts';
import { code, plain, sentence, words } from './inert.ts';
import { mention, needsOf, type ShowTime } from './look.ts';
import { callForDecision } from './wanted.ts';

/** Of the largest payments, and of the first of the list. */
const LINES_SHOWN = 5;

export function bulkHeadline(story: BulkStory): Message {
  const { bulk, lines } = story;
  const state = bulkStateOfStory(story);
  const requester = mention(bulk.requester);
  const facts = [
    `*${bulkNameOf(bulk)}*`,
    code(bulk.account),
    `*${paymentsText(lines.length)}, ${totalsOfBulk(story)}*`,
    askedByText(requester),
  ];
  return {
    text: headlineInWords({
      title: `${bulkTitleOf(story)}, ${totalsOfBulk(story)}`,
      requester,
      state: [state],
    }),
    blocks: [
      {
        type: 'section',
        block_id: blockId('headline', versionOf(story)),
        text: { type: 'mrkdwn', text: `${facts.join('  ·  ')}\n${state}` },
      },
    ],
  };
}

export function bulkCard(story: BulkStory, { showTime, groups }: Setting): Message {
  const { bulk, lines } = story;
  const first = firstLineOf(story);
  const { stepUp } = bulk.rule;
  const isPending = standingOf(story) === 'pending';
  const requests = lines.map(({ request }) => request);
  const call = isPending ? callToDecideOn(story, groups) : `*${bulkStateOfStory(story)}*`;

  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(bulkTitleOf(story), 150) },
    section(call),
    {
      type: 'section',
      fields: [
        field(cardLabels.provider, providerTitles[first.provider]),
        field(bulkLabels.payments, String(lines.length)),
        field(bulkLabels.totals, totalsOfBulk(story)),
        field(cardLabels.requester, mention(bulk.requester)),
        ...(isPending ? [field(cardLabels.deadline, showTime(bulk.deadline))] : []),
      ],
    },
    section(`*${cardLabels.reason}*`),
    words(first.reason),
    ...ticketFacts(first).map(([label, text]) => section(`*${label}*\n${text}`)),
    section(`*${bulkLabels.largest}*\n${linesText(largestOf(requests))}`),
    section(`*${bulkLabels.first}*\n${linesText(requests)}\n${bulkLabels.completeList}`),
    section(notesOf(story, showTime).join('\n')),
    ...(stepUp === undefined || !isPending ? [] : [section(`*${cardLabels.stepUp}*`), words(stepUp)]),
    {
      type: 'context',
      elements: [
        {
          type: 'mrkdwn',
          text: `${needsOf({ request: bulk, approvals: approvalsOf(story.acts) })}  ·  ${digestOf(story)}`,
        },
      ],
    },
    ...(isPending ? [bulkButtons(bulk, DECISIONS, { place: 'card', version: versionOf(story) })] : []),
  ];
  return { text: fullText(story, call, showTime), blocks };
}

/** Who is wanted, by name, so that Slack tells them. */
export function callToDecideOn(story: BulkStory, groups: Setting['groups']): string {
  return callForDecision(
    { request: firstLineOf(story), approvals: approvalsOf(story.acts), standing: story.standing },
    groups,
  );
}

/** Grows with everything that headline and card show. */
export function versionOf({ acts, lines, freezeNews }: BulkStory): number {
  return lines.reduce((sum, { request }) => sum + request.version, acts.length + freezeNews);
}

function fullText(story: BulkStory, call: string, showTime: ShowTime): string {
  const { bulk } = story;
  const isPending = standingOf(story) === 'pending';
  return bulkCardInWords({
    title: bulkTitleOf(story),
    totals: totalsOfBulk(story),
    requester: mention(bulk.requester),
    state: bulkStateOfStory(story),
    decision: isPending ? decideBeforeText({ deadline: showTime(bulk.deadline), call }) : '',
    reason: sentence(firstLineOf(story).reason),
  });
}

function largestOf(requests: readonly Request[]): readonly Request[] {
  return requests
    .filter(({ amount }) => amount !== null)
    .toSorted((a, b) => Number((b.amount?.minor ?? 0n) - (a.amount?.minor ?? 0n)));
}

function linesText(requests: readonly Request[]): string {
  return requests.slice(0, LINES_SHOWN).map(sayLine).join('\n');
}

function notesOf({ bulk, lines }: BulkStory, showTime: ShowTime): readonly string[] {
  const times = lines.map(({ request }) => request.evidenceAt.getTime());
  const asked = {
    from: showTime(new Date(Math.min(...times))),
    to: showTime(new Date(Math.max(...times))),
  };
  const closing = lines
    .flatMap(({ request }) => request.closesAt ?? [])
    .filter((at) => at < bulk.deadline)
    .toSorted((a, b) => a.getTime() - b.getTime());
  const [soonest] = closing;
  const isPending = lines.some(({ request }) => request.state === 'pending');
  const gone = lines.filter(({ request }) => isPending && request.state !== 'pending').length;
  return [
    lookedUpText(asked),
    ...(soonest === undefined ? [] : [someCloseText({ count: closing.length, at: showTime(soonest) })]),
    ...(gone === 0 ? [] : [goneLinesText(gone)]),
  ];
}

function digestOf({ bulk }: BulkStory): string {
  return digestText(code(shortDigest(bulk.digest)));
}

function field(title: string, text: string) {
  return { type: 'mrkdwn', text: `*${title}*\n${text}`, verbatim: true } as const;
}
