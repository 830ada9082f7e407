/** Every sentence that Countersign says to one person. */
import type { Refusal } from '../domain/decide.ts';
import type { Evidence } from '../domain/evidence.ts';
import { isUnsettled, nameOf, type Request } from '../domain/request.ts';
import { code, cut, sentence } from './inert.ts';
import { mention, providerTitles, type ShowTime, stateTitles } from './look.ts';

export function refusalText(refusal: Refusal, request: Request, showTime: ShowTime, why?: string): string {
  const name = nameOf(request);
  switch (refusal) {
    case 'already_decided':
      return `${name} is not waiting for a decision any more (${stateTitles[request.state]}), so nothing was changed.`;
    case 'expired':
      return request.closesAt !== null && request.closesAt <= request.deadline
        ? `${name} expired at ${showTime(request.deadline)}: since then the payment can't be cancelled any more, so refund it instead.`
        : `${name} expired at ${showTime(request.deadline)}, so your decision does not count.`;
    case 'own_request':
      return isUnsettled(request.state)
        ? `You asked for ${name} yourself, so someone else has to say what became of it.`
        : `You asked for ${name} yourself, so someone else has to decide on it; you can withdraw it.`;
    case 'not_live':
      return `You can't decide on ${name}: only full, active members of this workspace can, and ${why ?? 'you are not known to be one'}.`;
    case 'not_an_approver':
      return `You can't decide on ${name}: you are in none of the groups that may (${groupsOf(request)}).`;
    case 'already_approved':
      return `You approved ${name} already; one person counts once, so someone else has to approve too.`;
    case 'request_changed':
      return `What you saw of ${name} is out of date, so what you decided does not count; please use the newest card.`;
    case 'not_the_requester':
      return `Only ${mention(request.requester)}, who asked for ${name}, can withdraw it; you can reject it.`;
    case 'already_settled':
      return `${name} needs nobody to look at the provider (${stateTitles[request.state]}), so nothing was changed.`;
    case 'form_expired':
      return `What you found of ${name} does not count, because there was news, or your form was open for more than an hour; please look at the provider again.`;
  }
}

function groupsOf({ rule }: Request): string {
  return rule.needs.map(({ group }) => group).join(', ');
}

export function overText(request: Request): string {
  return `${nameOf(request)} is not waiting for a decision any more: ${stateTitles[request.state]}.`;
}

export function lapsedText(request: Request, fresh: Evidence): string {
  return `${nameOf(request)} lapsed, because ${providerTitles[request.provider]} now says something else: ${sentence(fresh.says)}`;
}

export function madeText(request: Request): string {
  return `${nameOf(request)} is in the approvals channel now and waits for a second person.`;
}

export function alreadyOpenText(request: Request): string {
  return (
    `${mention(request.requester)} asked for this payment already: ${nameOf(request)} is ` +
    `“${stateTitles[request.state]}”. No second request was made.`
  );
}

export function notCancellableText(evidence: Evidence): string {
  return `This payment can't be cancelled, so no request was made. ${sentence(evidence.says)}`;
}

export function closedText(at: Date, showTime: ShowTime): string {
  return `This payment could be cancelled until ${showTime(at)} only, so no request was made; refund it instead.`;
}

export function unknownWordText(word: string, accounts: readonly string[]): string {
  return (
    `I don't know ${code(cut(word, 40))}: it is neither a command nor an account. ` +
    `Accounts: ${accounts.map(code).join(', ')}. \`/cancel help\` lists the commands.`
  );
}

export const FAULT_TEXT =
  'Something went wrong on our side, so your last step may not have been recorded; nothing is ever sent without a ' +
  'record. Please look at the request before you try again.';
