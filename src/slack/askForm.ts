/** The form that asks for a cancellation: first which account, then what that account's provider needs. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Provider } from '../domain/provider.ts';
import { cut, plain } from './inert.ts';
import { providerTitles } from './look.ts';
import type { ViewState } from './payloads.ts';

/** What the form remembers while it is open. */
export const AskMemory = z.object({ account: z.string() });
export type AskMemory = z.infer<typeof AskMemory>;

export interface Prefill {
  readonly reference: string;
  readonly reason: string;
}

export interface Choice {
  readonly account: string;
  readonly provider: Provider;
}

/** Slack's limit for one select. */
const ACCOUNTS_SHOWN = 100;

export function accountForm(choices: readonly Choice[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'choose_account',
    title: plain('Cancel a payment'),
    submit: plain('Next'),
    close: plain('Close'),
    blocks: [
      {
        type: 'input',
        block_id: 'account',
        label: plain('Account'),
        element: {
          type: 'static_select',
          action_id: 'value',
          placeholder: plain('Which account took the payment?'),
          options: choices.slice(0, ACCOUNTS_SHOWN).map(({ account, provider }) => ({
            text: plain(cut(`${account} (${providerTitles[provider.name]})`, 75)),
            value: account,
          })),
        },
      },
    ],
  };
}

/** @param notice something to say above the fields, when an earlier try could not be taken. */
export function askForm({ account, provider }: Choice, prefill: Prefill, notice?: string): ModalView {
  const memory: AskMemory = { account };
  const [first] = provider.fields;
  return {
    type: 'modal',
    callback_id: 'ask_cancellation',
    private_metadata: JSON.stringify(memory),
    title: plain('Cancel a payment'),
    submit: plain('Ask for approval'),
    close: plain('Close'),
    blocks: [
      ...(notice === undefined ? [] : [text(`⚠️ ${notice}`)]),
      text(`*Account* ${account} (${providerTitles[provider.name]})`),
      ...provider.fields.map((field) => fieldInput(field, field === first ? prefill.reference : '')),
      input('reason', 'Reason', 'The second person and the auditors will read it.', {
        type: 'plain_text_input',
        action_id: 'value',
        multiline: true,
        max_length: 3000,
        ...initial(prefill.reason),
      }),
    ],
  };
}

function fieldInput(field: Provider['fields'][number], reference: string): InputBlock {
  const { name, label, hint, optional, choices } = field;
  if (choices === undefined) {
    return {
      ...input(name, label, hint, {
        type: 'plain_text_input',
        action_id: 'value',
        max_length: 300,
        ...initial(reference),
      }),
      optional,
    };
  }
  const options = choices.map((choice) => ({ text: plain(choice.label, 75), value: choice.value }));
  return {
    ...input(name, label, hint, {
      type: 'static_select',
      action_id: 'value',
      options,
      ...(options[0] === undefined ? {} : { initial_option: options[0] }),
    }),
    optional,
  };
}

function input(name: string, label: string, hint: string, element: InputBlock['element']): InputBlock {
  return { type: 'input', block_id: name, label: plain(label), hint: plain(hint), element };
}

function initial(value: string): { initial_value?: string } {
  return value === '' ? {} : { initial_value: cut(value, 3000) };
}

function text(mrkdwn: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn, verbatim: true } };
}

/** What a person typed, by block. Empty texts are left out. */
export function typedFields(state: ViewState): Record<string, string> {
  const typed = Object.entries(state).flatMap(([block, { value: element }]): [string, string][] => {
    const value = element?.value ?? element?.selected_option?.value ?? '';
    return value === '' ? [] : [[block, value]];
  });
  return Object.fromEntries(typed);
}

/** A view that only says something. */
export function noticeView(title: string, mrkdwn: string): ModalView {
  return { type: 'modal', title: plain(title, 24), close: plain('Close'), blocks: [text(mrkdwn)] };
}
