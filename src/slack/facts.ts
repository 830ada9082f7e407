/** The facts on a card, label by label, in the order in which they are read. */
import type { KnownBlock } from '@slack/types';
import type { Field } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import {
  askedByAtText,
  cardLabels,
  decidedTitles,
  foundTexts,
  partOfText,
  takesItUntilText,
} from '../language/card.ts';
import { ticketLabels } from '../language/ticket.ts';
import { amountText, providerTitles } from '../language/titles.ts';
import type { Story } from '../usecases/story.ts';
import { approvedOf, placesOf } from './approvals.ts';
import { code, cut, escape, linkOrCode } from './inert.ts';
import { mention, type ShowTime } from './look.ts';

/** A label, and mrkdwn. */
export type Fact = readonly [label: string, text: string];

/** Slack takes ten fields in a section. */
const FIELDS_MOST = 10;

/** In two columns, where there is room for them. */
export function factSections(facts: readonly Fact[]): KnownBlock[] {
  return Array.from({ length: Math.ceil(facts.length / FIELDS_MOST) }, (_one, n) => ({
    type: 'section',
    fields: facts
      .slice(n * FIELDS_MOST, (n + 1) * FIELDS_MOST)
      .map(([label, text]) => ({ type: 'mrkdwn', text: `*${label}*\n${text}` })),
  }));
}

/** What is asked, of which payment, by whom. */
export function askedFacts(request: Request, showTime: ShowTime): Fact[] {
  const { provider, payment, partial, evidence, requester, requestedAt } = request;
  const amount = amountText(request.amount);
  const whole = amountText(evidence.amount);
  return [
    [cardLabels.amount, partial ? partOfText({ part: amount, whole }) : amount],
    [cardLabels.payment, `${providerTitles[provider]} ${code(payment)}`],
    [cardLabels.requester, askedByAtText({ requester: mention(requester), at: showTime(requestedAt) })],
  ];
}

/** How far it has come: until when and by whom it is to be decided, or who decided. */
export function courseFacts(story: Story, showTime: ShowTime): Fact[] {
  const { request } = story;
  const needs: Fact = [cardLabels.needs, placesOf(request.rule.needs)];
  if (request.state !== 'pending') return [...decidedBy(story, showTime), needs];
  const deadline = `${showTime(request.deadline)}${closesText(request, showTime)}`;
  return [[cardLabels.deadline, deadline], needs, [cardLabels.approved, approvedOf(story)]];
}

/** Who decided, and when. */
export function decidedBy({ decisions }: Story, showTime: ShowTime): Fact[] {
  return decisions
    .filter(({ refusal }) => refusal === null)
    .map(({ act, person, decidedAt }) => {
      const who = person === null ? '' : `${mention(person)}, `;
      const found = act === 'find_cancelled' || act === 'find_refused' ? `: ${foundTexts[act]}` : '';
      return [decidedTitles[act], `${who}${showTime(decidedAt)}${found}`];
    });
}

/** It stands alone, because a link is too long for a column. */
export function ticketFacts({ ticket }: Request): Fact[] {
  return ticket === null ? [] : [[ticketLabels.ticket, linkOrCode(ticket)]];
}

/**
 * What the provider is told besides, in the words of the form, with the provider's own value beside one that was chosen.
 * @param fields of the account; what is not among them goes by the provider's name for it.
 * @param length how much of a value there is room for.
 */
export function detailFacts({ details }: Request, fields: readonly Field[], length: number): Fact[] {
  return Object.entries(details).map(([name, value]) => {
    const field = fields.find((one) => one.name === name);
    const choice = field?.choices?.find((one) => one.value === value);
    const shown = code(cut(value, length));
    const text = choice === undefined ? shown : `${escape(choice.label)} ${shown}`;
    return [escape(field?.label ?? name), text];
  });
}

function closesText({ closesAt, provider }: Request, showTime: ShowTime): string {
  if (closesAt === null) return '';
  return `\n${takesItUntilText({ provider: providerTitles[provider], at: showTime(closesAt) })}`;
}
