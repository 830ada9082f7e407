/** Block Kit's blocks, and on which surface Slack takes each of them. */
import { z } from 'zod';
import {
  AccessoryElement,
  ActionElement,
  anyText,
  ContextElement,
  type Element,
  hasOnePicture,
  Id,
  InputElement,
  picture,
  plainText,
  text,
} from './elements.ts';

const block = <T extends string, F extends z.ZodRawShape>(type: T, fields: F) =>
  z.strictObject({ type: z.literal(type), block_id: Id, ...fields });

const leafStyle = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();
const leaf = <T extends string, F extends z.ZodRawShape>(type: T, fields: F) =>
  z.strictObject({ type: z.literal(type), style: leafStyle, ...fields });
const RichTextLeaf = z.discriminatedUnion('type', [
  leaf('text', { text: text(3000) }),
  leaf('link', { url: text(3000), text: text(3000).optional(), unsafe: z.boolean().optional() }),
  leaf('user', { user_id: z.string() }),
  leaf('usergroup', { usergroup_id: z.string() }),
  leaf('channel', { channel_id: z.string() }),
  leaf('emoji', { name: z.string() }),
  leaf('broadcast', { range: z.literal(['here', 'channel', 'everyone']) }),
  leaf('date', {
    timestamp: z.int(),
    format: z.string(),
    fallback: z.string().optional(),
    url: z.string().optional(),
  }),
]);
const RichTextSection = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(RichTextLeaf),
});
const border = z.literal([0, 1]).optional();
const RichText = block('rich_text', {
  elements: z.array(
    z.discriminatedUnion('type', [
      RichTextSection,
      z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(RichTextLeaf), border }),
      z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(RichTextLeaf), border }),
      z.strictObject({
        type: z.literal('rich_text_list'),
        style: z.literal(['bullet', 'ordered']),
        elements: z.array(RichTextSection),
        indent: z.int().optional(),
        border,
      }),
    ]),
  ),
});

const everywhere = [
  block('section', {
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: AccessoryElement.optional(),
    expand: z.boolean().optional(),
  }).refine(
    (section) => section.text !== undefined || section.fields !== undefined,
    'must define either `text` or `fields`',
  ),
  block('header', { text: plainText(150) }),
  block('divider', {}),
  block('context', { elements: z.array(ContextElement).min(1).max(10) }),
  block('actions', { elements: z.array(ActionElement).min(1).max(25) }).refine(
    ({ elements }) => new Set(elements.map((element) => element.action_id)).size === elements.length,
    '`action_id` already exists in this block',
  ),
  block('input', {
    label: plainText(2000),
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element: InputElement,
  }),
  block('image', { ...picture, title: plainText(2000).optional() }).refine(
    hasOnePicture,
    'must define either `image_url` or `slack_file`',
  ),
  RichText,
] as const;

const Cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: text(3000) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: text(3000) }),
  RichText,
]);
const Rows = z
  .array(z.array(Cell).min(1).max(20))
  .min(1)
  .refine((rows) => JSON.stringify(rows).length <= 100_000, 'the table is too large');

const point = z.strictObject({ label: text(20), value: z.number() });
const series = {
  series: z
    .array(z.strictObject({ name: text(20), data: z.array(point).min(1).max(20) }))
    .min(1)
    .max(6),
  axis_config: z.strictObject({
    categories: z.array(text(20)).min(1).max(20),
    x_label: text(50).optional(),
    y_label: text(50).optional(),
  }),
};
const Chart = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('pie'),
    segments: z
      .array(z.strictObject({ label: text(20), value: z.number().positive() }))
      .min(1)
      .max(6),
  }),
  ...(['bar', 'line', 'area'] as const).map((type) => z.strictObject({ type: z.literal(type), ...series })),
]);

const messagesOnly = [
  block('markdown', { text: text(12_000) }),
  block('table', {
    rows: Rows.max(100),
    column_settings: z
      .array(
        z.strictObject({
          align: z.literal(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        }),
      )
      .max(20)
      .optional(),
  }),
  block('data_table', {
    caption: text(3000),
    rows: Rows.min(2)
      .max(101)
      .refine((rows) => rows.every((row) => row.length === rows[0]?.length), 'rows must be of one length'),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).optional(),
  }),
  block('data_visualization', { title: text(50), chart: Chart }),
] as const;

const Alert = block('alert', {
  text: anyText(200),
  level: z.literal(['default', 'info', 'warning', 'error', 'success']).optional(),
});

export const MessageBlock = z.discriminatedUnion('type', [...everywhere, ...messagesOnly]);
export const ModalBlock = z.discriminatedUnion('type', [...everywhere, Alert]);
export const HomeBlock = z.discriminatedUnion('type', [...everywhere]);
export type Block = z.output<typeof MessageBlock> | z.output<typeof ModalBlock>;

/** The things in a block that a person can press, choose or type into. */
export function elementsOf(given: Block): readonly Element[] {
  if (given.type === 'actions') return given.elements;
  if (given.type === 'input') return [given.element];
  if (given.type !== 'section' || given.accessory === undefined) return [];
  return given.accessory.type === 'image' ? [] : [given.accessory];
}
