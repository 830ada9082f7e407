/** Stories to be told in Slack, to be changed in the one thing that a test is about, and what Slack makes of them. */
import { z } from 'zod';
import type { Freeze } from '../../src/domain/freeze.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Message } from '../../src/slack/card.ts';
import { inZone } from '../../src/slack/look.ts';
import type { Context, Scene } from '../../src/usecases/context.ts';
import type { Decision, Finding, LookUps } from '../../src/usecases/story.ts';
import { aRequest, pavel } from '../domain/aRequest.ts';
import { readContent } from '../fakes/slack/chatMethods.ts';

export const showTime = inZone('UTC');

export function aDecision(changes: Partial<Decision> = {}): Decision {
  return {
    id: '1',
    act: 'approve',
    person: pavel,
    groups: ['finance'],
    saw: aRequest().digest,
    note: null,
    decidedAt: new Date('2026-11-19T09:00:00.000Z'),
    refusal: null,
    ...changes,
  };
}

export function aFinding(outcome: Outcome, changes: Partial<Finding> = {}): Finding {
  return { id: '1', source: 'answer', outcome, learntAt: new Date('2026-11-19T09:00:02.000Z'), ...changes };
}

/** A request with what was decided on it and learnt of it. */
export function aStory(
  changes: Partial<Request> = {},
  decisions: readonly Decision[] = [],
  findings: readonly Finding[] = [],
  lookUps: LookUps = { last: null, endedAt: null },
  context: Context | null = null,
): Scene {
  const approvals = decisions.flatMap(({ act, refusal, person, groups }) =>
    act === 'approve' && refusal === null && person !== null ? [{ person, groups }] : [],
  );
  return {
    request: aRequest(changes),
    decisions,
    findings,
    approvals,
    lookUps,
    earlier: null,
    followers: [],
    announced: 0,
    standing: [],
    context,
  };
}

/** Pavel froze all. */
export function aFreeze(changes: Partial<Freeze> = {}): Freeze {
  return {
    id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d009',
    number: 3,
    scope: { type: 'all' },
    reason: 'Suspicious night',
    person: pavel,
    frozenAt: new Date('2026-11-19T22:00:00.000Z'),
    lifts: [],
    ...changes,
  };
}

/** Texts that would ping, link, format or reorder if they were let; each has the word HOSTILE in it. */
export const hostileTexts: readonly [what: string, text: string][] = [
  ['a broadcast', '<!channel> HOSTILE <!here> <!everyone>'],
  ['a mention', '<@U1> HOSTILE <#C1> <!subteam^S1>'],
  ['a link that lies', '<https://evil.example|HOSTILE https://bank.example>'],
  ['a mention that is escaped already', '&lt;!channel&gt; HOSTILE'],
  ['half a mention', '<@U1 HOSTILE'],
  ['backticks', '` HOSTILE ``` <!channel> `'],
  ['formatting', '*HOSTILE* _HOSTILE_ ~HOSTILE~\n> HOSTILE'],
  ['emoji', ':tada: HOSTILE 💥'],
  ['text that is turned around', 'HOSTILE \u202eNLP 00.1\u202c \u2067abc\u2069'],
];

const Text = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text'), text: z.string(), emoji: z.literal(false) }),
  z.object({ type: z.literal('mrkdwn'), text: z.string() }),
]);

/** Every text object of a message, however deep. */
export function textsOf(given: unknown): z.infer<typeof Text>[] {
  if (typeof given !== 'object' || given === null) return [];
  if ('text' in given && typeof given.text === 'string') return [Text.parse(given)];
  return Object.values(given).flatMap(textsOf);
}

/** What Slack shows of a message that it takes: first the text for those who only hear it, then the blocks. */
export function shown({ text, blocks }: Message): string {
  readContent({ text, blocks });
  return [text, '---', ...textsOf(blocks).map((one) => one.text)].join('\n');
}

/** Mentions, dates and the link to the request are ours, and a ticket is to be followed; nothing else may stand in angle brackets. */
const OURS = /^<(@U_[A-Z0-9]+|!date\^\d+\^[^<>]*|https:\/\/(?:acme\.slack|help\.example)\.com\/[^<>]*)>$/;

/** What in a message would ping, link, format or reorder though it comes from outside; nothing, as it ought to be. */
export function liveIn({ text, blocks }: { text: string; blocks: readonly unknown[] }): string[] {
  const parts = textsOf(blocks);
  const inBlocks = parts.flatMap((part) => (part.type === 'mrkdwn' ? [part.text] : []));
  const controls = [text, ...inBlocks].flatMap((mrkdwn) => mrkdwn.match(/<[^>]*>?/g) ?? []);
  // In blocks, words from outside are plain text or code, where nothing formats.
  const outsideCode = inBlocks.map((mrkdwn) => mrkdwn.replaceAll(/`[^`\n]*`/g, ''));
  // Words in a block of their own may run as they like.
  const besideOurs = [text, ...parts.map((part) => part.text).filter((one) => !/^“.*”$/s.test(one))];
  return [
    ...controls.filter((control) => !OURS.test(control)),
    ...outsideCode.filter((mrkdwn) => mrkdwn.includes('HOSTILE')),
    ...besideOurs.filter((one) => /[\u202a-\u202e\u2066-\u2069]/.test(one)),
  ];
}
