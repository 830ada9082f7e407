/** What a field of a form starts with, what a person may put into it, and how Slack writes that in `state.values`. */
import { type Block, elementsOf } from './blocks.ts';
import { type Choice, countCharacters, type Element, optionsOf } from './elements.ts';

/** One entry of `state.values[block_id][action_id]`. */
export type StateValue =
  | { readonly type: string; readonly value: string | null }
  | { readonly type: string; readonly selected_option: Choice | null }
  | { readonly type: string; readonly selected_options: readonly Choice[] }
  | { readonly type: string; readonly selected_user: string | null }
  | { readonly type: string; readonly files: readonly { readonly url_private_download: string }[] };

export type StateValues = Readonly<Record<string, Readonly<Record<string, StateValue>>>>;

/** A list for fields that take several. */
export type Answer = string | readonly string[];

/** @param kept values to carry over where a field of the same block, action and type is still there. */
export function startValues(blocks: readonly Block[], kept: StateValues = {}): StateValues {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      if (element.type === 'button' || element.type === 'overflow') continue;
      const before = kept[block.block_id]?.[element.action_id];
      const value = before?.type === element.type ? before : startValue(element);
      values[block.block_id] = { ...values[block.block_id], [element.action_id]: value };
    }
  }
  return values;
}

type Field = Exclude<Element, { type: 'button' | 'overflow' }>;

function startValue(field: Field): StateValue {
  const { type } = field;
  switch (field.type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: field.initial_option ?? null };
    case 'checkboxes':
      return { type, selected_options: field.initial_options ?? [] };
    case 'users_select':
      return { type, selected_user: field.initial_user ?? null };
    case 'file_input':
      return { type, files: [] };
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      // Slack writes an empty input as null.
      return { type, value: field.initial_value === '' ? null : (field.initial_value ?? null) };
  }
}

/** Puts an answer into a field, or throws where Slack's client would not let the person. */
export function answerField(element: Element, answer: Answer): StateValue {
  const { type } = element;
  const one = (): string => {
    if (typeof answer === 'string') return answer;
    throw new Error(`a ${type} takes one answer`);
  };
  switch (element.type) {
    case 'button':
      throw new Error('a button is pressed, not filled in');
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: findOption(element, one()) };
    case 'checkboxes':
      return { type, selected_options: [answer].flat().map((choice) => findOption(element, choice)) };
    case 'users_select':
      return { type, selected_user: one() };
    case 'file_input':
      return { type, files: [answer].flat().map((url) => ({ url_private_download: url })) };
    case 'plain_text_input':
      if (countCharacters(one()) > (element.max_length ?? 3000)) {
        throw new Error(`only ${element.max_length ?? 3000} characters fit into this input`);
      }
      return { type, value: one() || null };
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return { type, value: one() || null };
  }
}

function findOption(element: Parameters<typeof optionsOf>[0], wanted: string): Choice {
  const options = optionsOf(element);
  const found = options.find(({ text, value }) => value === wanted || text.text === wanted);
  if (found !== undefined) return found;
  throw new Error(`no option "${wanted}" among ${options.map(({ text }) => `"${text.text}"`).join(', ')}`);
}

/** What keeps Slack's client from submitting this block, if anything. */
export function objectTo(block: Block, values: StateValues): string | undefined {
  if (block.type !== 'input') return undefined;
  const given = values[block.block_id]?.[block.element.action_id];
  const [answer] = given === undefined ? [] : answersIn(given);
  if (answer === undefined) return block.optional === true ? undefined : `"${block.label.text}" is required`;
  const objection = objectToText(block.element, answer);
  return objection === undefined ? undefined : `"${block.label.text}" ${objection}`;
}

function objectToText(element: Element, answer: string): string | undefined {
  if (element.type === 'plain_text_input') {
    const shortest = element.min_length ?? 0;
    return countCharacters(answer) < shortest ? `needs at least ${shortest} characters` : undefined;
  }
  if (element.type === 'number_input') {
    if (!(element.is_decimal_allowed ? /^-?\d+([.]\d+)?$/ : /^-?\d+$/).test(answer)) return 'is not a number';
    if (Number(answer) < Number(element.min_value ?? -Infinity)) return 'is too small';
    return Number(answer) > Number(element.max_value ?? Infinity) ? 'is too large' : undefined;
  }
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+[.][^\s@]+$/.test(answer)) {
    return 'is not an email address';
  }
  return element.type === 'url_text_input' && !URL.canParse(answer) ? 'is not a URL' : undefined;
}

function answersIn(given: StateValue): readonly string[] {
  if ('files' in given) return given.files.map((file) => file.url_private_download);
  if ('value' in given) return given.value === null ? [] : [given.value];
  if ('selected_option' in given) return given.selected_option === null ? [] : [given.selected_option.value];
  if ('selected_options' in given) return given.selected_options.map((choice) => choice.value);
  return given.selected_user === null ? [] : [given.selected_user];
}
