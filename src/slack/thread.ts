/** What the thread tells after the card, one message for each thing that happened. */
import type { KnownBlock } from '@slack/types';
import { nameOf } from '../domain/request.ts';
import type { Decision, Finding, Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { decisionButtons } from './buttons.ts';
import { callForDecision, type Message, type Setting } from './card.ts';
import { code, cut, plain, sentence, words } from './inert.ts';
import { mention, providerTitles, stateText } from './look.ts';

export function threadEntry(story: Story, entry: Decision | Finding): Message {
  return 'act' in entry ? decisionEntry(story, entry) : findingEntry(story, entry);
}

/** An approval that is not the last calls those who are still wanted, with buttons that work until all is decided. */
export function approvalEntry(story: Story, entry: Decision, { groups }: Pick<Setting, 'groups'>): Message {
  const { text, blocks } = decisionEntry(story, entry);
  if (story.request.state !== 'pending') return { text, blocks };
  const call = callForDecision(story, groups);
  return { text: `${text} ${call}`, blocks: [...blocks, section(call), decisionButtons(story, entry.id)] };
}

function decisionEntry({ request, findings }: Story, { act, person, note }: Decision): Message {
  const who = person === null ? '' : mention(person);
  const provider = providerTitles[request.provider];
  switch (act) {
    case 'approve':
      return compose(`✍️ ${who} approved.`, note);
    case 'reject':
      return compose(`🚫 ${who} rejected this. Nothing was sent.`, note);
    case 'withdraw':
      return compose(`↩️ ${who} withdrew the request. Nothing was sent.`, null);
    case 'expire':
      return compose('⌛ Nobody decided in time, so the request expired. Nothing was sent.', null);
    case 'lapse':
      return compose(
        '🍂 The request lapsed, because what was approved no longer holds. Nothing was sent.',
        note,
      );
    case 'find':
      return compose(`🔎 ${who} wanted to say what became of it at ${provider}.`, null);
    case 'find_cancelled':
      return compose(
        `✅ ${who} looked at ${provider} and found that the payment was cancelled.`,
        note,
        referenceFound(findings),
      );
    case 'find_refused':
      return compose(
        `⛔ ${who} looked at ${provider} and found that the payment was not cancelled. ` +
          'Nothing is sent again: whoever still wants it cancelled asks anew.',
        note,
      );
  }
}

/** The id of the cancellation that a person saw at the provider. */
function referenceFound(findings: readonly Finding[]): string | null {
  const found = findings.find(({ source }) => source === 'person')?.outcome;
  return found?.type === 'cancelled' ? found.reference : null;
}

function findingEntry({ request }: Story, { source, outcome }: Finding): Message {
  const provider = providerTitles[request.provider];
  const how = {
    look_up: ', as a look-up shows',
    web_hook: ', as it reports',
    person: ', as a person found',
    answer: '',
    interruption: '',
  }[source];
  switch (outcome.type) {
    case 'cancelled':
      return compose(`✅ ${provider} cancelled the payment${how}.`, null, outcome.reference);
    case 'accepted':
      return compose(
        `📥 ${provider} took the request in and decides later.`,
        outcome.says,
        outcome.reference,
      );
    case 'refused':
      return compose(`⛔ ${provider} refused, and nothing happened.`, outcome.says, outcome.code);
    case 'unknown':
      return compose(
        `❓ Nobody knows yet whether ${provider} cancelled the payment. It will be asked; nothing is sent again.`,
        outcome.says,
      );
    case 'not_sent':
      return compose(
        `🔁 ${provider} could not be reached and nothing left; it will be tried again.`,
        outcome.says,
      );
  }
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
    texts.push(`Reference: ${code(cut(reference, 200))}`);
    blocks.push({ type: 'context', elements: [plain(`Reference: ${cut(reference, 200)}`)] });
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
  const found = isFound && decision?.person ? ` Found by ${mention(decision.person)}.` : '';
  const name = link === undefined ? nameOf(request) : `<${link}|${nameOf(request)}>`;
  return compose(`Your request ${name}: ${stateText(story)}.${found}`, last);
}
