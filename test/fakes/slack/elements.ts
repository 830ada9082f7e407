/** Block Kit's text objects and interactive elements, with the limits that Slack enforces on each. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Slack counts Unicode code points, where JavaScript's `length` counts UTF-16 units. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

export const text = (max: number, min = 1) =>
  z
    .string()
    .refine((given) => countCharacters(given) <= max, `must be less than ${max + 1} characters`)
    .refine((given) => countCharacters(given) >= min, `must be more than ${min - 1} characters`);

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() });

const markdownText = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), markdownText(max)]);

/** Slack makes up the ids that an app leaves out. */
export const Id = text(255).default(() => randomBytes(4).toString('base64url'));

const style = z.literal(['primary', 'danger']).optional();

const confirm = z
  .strictObject({
    title: plainText(100),
    text: anyText(300),
    confirm: plainText(30),
    deny: plainText(30),
    style,
  })
  .optional();

const element = <T extends string, F extends z.ZodRawShape>(type: T, fields: F) =>
  z.strictObject({ type: z.literal(type), action_id: Id, ...fields });

const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };
const typing = {
  ...focus,
  ...placeholder,
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.literal(['on_enter_pressed', 'on_character_entered'])) })
    .optional(),
};

// Slack's sources disagree on 75 or 150 for a value; the lower one is safe with either.
const option = <T extends z.ZodType>(label: T) =>
  z.strictObject({ text: label, value: text(75), description: plainText(75).optional() });
const PlainOption = option(plainText(75));
const AnyOption = option(anyText(75));

const menu = {
  options: z.array(PlainOption).min(1).max(100).optional(),
  option_groups: z
    .array(z.strictObject({ label: plainText(75), options: z.array(PlainOption).min(1).max(100) }))
    .min(1)
    .max(100)
    .optional(),
  confirm,
  ...focus,
  ...placeholder,
};

export const picture = {
  alt_text: text(2000),
  image_url: text(3000).optional(),
  slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
};

const Image = z
  .strictObject({ type: z.literal('image'), ...picture })
  .refine(hasOnePicture, 'must define either `image_url` or `slack_file`');

export function hasOnePicture(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

const Button = element('button', {
  text: plainText(75),
  value: text(2000).optional(),
  url: text(3000).optional(),
  accessibility_label: text(75).optional(),
  style,
  confirm,
});

const Overflow = element('overflow', {
  options: z
    .array(PlainOption.extend({ url: text(3000).optional() }))
    .min(1)
    .max(5),
  confirm,
});

const choosers = [
  withOptions(element('static_select', { ...menu, initial_option: PlainOption.optional() })),
  element('users_select', { initial_user: text(255).optional(), confirm, ...focus, ...placeholder }),
  withOptions(
    element('radio_buttons', {
      options: z.array(AnyOption).min(1).max(10),
      initial_option: AnyOption.optional(),
      confirm,
      ...focus,
    }),
  ),
  withOptions(
    element('checkboxes', {
      options: z.array(AnyOption).min(1).max(10),
      initial_options: z.array(AnyOption).min(1).optional(),
      confirm,
      ...focus,
    }),
  ),
] as const;

const inputs = [
  element('plain_text_input', {
    initial_value: text(3000, 0).optional(),
    multiline: z.boolean().optional(),
    min_length: z.number().int().min(0).max(3000).optional(),
    max_length: z.number().int().min(1).max(3000).optional(),
    ...typing,
  }).refine(
    // Slack's client would not let the person send the form.
    ({ initial_value: filled = '', max_length: most = 3000 }) => countCharacters(filled) <= most,
    '`initial_value` must not be longer than `max_length`',
  ),
  element('number_input', {
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
    ...typing,
  }),
  element('email_text_input', { initial_value: z.string().optional(), ...typing }),
  element('url_text_input', { initial_value: z.string().optional(), ...typing }),
  element('file_input', {
    filetypes: z.array(z.string().min(1)).optional(),
    max_files: z.number().int().min(1).max(10).optional(),
  }),
] as const;

export interface Choice {
  readonly text: { readonly text: string };
  readonly value: string;
}

interface Chooser {
  readonly options?: readonly Choice[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly Choice[] }[] | undefined;
  readonly initial_option?: Choice | undefined;
  readonly initial_options?: readonly Choice[] | undefined;
}

/** The options of a menu, whether or not they are in groups. */
export function optionsOf({ options, option_groups: groups }: Chooser): readonly Choice[] {
  return options ?? groups?.flatMap((group) => group.options) ?? [];
}

function withOptions<S extends z.ZodType<Chooser>>(schema: S): S {
  return schema
    .refine(
      ({ options, option_groups: groups }) => (options === undefined) !== (groups === undefined),
      'must define either `options` or `option_groups`',
    )
    .refine((chooser) => {
      const offered = new Set(optionsOf(chooser).map((choice) => JSON.stringify(choice)));
      return [chooser.initial_option ?? [], chooser.initial_options ?? []]
        .flat()
        .every((choice) => offered.has(JSON.stringify(choice)));
    }, 'the initial option must be one of the options, exactly');
}

export const ActionElement = z.discriminatedUnion('type', [Button, Overflow, ...choosers]);
export const AccessoryElement = z.discriminatedUnion('type', [Button, Overflow, ...choosers, Image]);
export const InputElement = z.discriminatedUnion('type', [...choosers, ...inputs]);
export const ContextElement = z.discriminatedUnion('type', [plainText(2000), markdownText(2000), Image]);

/** Everything that a person can press, choose or type into. */
export type Element = z.output<typeof ActionElement> | z.output<typeof InputElement>;
