/** How states, requests, evidence, people and time look: the same wherever Slack shows them. */
import type { Evidence } from '../domain/evidence.ts';
import { waitsForAPerson } from '../domain/find.ts';
import { freezeName, freezeOver } from '../domain/freeze.ts';
import { formatMoney } from '../domain/money.ts';
import type { Person } from '../domain/person.ts';
import { nameOf, type Request } from '../domain/request.ts';
import { needsText } from '../language/card.ts';
import { stoppedStateText } from '../language/frozenRequest.ts';
import { LOCALE, utcText } from '../language/locale.ts';
import { NOT_CANCELLED, stateTitles, toBeLookedAtText } from '../language/states.ts';
import { AMOUNT, amountText, requestTitle } from '../language/titles.ts';
import type { Course } from '../usecases/story.ts';
import { code } from './inert.ts';

/** How a request stands, as far as its state alone does not tell. */
export function stateText(course: Course): string {
  const {
    request: { state },
    lookUps,
    findings,
  } = course;
  const freeze = freezeOver(course);
  if (freeze !== undefined && (state === 'pending' || state === 'approved'))
    return stoppedStateText(state, freezeName(freeze));
  if (waitsForAPerson(state, lookUps.endedAt)) return toBeLookedAtText(state);
  const isFound = state === 'refused' && findings.some(({ source }) => source === 'person');
  return isFound ? NOT_CANCELLED : stateTitles[state];
}

/** What is asked, in a few words: `C-1042: cancel 480.00 PLN at shop-pl`. */
export function titleOf(request: Request): string {
  const { account, amount, partial: isPartial } = request;
  return requestTitle({ name: nameOf(request), amount: amountText(amount), isPartial, account });
}

/** What the provider said, with the amount and the facts that came with it. */
export function evidenceText({ says, amount, facts }: Evidence): string {
  const told = [...(amount === null ? [] : [[AMOUNT, formatMoney(amount)]]), ...Object.entries(facts)];
  return [says, told.map(([label, value]) => `${label}: ${value}`).join('  ·  ')].join('\n').trim();
}

/** A request, or a bulk that is approved like one. */
interface Asked extends Pick<Course, 'approvals'> {
  readonly request: Pick<Request, 'rule'>;
}

/** Whose approvals it needs, and whose it has. */
export function needsOf({ request, approvals }: Asked): string {
  return needsText({
    needs: request.rule.needs.map(({ group, count }) => ({ group: code(group), count })),
    approved: approvals.map(({ person }) => mention(person)),
  });
}

export function mention({ user }: Person): string {
  return `<@${user}>`;
}

/** How a point in time is shown; with its age where that stays true without an edit. */
export type ShowTime = (date: Date, age?: 'with_age') => string;

/** In the reader's own time zone, which Slack's clients work out. */
export const inReadersZone: ShowTime = (date, age) => {
  const seconds = Math.floor(date.getTime() / 1000);
  const ago = age === undefined ? '' : ' ({ago})';
  return `<!date^${seconds}^{date_short_pretty} {time}${ago}|${utcText(date)}>`;
};

/** In one named zone, for clients that don't know Slack's dates. */
export function inZone(zone: string): ShowTime {
  const format = new Intl.DateTimeFormat(LOCALE, {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return (date) => format.format(date);
}
