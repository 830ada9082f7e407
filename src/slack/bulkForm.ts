/** The form that takes a list of payments of one account. */
import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { bulkNameOf } from '../domain/bulk.ts';
import { askLabels } from '../language/ask.ts';
import { columnsText, draftLabels, longListText } from '../language/draft.ts';
import { CLOSE } from '../language/forms.ts';
import { moreFaultsText } from '../language/bulkFaults.ts';
import { providerTitles } from '../language/titles.ts';
import type { AskBulkAgain } from '../usecases/askBulkAgain.ts';
import type { ListFaults } from '../usecases/beginDraft.ts';
import { type Choice, ticketInput } from './askForm.ts';
import { section } from './blocks.ts';
import { sayFault } from './draftMessage.ts';
import { cut, plain } from './inert.ts';
import type { ViewState } from './payloads.ts';

/** A bulk whose list has no room in the form: that is asked for again unless another one is given. */
const ListAgain = z.object({ id: z.uuid(), number: z.int(), count: z.int() });
export type ListAgain = z.infer<typeof ListAgain>;

export const BulkMemory = z.object({ account: z.string(), again: ListAgain.optional() });

/** Slack's limit for what is typed into one field. */
const LIST_MAX = 3000;
/** Slack takes 3,000 characters in a section, and 100 blocks and 250,000 bytes in a form. */
const SECTION_MAX = 2900;
const SECTIONS_SHOWN = 30;
const FAULTS_MAX_BYTES = 180_000;

export interface TypedList {
  readonly list: string;
  readonly reason: string;
  readonly ticket?: string;
}

const NOTHING: TypedList = { list: '', reason: '' };

/** Filled in with what a bulk asked, as far as there is room. */
export function bulkAgainForm(
  choice: Choice,
  { bulk, count, ...typed }: AskBulkAgain & { readonly list: string },
): ModalView {
  return typed.list.length <= LIST_MAX
    ? bulkForm(choice, typed)
    : bulkForm(choice, { ...typed, list: '' }, { again: { id: bulk.id, number: bulk.number, count } });
}

/** @param faults all that is wrong with what was typed before, told at once. */
export function bulkForm(
  { account, provider, ticket }: Choice,
  typed: TypedList = NOTHING,
  { faults, again }: { readonly faults?: ListFaults; readonly again?: ListAgain | undefined } = {},
): ModalView {
  const columns = provider.fields.map(({ name }) => name).join(', ');
  return {
    type: 'modal',
    callback_id: 'ask_in_bulk',
    private_metadata: JSON.stringify({ account, again }),
    title: plain(draftLabels.title, 24),
    submit: plain(draftLabels.submit),
    close: plain(CLOSE),
    blocks: [
      ...(faults === undefined ? [] : faultSections(faults)),
      section(`*${askLabels.account}* ${account} (${providerTitles[provider.name]})`),
      ...(again === undefined
        ? []
        : [section(longListText({ name: bulkNameOf(again), count: again.count }))]),
      section(columnsText(columns)),
      { ...input('list', draftLabels.list, draftLabels.listHint, typed.list), optional: true },
      {
        type: 'input',
        block_id: 'file',
        optional: true,
        label: plain(draftLabels.file),
        hint: plain(draftLabels.fileHint),
        element: { type: 'file_input', action_id: 'value', filetypes: ['csv', 'txt'], max_files: 1 },
      },
      input('reason', askLabels.reason, askLabels.reasonHint, typed.reason),
      ticketInput(ticket, typed.ticket ?? ''),
    ],
  };
}

/** The address of the file that was chosen. */
export function chosenFile(state: ViewState): string | undefined {
  return state['file']?.value?.files?.[0]?.url_private_download;
}

function input(name: string, label: string, hint: string, value: string): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plain(label),
    hint: plain(hint),
    element: {
      type: 'plain_text_input',
      action_id: 'value',
      multiline: true,
      max_length: LIST_MAX,
      ...(value === '' ? {} : { initial_value: cut(value, LIST_MAX) }),
    },
  };
}

/** Whole lines, as many as fit into each section. */
function faultSections({ faults, lines }: ListFaults): KnownBlock[] {
  const said = [...Object.values(faults).map((fault) => ({ fault })), ...lines];
  const texts: string[] = [];
  let told = 0;
  let bytes = 0;
  for (const one of said) {
    const line = 'fault' in one ? one.fault : sayFault(one);
    bytes += Buffer.byteLength(JSON.stringify(line));
    if (bytes > FAULTS_MAX_BYTES) break;
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= SECTION_MAX)
      texts[texts.length - 1] = `${last}\n${line}`;
    else if (texts.length < SECTIONS_SHOWN) texts.push(line);
    else break;
    told += 1;
  }
  const more = told < said.length ? [moreFaultsText(said.length - told)] : [];
  return [...texts, ...more].map((text) => ({ type: 'section', text: plain(`⚠️ ${text}`) }));
}
