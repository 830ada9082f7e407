/** Reads the blocks of a message and the view of a modal or Home as strictly as Slack does, or refuses them. */
import { z } from 'zod';
import { type Block, HomeBlock, MessageBlock, ModalBlock } from './blocks.ts';
import { countCharacters, plainText, text } from './elements.ts';
import { read, Refusal } from './refusal.ts';

// Undocumented. Slack's maintainers name 12,000 "with a buffer for block containers", and messages of 11,341
// were refused (bolt-js#2509, #2867), so the fake stays below the lowest refusal that was measured.
const MOST_TEXT_IN_A_MESSAGE = 11_000;
const MOST_MARKDOWN_IN_A_MESSAGE = 12_000;
const LARGEST_VIEW_BYTES = 250_000;
const TABLES: readonly string[] = ['table', 'data_table'];

const uniqueIds = (blocks: readonly { readonly block_id: string }[]): boolean =>
  new Set(blocks.map((block) => block.block_id)).size === blocks.length;

const MessageBlocks = z
  .array(MessageBlock)
  .max(50)
  .refine(uniqueIds, '`block_id` already exists in this message')
  .refine(
    (blocks) =>
      countCharacters(blocks.map((block) => (block.type === 'markdown' ? block.text : '')).join('')) <=
      MOST_MARKDOWN_IN_A_MESSAGE,
    `markdown must be less than ${MOST_MARKDOWN_IN_A_MESSAGE + 1} characters in total`,
  )
  .refine(
    (blocks) => blocks.filter((block) => block.type === 'data_visualization').length <= 2,
    'only two charts allowed',
  );

export function readMessageBlocks(given: unknown): Block[] {
  const blocks = read(MessageBlocks, given, 'invalid_blocks', '/blocks');
  if (blocks.filter((block) => TABLES.includes(block.type)).length > 1) {
    throw new Refusal('invalid_attachments', ['only_one_table_allowed']);
  }
  if (countText(blocks) > MOST_TEXT_IN_A_MESSAGE) throw new Refusal('msg_blocks_too_long');
  return blocks;
}

/** Every string under a key `text`, however deep. */
export function collectText(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : collectText(value),
  );
}

const countText = (blocks: readonly Block[]): number => countCharacters(collectText(blocks).join(''));

const anyView = {
  callback_id: text(255, 0).default(''),
  external_id: text(255, 0).default(''),
  private_metadata: text(3000, 0).default(''),
};
const viewBlocks = <B extends z.ZodType<Block>>(allowed: B) =>
  z.array(allowed).max(100).refine(uniqueIds, '`block_id` already exists in this view');

const View = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('modal'),
      title: plainText(24),
      submit: plainText(24).optional(),
      close: plainText(24).optional(),
      blocks: viewBlocks(ModalBlock),
      clear_on_close: z.boolean().default(false),
      notify_on_close: z.boolean().default(false),
      ...anyView,
    })
    .refine((view) => view.submit !== undefined || !view.blocks.some((block) => block.type === 'input'), {
      path: ['submit'],
      error: 'must define `submit` to use an `input` block in modals',
    }),
  z.strictObject({ type: z.literal('home'), blocks: viewBlocks(HomeBlock), ...anyView }),
]);

export type ViewSource = z.output<typeof View>;

export function readView(given: unknown, type: ViewSource['type']): ViewSource {
  const view = read(View, given, 'invalid_arguments', '/view');
  if (view.type !== type) {
    throw new Refusal('invalid_arguments', [`must be a ${type} [json-pointer:/view/type]`]);
  }
  if (Buffer.byteLength(JSON.stringify(given)) > LARGEST_VIEW_BYTES) throw new Refusal('view_too_large');
  return view;
}
