/** What the thread tells after the card, one message for each thing that happened. */
import type { KnownBlock } from '@slack/types';
import { canBeAskedAgain, nameOf } from '../domain/request.ts';
import { askedAgainText } from '../language/again.ts';
import { decisionText, outcomeText, referenceText, resultText } from '../language/thread.ts';
import { providerTitles } from '../language/titles.ts';
import type { Entry } from '../usecases/entries.ts';
import type { Decision, Finding, Follower, Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { askAgainButton, decisionButtons } from './buttons.ts';
import type { Message, Setting } from './card.ts';
import { code, cut, plain, sentence, words } from './inert.ts';
import { mention, stateText } from './look.ts';
import { callForDecision } from './wanted.ts';

export function threadEntry(story: Pick<Story, 'request' | 'findings'>, entry: Entry): Message {
  if ('act' in entry) return decisionEntry(story, entry);
  return 'outcome' in entry ? findingEntry(story, entry) : followerEntry(entry);
}

/** An approval that is not the last calls those who are still wanted, with buttons that work until all is decided. */
export function approvalEntry(story: Story, entry: Decision, { groups }: Pick<Setting, 'groups'>): Message {
  const { text, blocks } = decisionEntry(story, entry);
  if (story.request.state !== 'pending') return { text, blocks };
  const call = callForDecision(story, groups);
  return { text: `${text} ${call}`, blocks: [...blocks, section(call), decisionButtons(story, entry.id)] };
}

function decisionEntry(
  { request, findings }: Pick<Story, 'request' | 'findings'>,
  { act, person, note }: Decision,
): Message {
  const who = person === null ? '' : mention(person);
  const text = decisionText(act, { who, provider: providerTitles[request.provider] });
  return compose(text, note, act === 'find_cancelled' ? referenceFound(findings) : null);
}

/** The id of the cancellation that a person saw at the provider. */
function referenceFound(findings: readonly Finding[]): string | null {
  const found = findings.find(({ source }) => source === 'person')?.outcome;
  return found?.type === 'cancelled' ? found.reference : null;
}

function findingEntry({ request }: Pick<Story, 'request'>, { source, outcome }: Finding): Message {
  const text = outcomeText(outcome.type, { provider: providerTitles[request.provider], source });
  switch (outcome.type) {
    case 'cancelled':
      return compose(text, null, outcome.reference);
    case 'accepted':
      return compose(text, outcome.says, outcome.reference);
    case 'refused':
      return compose(text, outcome.says, outcome.code);
    case 'unknown':
    case 'not_sent':
      return compose(text, outcome.says);
  }
}

function followerEntry(follower: Follower): Message {
  return compose(askedAgainText({ name: nameOf(follower), who: mention(follower.requester) }), null);
}

/** @param said words from outside: a person's note, or what a provider answered. @param reference an id or a code. */
function compose(text: string, said: string | null, reference: string | null = null): Message {
  const texts = [text];
  const blocks: KnownBlock[] = [section(text)];
  if (said !== null && said !== '') {
    texts.push(sentence(said));
    blocks.push(words(said));
  }
  if (reference !== null) {
    texts.push(referenceText(code(cut(reference, 200))));
    blocks.push({ type: 'context', elements: [plain(referenceText(cut(reference, 200)))] });
  }
  return { text: texts.join(' '), blocks };
}

/** What the requester is told directly, with the words of what happened last. */
export function resultMessage(story: Story, link: string | undefined): Message {
  const { request, findings, decisions } = story;
  const finding = findings.at(-1);
  const decision = decisions.findLast(({ refusal }) => refusal === null);
  const isFound = findings.some(({ source }) => source === 'person');
  const isDecided =
    isFound || finding === undefined || (decision !== undefined && decision.decidedAt > finding.learntAt);
  const last = isDecided ? (decision?.note ?? null) : finding.outcome.says;
  const finder = isFound && decision?.person ? mention(decision.person) : undefined;
  const name = link === undefined ? nameOf(request) : `<${link}|${nameOf(request)}>`;
  const result = { request: name, state: stateText(story), finder, isExpired: request.state === 'expired' };
  const { text, blocks } = compose(resultText(result), last);
  const buttons = canBeAskedAgain(request.state) ? [askAgainButton(request, 'result')] : [];
  return { text, blocks: [...blocks, ...buttons] };
}
