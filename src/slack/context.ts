/** What is shown beside a request that waits: who is looking at it, and what was asked before. */
import { nameOf } from '../domain/request.ts';
import { earlierText, latelyText, watchersText } from '../language/context.ts';
import { stateTitles } from '../language/states.ts';
import { amountText } from '../language/titles.ts';
import { LATELY_DAYS, type Scene } from '../usecases/context.ts';
import { mention, type ShowTime } from './look.ts';

const WATCHERS_NAMED = 5;
/** Nobody asks in more currencies within a month; so many fit. */
const CURRENCIES_NAMED = 6;

/** A line, or none when nobody is looking. */
export function watchersIn({ context }: Scene, showTime: ShowTime): readonly string[] {
  const watchers = context?.watchers ?? [];
  if (watchers.length === 0) return [];
  const named = watchers.slice(0, WATCHERS_NAMED);
  const text = watchersText({
    watchers: named.map(({ person, since }) => ({ who: mention(person), since: showTime(since) })),
    others: watchers.length - named.length,
  });
  return [text];
}

/** Two lines, or none when the request waits no more. */
export function pastIn({ context }: Scene, showTime: ShowTime): readonly string[] {
  if (context === null) return [];
  const { ofPayment, ofRequester } = context;
  const named = ofPayment.named.map((request) => ({
    name: nameOf(request),
    state: stateTitles[request.state],
    who: mention(request.requester),
    at: showTime(request.requestedAt),
  }));
  const sums = ofRequester.sums.map(amountText);
  const shown = sums.slice(0, CURRENCIES_NAMED);
  return [
    earlierText({ ...ofPayment, named }),
    latelyText({
      ...ofRequester,
      days: LATELY_DAYS,
      sums: sums.length > shown.length ? [...shown, '…'] : shown,
    }),
  ];
}
