/** Asking again what a request asked that ended without a cancellation, and what is different then. */
import type { Difference } from '../domain/difference.ts';
import type { Standing } from '../domain/evidence.ts';
import { AMOUNT } from './titles.ts';

export const againLabels = {
  askAgain: 'Ask again',
  correct: 'Correct and ask again',
} as const;

/** @param before how many requests came before the one that it follows. */
export function followsText({
  earlier,
  before,
}: {
  readonly earlier: string;
  readonly before: number;
}): string {
  const others = before === 0 ? '' : ` (and ${before === 1 ? 'one' : before} before it)`;
  return `*Asks again what ${earlier} asked*${others}`;
}

export function asksAgainText(name: string): string {
  return `This is another try of ${name}. Whoever decides will see what you change.`;
}

export function askedAgainText({ name, who }: { readonly name: string; readonly who: string }): string {
  return `🔂 Asked again as ${name}, by ${who}.`;
}

export function needlessText({ name, state }: { readonly name: string; readonly state: string }): string {
  return `${name} is “${state}”, so there is nothing to ask again.`;
}

/** @param name of a bulk. */
export function allNeedlessText(name: string): string {
  return `Of ${name}, there is nothing to ask again.`;
}

export function withdrawnText(name: string): string {
  return `You withdrew ${name}, and nothing was sent.`;
}

export const SAME_AGAIN = 'Nothing differs from it.';

/** Two lines or more: what differs, each in one. */
export function differsText(changes: readonly string[]): string {
  return ['What differs from it:', ...changes].join('\n');
}

export function changeText({ label, from, to }: Readonly<Record<'label' | 'from' | 'to', string>>): string {
  return `${label}: ${from} → ${to}`;
}

export const differenceLabels: Readonly<Record<Exclude<Difference['in'], 'detail'>, string>> = {
  payment: 'Payment',
  reason: 'Reason',
  ticket: 'Ticket',
  size: AMOUNT,
  whole: 'The whole payment',
  standing: 'What the provider said',
};

/** Where there was nothing. */
export const NONE = 'none';

export const standingTitles: Readonly<Record<Standing, string>> = {
  cancellable: 'it can be cancelled',
  cancelled: 'it was cancelled',
  taken: 'it was paid',
  final: 'it ended in another way',
  not_found: 'it is not known there',
  cannot_tell: 'it could not tell',
};
