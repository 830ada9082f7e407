/** The card in the thread: what is asked, what the provider says, who may decide, and what there is beside it. */
import type { KnownBlock } from '@slack/types';
import { shortDigest } from '../domain/digest.ts';
import type { Field } from '../domain/provider.ts';
import { canBeAskedAgain, isUnsettled } from '../domain/request.ts';
import {
  cardInWords,
  cardLabels,
  decideBeforeText,
  digestText,
  factText,
  whatItSaidText,
} from '../language/card.ts';
import { providerTitles } from '../language/titles.ts';
import type { Scene } from '../usecases/context.ts';
import { approvedOf, placesOf, progressText } from './approvals.ts';
import { aside, section } from './blocks.ts';
import { askAgainButton, decisionButtons, findingButton } from './buttons.ts';
import { pastIn, watchersIn } from './context.ts';
import { askedFacts, courseFacts, decidedBy, detailFacts, factSections, ticketFacts } from './facts.ts';
import { followMessage } from './follow.ts';
import { code, plain, sentence, words } from './inert.ts';
import { evidenceText, mention, type ShowTime, titleOf } from './look.ts';
import { callForDecision } from './wanted.ts';

export interface Message {
  /** Complete in itself: screen readers and notifications read it instead of the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What a card needs to know besides its scene. */
export interface Setting {
  readonly showTime: ShowTime;
  /** The user ids of each approver group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** User ids; absent where nothing is escalated. */
  readonly escalateTo?: readonly string[];
  /** What the form asks, by account; where it is absent, what the provider is told goes by the provider's names. */
  readonly fields?: ReadonlyMap<string, readonly Field[]>;
}

/** More than any provider takes; whoever approves is shown all of it. */
const DETAIL_SHOWN = 150;

export function card(scene: Scene, setting: Setting): Message {
  const { request } = scene;
  const { showTime } = setting;
  const { stepUp } = request.rule;
  const isPending = request.state === 'pending';
  const provider = providerTitles[request.provider];
  const call = isPending ? `\n${callForDecision(scene, setting.groups)}` : '';
  const follow = followMessage(scene);

  const blocks: KnownBlock[] = [
    { type: 'header', text: plain(titleOf(request), 150) },
    section(`*${progressText(scene)}*${call}`),
    ...watchersIn(scene, showTime).map(aside),
    ...factSections([
      ...askedFacts(request, showTime),
      ...courseFacts(scene, showTime),
      ...detailFacts(request, setting.fields?.get(request.account) ?? [], DETAIL_SHOWN),
    ]),
    ...(follow?.blocks ?? []),
    section(`*${cardLabels.reason}*`),
    words(request.reason),
    ...ticketFacts(request).map(([label, text]) => section(`*${label}*\n${text}`)),
    section(whatItSaidText({ provider, at: showTime(request.evidenceAt, 'with_age') })),
    { type: 'section', text: plain(evidenceText(request.evidence)) },
    ...(stepUp === undefined || !isPending ? [] : [section(`*${cardLabels.stepUp}*`), words(stepUp)]),
    aside([...pastIn(scene, showTime), digestIn(scene)].join('\n')),
    ...(isPending ? [decisionButtons(scene, 'card')] : []),
    ...(isUnsettled(request.state) ? [findingButton(scene, 'card')] : []),
    ...(canBeAskedAgain(request.state) ? [askAgainButton(request, 'card')] : []),
  ];
  const text = inWords(scene, setting);
  return { text: follow === undefined ? text : `${text}\n${follow.text}`, blocks };
}

function inWords(scene: Scene, { showTime, groups, fields }: Setting): string {
  const { request } = scene;
  const { stepUp } = request.rule;
  const deadline = showTime(request.deadline);
  const decided = decidedBy(scene, showTime).map(([title, who]) => `${title} ${who}.`);
  const isPending = request.state === 'pending';
  return cardInWords({
    title: titleOf(request),
    payment: code(request.payment),
    requester: mention(request.requester),
    state: progressText(scene),
    decision: isPending
      ? decideBeforeText({ deadline, call: callForDecision(scene, groups) })
      : decided.join(' '),
    reason: sentence(request.reason),
    provider: providerTitles[request.provider],
    at: showTime(request.evidenceAt),
    evidence: sentence(evidenceText(request.evidence)),
    further: [
      ...ticketFacts(request).map(factText),
      ...detailFacts(request, fields?.get(request.account) ?? [], DETAIL_SHOWN).map(factText),
      factText([cardLabels.needs, placesOf(request.rule.needs)]),
      ...(isPending ? [factText([cardLabels.approved, approvedOf(scene)])] : []),
      ...(stepUp === undefined ? [] : [factText([cardLabels.stepUp, sentence(stepUp)])]),
      ...watchersIn(scene, showTime),
      ...pastIn(scene, showTime),
      digestIn(scene),
    ],
  });
}

function digestIn({ request }: Scene): string {
  return digestText(code(shortDigest(request.digest)));
}
