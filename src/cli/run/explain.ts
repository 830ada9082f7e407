/** What the policy says of one cancellation, in lines for an operator. */
import { createProvider } from '../../../providers/index.ts';
import type { Settings } from '../../config/settings.ts';
import { wallTime } from '../../domain/clock.ts';
import { formatMoney, type Money, parseMoney } from '../../domain/money.ts';
import type { TicketKind } from '../../domain/provider.ts';
import { type Case, type Tier, tierFor } from '../../domain/tiers.ts';
import { callNobody } from './callNobody.ts';

export interface Question {
  readonly account: string;
  readonly amount: string;
  readonly currency: string;
  readonly part: boolean;
  /** By the clock of each tier's own zone; now when undefined. */
  readonly at: string | undefined;
  /** The first that the provider takes when undefined. */
  readonly ticket: TicketKind | undefined;
}

interface Explained {
  readonly tier: Tier;
  readonly lines: readonly string[];
}

/** @throws Error with a sentence for the operator when the question is none */
export function explain(settings: Settings, question: Question, now: Date): Explained {
  const { policy } = settings;
  const one = caseOf(settings, question, now);
  const tier = tierFor(policy, one);
  const number = policy.tiers.indexOf(tier) + 1;
  const name = tier.name === undefined ? '' : `, ${tier.name}`;
  const ticket = one.ticketKinds.map((kind) => `, ticket: ${kind}`).join('');
  const amount = one.amount === null ? 'an unknown amount' : formatMoney(one.amount);
  const { askers, stepUp } = tier;
  return {
    tier,
    lines: [
      `${one.partial ? 'A part of ' : ''}${amount} at ${one.account} (${one.provider}${ticket}) falls under ` +
        `tier ${number} of ${policy.tiers.length}${name}.`,
      `  conditions  ${conditionsOf(tier)}`,
      `  approvals   ${tier.needs.map(({ group, count }) => `${count} of ${group}`).join(' and ')}`,
      `  may ask     ${askers === undefined ? 'every full member of the workspace' : `people of ${askers.join(' or ')}`}`,
      `  deadline    ${inHours(tier.deadlineSeconds ?? settings.deadlineSeconds)}`,
      ...(stepUp === undefined ? [] : [`  to confirm  ${stepUp}`]),
      `  policy      version ${policy.version}`,
    ],
  };
}

function caseOf({ accounts }: Settings, question: Question, now: Date): Case {
  const { account, part, at, ticket } = question;
  const details = accounts[account];
  if (details === undefined)
    throw new Error(`There is no account ${account}; there are ${Object.keys(accounts).join(', ')}.`);
  const { name, ticketKinds = [] } = createProvider(details, callNobody);
  if (ticket !== undefined && !ticketKinds.includes(ticket))
    throw new Error(`No ticket is opened for a payment at ${account}, so leave --ticket out.`);
  return {
    account,
    provider: name,
    amount: readAmount(question),
    partial: part,
    ticketKinds: ticket === undefined ? ticketKinds.slice(0, 1) : [ticket],
    timeIn: (zone) => at ?? wallTime(now, zone),
  };
}

function readAmount({ amount, currency }: Question): Money | null {
  if (amount === 'unknown') return null;
  const money = parseMoney(amount, currency);
  if (money === undefined) throw new Error(`${amount} ${currency} is no amount in an ISO 4217 currency.`);
  return money;
}

function conditionsOf({ accounts, providers, upTo, part, hours, tickets }: Tier): string {
  const conditions = [
    ...(accounts === undefined ? [] : [`account ${accounts.join(' or ')}`]),
    ...(providers === undefined ? [] : [`provider ${providers.join(' or ')}`]),
    ...(upTo === undefined ? [] : [`up to ${upTo.map(formatMoney).join(' or ')}`]),
    ...(part === undefined ? [] : [part ? 'a part' : 'a whole payment']),
    ...(hours === undefined ? [] : [`${hours.from} to ${hours.until} ${hours.zone}`]),
    ...(tickets === undefined ? [] : [`ticket ${tickets.join(' or ')}`]),
  ];
  return conditions.length === 0 ? 'none: it catches the rest' : conditions.join(', ');
}

function inHours(seconds: number): string {
  const minutes = seconds / 60;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
