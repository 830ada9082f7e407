/** `/cancel show`. */
import type { HandAct } from '../domain/bulkAct.ts';
import type { Refusal } from '../domain/decide.ts';
import type { Find } from '../domain/find.ts';
import { paymentsText } from './bulk.ts';

export const showUsage = {
  usage: '/cancel show <number>',
  help: 'one request or bulk, and all that happened to it',
} as const;

export const WHICH_REQUEST = 'Say which: `/cancel show C-1042`, or `B-1001` for a bulk.';

export function noRequestText(name: string): string {
  return `There is no request ${name}.`;
}

export function noBulkText(name: string): string {
  return `There is no bulk ${name}.`;
}

/** Of a request that is decided on and sent with others. */
export function lineOfText(bulk: string): string {
  return `A line of ${bulk}, with which it is decided on and sent: \`/cancel show ${bulk}\`.`;
}

/** How many lines of a bulk stand where. */
export function linesText(counts: string): string {
  return `Lines: ${counts}`;
}

/** Stands above the lines of which nobody knows yet what became. */
export function unsettledText(count: number): string {
  return `❓ It is not known yet what became of ${paymentsText(count)}:`;
}

export function moreUnsettledText(more: number): string {
  return `And ${more} more: \`/cancel list unknown\` has them all.`;
}

/** @param there and @param lost are names of files. */
export function filesText({ there, lost }: Record<'there' | 'lost', readonly string[]>): string {
  return [
    ...(there.length === 0 ? [] : [`📎 In its thread: ${there.join(', ')}.`]),
    ...(lost.length === 0 ? [] : [`⚠️ Slack did not take ${lost.join(' and ')}.`]),
  ].join(' ');
}

export function paymentText({
  provider,
  payment,
}: {
  readonly provider: string;
  readonly payment: string;
}): string {
  return `${provider} payment ${payment}`;
}

export function askedText(asked: {
  readonly requester: string;
  readonly at: string;
  readonly reason: string;
}): string {
  return `Asked by ${asked.requester} at ${asked.at}: ${asked.reason}`;
}

/** A try that did not count. @param refusal as the record names it. */
export function refusedTryText(
  act: HandAct | Find['type'] | 'expire' | 'lapse',
  { who, refusal }: { readonly who: string; readonly refusal: Refusal },
): string {
  return `✋ ${who} tried to ${tries[act]}, which did not count: ${refusedReasons[refusal]}.`;
}

const tries = {
  approve: 'approve',
  reject: 'reject it',
  withdraw: 'withdraw it',
  go_on: 'let it go on',
  stop: 'stop it',
  find: 'say what became of it',
  find_cancelled: 'say that it was cancelled',
  find_refused: 'say that it was not cancelled',
  expire: 'let it expire',
  lapse: 'let it lapse',
} as const;

/** As a clause after a colon. */
const refusedReasons: Readonly<Record<Refusal, string>> = {
  already_decided: 'it was not waiting for a decision any more',
  expired: 'the deadline was over',
  own_request: 'they had asked for it themselves',
  not_live: 'they were no full, active member of the workspace',
  not_an_approver: 'they were in none of the groups that may',
  already_approved: 'they had approved already',
  request_changed: 'what they saw was out of date',
  not_confirmed: 'they did not confirm what had to be confirmed',
  not_the_requester: 'only whoever asked may',
  already_settled: 'nobody had to look at the provider',
  frozen: 'a freeze stopped it',
  form_expired: 'there was news, or their form was open for too long',
};

export function attemptText({ provider, n }: { readonly provider: string; readonly n: number }): string {
  return `📨 Attempt ${n} to tell ${provider} began.`;
}

/** What a look-up said last. */
export function lastLookUpText(provider: string): string {
  return `🔎 ${provider} was asked what became of it, and said last:`;
}

/** In the place of what a long story leaves out. */
export function leftOutText(count: number): string {
  return `… ${count} more, for which there is no room here; they are in the record.`;
}

/** @param link to the request's messages. */
export function threadLink(link: string): string {
  return `<${link}|Open its thread>`;
}

export function digestLine(digest: string): string {
  return `Digest ${digest}`;
}
