/** The form that asks for a cancellation: first which account, then what that account's provider needs. */
import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Field, Provider } from '../domain/provider.ts';
import { nameOf } from '../domain/request.ts';
import { asksAgainText } from '../language/again.ts';
import { TICKET_FIELD, TICKET_MAX, type TicketRule } from '../domain/ticket.ts';
import { askLabels } from '../language/ask.ts';
import { CLOSE } from '../language/forms.ts';
import { ticketHint, ticketLabels } from '../language/ticket.ts';
import { providerTitles } from '../language/titles.ts';
import { section } from './blocks.ts';
import { cut, plain } from './inert.ts';
import type { ViewState } from './payloads.ts';

/** What the form remembers while it is open. */
export const AskMemory = z.object({
  account: z.string(),
  /** The request of which this is another try. */
  follows: z.object({ id: z.uuid(), number: z.number() }).exactOptional(),
});
export type AskMemory = z.infer<typeof AskMemory>;

/** What the form already knows, by the name of its field. */
export type Filled = Readonly<Record<string, string>>;

/** What is known of a payment before its account is. */
export const Known = z.object({ reference: z.string(), reason: z.string() });
export type Known = z.infer<typeof Known>;

/** The reference is what the provider's form asks first. */
export function fillIn({ provider }: Choice, { reference, reason }: Known): Filled {
  return { [provider.fields[0]?.name ?? '']: reference, reason };
}

export interface Choice {
  readonly account: string;
  readonly provider: Provider;
  readonly ticket: TicketRule;
}

/** Slack's limit for one select. */
const ACCOUNTS_SHOWN = 100;

/** @param known goes on to the form of the account that is chosen. */
export function accountForm(choices: readonly Choice[], known: Known): ModalView {
  return {
    type: 'modal',
    callback_id: 'choose_account',
    private_metadata: JSON.stringify(known),
    title: plain(askLabels.title),
    submit: plain(askLabels.next),
    close: plain(CLOSE),
    blocks: [
      {
        type: 'input',
        block_id: 'account',
        label: plain(askLabels.account),
        element: {
          type: 'static_select',
          action_id: 'value',
          placeholder: plain(askLabels.whichAccount),
          options: choices.slice(0, ACCOUNTS_SHOWN).map(({ account, provider }) => ({
            text: plain(cut(`${account} (${providerTitles[provider.name]})`, 75)),
            value: account,
          })),
        },
      },
    ],
  };
}

interface AskedBefore {
  /** Something to say above the fields, when an earlier try could not be taken. */
  readonly notice?: string;
  readonly follows?: AskMemory['follows'] | undefined;
}

/** @param approvers who could approve it. */
export function askForm(
  { account, provider, ticket }: Choice,
  filled: Filled,
  approvers: string,
  { notice, follows }: AskedBefore = {},
): ModalView {
  const memory: AskMemory = { account, ...(follows === undefined ? {} : { follows }) };
  return {
    type: 'modal',
    callback_id: 'ask_cancellation',
    private_metadata: JSON.stringify(memory),
    title: plain(askLabels.title),
    submit: plain(askLabels.submit),
    close: plain(CLOSE),
    blocks: [
      ...(notice === undefined ? [] : [section(notice)]),
      ...(follows === undefined ? [] : [section(asksAgainText(nameOf(follows)))]),
      section(`*${askLabels.account}* ${account} (${providerTitles[provider.name]})`),
      section(approvers),
      ...provider.fields.map((field) => fieldInput(field, filled[field.name] ?? '')),
      input('reason', askLabels.reason, askLabels.reasonHint, {
        type: 'plain_text_input',
        action_id: 'value',
        multiline: true,
        ...ofLength(3000, filled['reason'] ?? ''),
      }),
      ticketInput(ticket, filled[TICKET_FIELD] ?? ''),
    ],
  };
}

function fieldInput(field: Field, typed: string): InputBlock {
  const { name, label, hint, optional, choices } = field;
  if (choices === undefined) {
    return {
      ...input(name, label, hint, {
        type: 'plain_text_input',
        action_id: 'value',
        ...ofLength(300, typed),
      }),
      optional,
    };
  }
  const options = choices.map((choice) => ({ text: plain(choice.label, 75), value: choice.value }));
  const chosen = options.find(({ value }) => value === typed) ?? options[0];
  return {
    ...input(name, label, hint, {
      type: 'static_select',
      action_id: 'value',
      options,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    }),
    optional,
  };
}

/** @param typed before, when something could not be taken */
export function ticketInput({ required, looksLike }: TicketRule, typed: string): InputBlock {
  return {
    ...input(TICKET_FIELD, ticketLabels.ticket, ticketHint(looksLike), {
      type: 'plain_text_input',
      action_id: 'value',
      ...ofLength(TICKET_MAX, typed),
    }),
    optional: !required,
  };
}

function input(name: string, label: string, hint: string, element: InputBlock['element']): InputBlock {
  return { type: 'input', block_id: name, label: plain(label), hint: plain(hint), element };
}

/** A form that is filled in with more than it takes could not be sent. */
function ofLength(most: number, value: string): { max_length: number; initial_value?: string } {
  return { max_length: most, ...(value === '' ? {} : { initial_value: cut(value, most) }) };
}

/** What a person typed, by block. Empty texts are left out. */
export function typedFields(state: ViewState): Record<string, string> {
  const typed = Object.entries(state).flatMap(([block, { value: element }]): [string, string][] => {
    const value = element?.value ?? element?.selected_option?.value ?? '';
    return value === '' ? [] : [[block, value]];
  });
  return Object.fromEntries(typed);
}
