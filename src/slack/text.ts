/** Fills the sentences that one person is told: with names, states and times, and with words from outside made inert. */
import type { Refusal } from '../domain/decide.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Freeze } from '../domain/freeze.ts';
import { isUnsettled, nameOf, type Request } from '../domain/request.ts';
import * as again from '../language/again.ts';
import * as ask from '../language/ask.ts';
import * as decide from '../language/decide.ts';
import * as help from '../language/help.ts';
import * as home from '../language/home.ts';
import * as refusals from '../language/refusals.ts';
import { stateTitles } from '../language/states.ts';
import { providerTitles } from '../language/titles.ts';
import { clauseOf } from './freeze.ts';
import { code, cut, sentence } from './inert.ts';
import { mention, type ShowTime } from './look.ts';

export interface Because {
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  /** What stands against the act, where that is the reason. */
  readonly freeze: Freeze | undefined;
}

export function refusalText(
  refusal: Refusal,
  request: Request,
  showTime: ShowTime,
  because?: Because,
): string {
  const { deadline, closesAt, rule } = request;
  return refusals.refusalText(refusal, {
    ...known(request),
    deadline: showTime(deadline),
    isClosed: closesAt !== null && closesAt <= deadline,
    isUnsettled: isUnsettled(request.state),
    groups: rule.needs.map(({ group }) => group).join(', '),
    why: because?.why,
    frozen: because?.freeze && clauseOf(because.freeze),
  });
}

/** @param missing the groups that still have to approve. */
export function doneText(
  act: Parameters<typeof home.doneText>[0],
  { number, provider }: Request,
  missing: readonly string[],
): string | undefined {
  return home.doneText(act, {
    name: nameOf({ number }),
    provider: providerTitles[provider],
    missing: [...new Set(missing)].map(code),
  });
}

export function overText(request: Request): string {
  return decide.overText(known(request));
}

export function lapsedText(request: Request, fresh: Evidence): string {
  const provider = providerTitles[request.provider];
  return decide.lapsedText({ name: nameOf(request), provider, says: sentence(fresh.says) });
}

export function madeText(request: Request): string {
  return ask.madeText(nameOf(request));
}

export function alreadyOpenText(request: Request): string {
  return ask.alreadyOpenText(known(request));
}

export function needlessText(request: Request): string {
  return again.needlessText(known(request));
}

export function notCancellableText(evidence: Evidence): string {
  return ask.notCancellableText(sentence(evidence.says));
}

export function closedText(at: Date, showTime: ShowTime): string {
  return ask.closedText(showTime(at));
}

export function unknownWordText(word: string, accounts: readonly string[]): string {
  return help.unknownWordText({ word: code(cut(word, 40)), accounts: accounts.map(code) });
}

function known(request: Request) {
  return {
    name: nameOf(request),
    state: stateTitles[request.state],
    requester: mention(request.requester),
  };
}
