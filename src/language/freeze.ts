/** Freezes: stopping dispatch, and lifting that. */
import { type FreezeRefusal, LIFTERS, type LiftRefusal, type Scope } from '../domain/freeze.ts';

export const freezeUsage = {
  usage: '/cancel freeze [all|account|@person reason]',
  help: 'stop at once what is sent, of all or of an account or a person; alone, what is frozen',
} as const;

export const liftUsage = {
  usage: '/cancel lift <number>',
  help: 'agree that a freeze is lifted, which takes two approvers',
} as const;

/** @param named the account as code, or the mentions of the person's accounts; empty for all */
export function frozenThing(scope: Scope['type'], named: string): string {
  switch (scope) {
    case 'all':
      return 'everything';
    case 'account':
      return `the account ${named}`;
    case 'person':
      return named;
  }
}

const effects: Readonly<Record<Scope['type'], string>> = {
  all: 'Nothing is sent and no approval counts.',
  account: 'Nothing is sent there, and no approval of it counts.',
  person: 'Nothing is sent that they asked for or approved, and nothing that they decide counts.',
};

/** What a sentence says of a freeze, ready to be shown. */
export interface FreezeInWords {
  readonly name: string;
  /** From `frozenThing`. */
  readonly thing: string;
  readonly scope: Scope['type'];
  readonly person: string;
  readonly at: string;
  /** Those who agreed to lift it. */
  readonly lifters: readonly string[];
}

/** The message in the approvals channel, without the reason. */
export function freezeText({ name, thing, scope, person, at, lifters }: FreezeInWords): string {
  const agreed = lifters.length === 0 ? '' : `: ${lifters.join(', ')}`;
  return (
    `🧊 *${name}: ${thing} is frozen.* ${person} did that at ${at}. ${effects[scope]}\n` +
    `Two approvers have to agree before that ends. Agreed: ${lifters.length} of ${LIFTERS}${agreed}.`
  );
}

export function liftedText({ name, thing, person, at, lifters }: FreezeInWords): string {
  return `✅ *${name} is lifted.* ${lifters.join(' and ')} agreed. ${person} had frozen ${thing} at ${at}.`;
}

export function becauseText({ text, reason }: { readonly text: string; readonly reason: string }): string {
  return `${text}\nReason: ${reason}`;
}

export const liftLabels = {
  lift: 'Agree to lift',
  title: 'Lift this freeze?',
  confirm: 'Agree',
  deny: 'Not yet',
} as const;

export const LIFT_EFFECT =
  "When two approvers have agreed, what is approved can be sent again. You can't take this back.";

/** Told to whoever froze. */
export function frozeText({ name, thing }: Pick<FreezeInWords, 'name' | 'thing'>): string {
  return `🧊 ${name}: ${thing} is frozen from now on. What was being sent before can't be called back. The approvals channel is told.`;
}

/** Told to whoever agreed. @param more how many have to agree besides */
export function agreedText({ name, more }: { readonly name: string; readonly more: number }): string {
  return more === 0
    ? `✅ ${name} is lifted.`
    : `☑️ You agreed to lift ${name}. One more approver has to agree.`;
}

const ONLY_APPROVERS = 'you are in none of the groups that approve';

export function freezeRefusalText(
  refusal: FreezeRefusal,
  { why, own }: { readonly why: string | undefined; readonly own: string | undefined },
): string {
  return `Nothing was frozen: ${reasonOf(refusal, why, own)}. Ask an approver; your try is on record.`;
}

export function liftRefusalText(
  refusal: LiftRefusal,
  {
    name,
    why,
    own,
  }: { readonly name: string; readonly why: string | undefined; readonly own: string | undefined },
): string {
  switch (refusal) {
    case 'already_lifted':
      return `${name} was lifted before, so nothing was changed.`;
    case 'already_agreed':
      return `You agreed to lift ${name} already; one person counts once, so someone else has to agree too.`;
    case 'not_live':
    case 'not_an_approver':
    case 'frozen':
      return `You can't lift ${name}: ${reasonOf(refusal, why, own)}.`;
  }
}

/** @param own the name of the freeze under which the person is */
function reasonOf(refusal: FreezeRefusal, why: string | undefined, own: string | undefined): string {
  switch (refusal) {
    case 'not_live':
      return `only full, active members of this workspace can do that, and ${why ?? 'you are not known to be one'}`;
    case 'not_an_approver':
      return ONLY_APPROVERS;
    case 'frozen':
      return `you are frozen yourself${own === undefined ? '' : ` (${own})`}`;
  }
}

/** What `/cancel freeze` alone tells. @param standing a line for each freeze */
export function freezesText(standing: readonly string[]): string {
  return [
    '*An approver can stop what is sent, at once and alone:*',
    '`/cancel freeze all why` – everything',
    '`/cancel freeze account why` – one account',
    '`/cancel freeze @person why` – what a person asked for, approved or decides from now on',
    'It ends when two approvers agree, with the button in the approvals channel or `/cancel lift F-1`.',
    standing.length === 0 ? '*Frozen now*: nothing.' : '*Frozen now*',
    ...standing,
  ].join('\n');
}

export function standingLine({
  name,
  thing,
  person,
  at,
  lifters,
  reason,
}: FreezeInWords & { readonly reason: string }): string {
  return `🧊 *${name}*  ·  ${thing}  ·  ${person}  ·  ${at}  ·  ${lifters.length} of ${LIFTERS} agreed to lift it  ·  ${reason}`;
}

export function unknownThingText({
  typed,
  accounts,
}: {
  readonly typed: string;
  readonly accounts: readonly string[];
}): string {
  return (
    `Nothing was frozen: I don't know ${typed}. Say \`all\`, an account (${accounts.join(', ')}), or a person: ` +
    'type @ and pick them, or give their member id.'
  );
}

/** What to type, as an example. */
export function freezeExample(typed: string): string {
  return `/cancel freeze ${typed} Suspicious night`;
}

/** @param example from `freezeExample` */
export function noReasonText(example: string): string {
  return `Nothing was frozen yet. Say why, for everybody to read: ${example}.`;
}

export function faultyReasonText(fault: string): string {
  return `Nothing was frozen yet. ${fault}`;
}

export const WHICH_FREEZE = 'Say which freeze: `/cancel lift F-1`. `/cancel freeze` lists those that stand.';

export function noFreezeText(name: string): string {
  return `There is no freeze ${name}. \`/cancel freeze\` lists those that stand.`;
}

export function onlyNewestText(count: number): string {
  return `Only the newest ${count} are shown.`;
}
