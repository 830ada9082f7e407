/** What of a summary the days brought: counts against what came before, money by account, and what stood out. */
import { formatMoney } from '../domain/money.ts';
import { states } from '../domain/request.ts';
import { type Counts, countsOf, type Figures, total } from '../domain/summary.ts';
import { lateFactsText } from '../language/summary.ts';
import {
  approvedText,
  bracketsText,
  comparedText,
  decidedText,
  endedText,
  largestText,
  largestTexts,
  MONEY,
  moneyText,
  openedText,
  quietText,
  refusalsText,
  refusalText,
  triesText,
} from '../language/summaryActivity.ts';
import { tryText } from '../language/tries.ts';
import { code, escape } from './inert.ts';
import { few, shortly } from './summaryLines.ts';

const MONEY_LINES = 10;

export function activityLines(figures: Figures): string[] {
  const { kind, days, approved, compared } = figures;
  const { before, usual } = compared;
  const counts = countsOf(figures);
  const more = (countIn: (counts: Counts) => number) =>
    comparedText({
      change: before === null ? null : countIn(counts) - countIn(before),
      usual: usual === null ? null : countIn(usual),
    });
  const ways = states.flatMap((state) => {
    const countIn = ({ ended }: Counts) => ended[state] ?? 0;
    const isNews = [counts, before, usual].some((one) => one !== null && countIn(one) > 0);
    return isNews ? [endedText(state, countIn(counts), more(countIn))] : [];
  });
  const opened = openedText(counts.opened, more(openedIn));
  const isQuiet = counts.opened === 0 && Object.keys(counts.ended).length === 0;
  const hasBrackets = before !== null || usual !== null;
  return [
    ...(isQuiet ? [quietText(kind, days)] : []),
    ...(isQuiet && ways.length === 0 ? [] : [opened]),
    ...(approved.length === 0 ? [] : [approvedText(total(approved))]),
    ...ways,
    ...(hasBrackets && ways.length > 0 ? [bracketsText(figures, before !== null, usual?.of ?? null)] : []),
  ];
}

const openedIn = ({ opened }: Counts) => opened;

/** A line for each account. */
export function moneyLines({ ended }: Figures): string[] {
  if (ended.length === 0) return [];
  const accounts = Array.from(Map.groupBy(ended, ({ account }) => account));
  const lines = few(
    accounts,
    ([account, sums]) => {
      const parts = few(sums, ({ state, count, money }) =>
        moneyText(state, count, money && formatMoney(money)),
      );
      return `${code(shortly(account))}: ${parts.join('  ·  ')}`;
    },
    { shown: MONEY_LINES },
  );
  return [`*${MONEY}*`, ...lines];
}

export function moreLines(figures: Figures): string[] {
  const { decided, refusals, tries, largest, late } = figures;
  const refused = few(refusals, ({ account, code: word, count }) =>
    refusalText({ count, account: code(shortly(account)), code: code(shortly(word)) }),
  );
  const tried = few(tries, ({ why, count }) => tryText(escape(shortly(why)), count));
  const biggest = few(largest, ({ account, amount, ...one }) =>
    largestText({ ...one, account: code(shortly(account)), amount: formatMoney(amount) }),
  );
  return [
    ...(decided === null ? [] : [decidedText({ median: decided.medianSeconds, slowest: decided.slowest })]),
    ...(largest.length === 0 ? [] : [largestTexts(biggest)]),
    ...(refusals.length === 0 ? [] : [refusalsText(refused)]),
    ...(tries.length === 0 ? [] : [triesText(total(tries), tried)]),
    ...(late.opened + late.ended === 0 ? [] : [lateFactsText(late)]),
  ];
}
