/** The words and signs for states, providers, people, money and time: one for each, wherever Slack shows them. */
import type { Evidence } from '../domain/evidence.ts';
import { waitsForAPerson } from '../domain/find.ts';
import { formatMoney, type Money } from '../domain/money.ts';
import type { Person } from '../domain/person.ts';
import type { ProviderName } from '../domain/provider.ts';
import { nameOf, type Request, type State } from '../domain/request.ts';
import type { Story } from '../usecases/story.ts';

export const providerTitles: Readonly<Record<ProviderName, string>> = {
  paymentwall: 'Paymentwall',
  payfull: 'Payfull',
  tranzzo: 'Tranzzo',
  sibs: 'SIBS',
  freedompay: 'Freedom Pay',
};

/** A sign and words: a sign is never alone. */
export const stateTitles: Readonly<Record<State, string>> = {
  pending: '⏳ Waiting for approval',
  approved: '✍️ Approved, about to be sent',
  sending: '📨 Being sent',
  accepted: '📥 Accepted by the provider, which decides later',
  unknown: '❓ Outcome unknown',
  cancelled: '✅ Cancelled',
  refused: '⛔ Refused by the provider',
  rejected: '🚫 Rejected',
  withdrawn: '↩️ Withdrawn',
  expired: '⌛ Expired',
  lapsed: '🍂 Lapsed, the facts changed',
};

/** How a request stands, as far as its state alone does not tell. */
export function stateText({ request: { state }, lookUps, findings }: Story): string {
  if (waitsForAPerson(state, lookUps.endedAt))
    return `${stateTitles[state]}: a person has to look at the provider`;
  const isFound = state === 'refused' && findings.some(({ source }) => source === 'person');
  return isFound ? '⛔ Not cancelled' : stateTitles[state];
}

export function amountText(amount: Money | null): string {
  return amount === null ? 'amount not known' : formatMoney(amount);
}

/** What is asked, in a few words: `C-1042: cancel 480.00 PLN at shop-pl`. */
export function titleOf(request: Request): string {
  const part = request.partial ? 'a part, ' : '';
  return `${nameOf(request)}: cancel ${part}${amountText(request.amount)} at ${request.account}`;
}

/** What the provider said, with the amount and the facts that came with it. */
export function evidenceText({ says, amount, facts }: Evidence): string {
  const told = [...(amount === null ? [] : [['Amount', formatMoney(amount)]]), ...Object.entries(facts)];
  return [says, ...told.map(([label, value]) => `${label}: ${value}`)].join('  ·  ');
}

export function mention({ user }: Person): string {
  return `<@${user}>`;
}

/** How a point in time is shown. */
export type ShowTime = (date: Date) => string;

/** In the reader's own time zone, which Slack's clients work out. */
export const inReadersZone: ShowTime = (date) => {
  const seconds = Math.floor(date.getTime() / 1000);
  const utc = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${seconds}^{date_short_pretty} {time}|${utc}>`;
};

/** In one named zone, for clients that don't know Slack's dates. */
export function inZone(zone: string): ShowTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return (date) => format.format(date);
}
