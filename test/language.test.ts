/** What people read in Slack is worded in `src/language`; the code that shows it has no words of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');

const wordless = ['commands', 'src/chart', 'src/slack', 'src/usecases'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`),
);

/** Words that no person in Slack reads. */
const forOthers: Readonly<Record<string, readonly string[]>> = {
  // Verifying reads it back from the channel, so it is the same in every language.
  'src/slack/summary.ts': ['record head {}:{}'],
  // For the log, and for the provider whose web-hook is turned away.
  'src/usecases/receiveWebhook.ts': ['there is no such account'],
  'src/usecases/later.ts': ['{}; again in {} s'],
  // For the operator, in a file.
  'src/slack/manifest.ts': [' The Slack app, in HTTP mode, for {}'],
  // For the log.
  'src/slack/socketMode.ts': ['Slack is away:'],
  // The font of the pictures.
  'src/chart/picture.ts': ['Inter'],
  // For Slack, with a file that is fetched.
  'src/slack/files.ts': ['Bearer {}'],
  // For the log, with the payload that was not a click of ours.
  'src/slack/payloads.ts': ['not a button of ours'],
};

/** Words with space between them, or one that begins as sentences and labels do. `{}` stands for what is filled in. */
function looksLikeWords(text: string): boolean {
  return /\s\p{L}{2}|(?<![\p{L}\d_])\p{Lu}\p{Ll}/u.test(text);
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Faults are for the log. What people are told of one is `FAULT_TEXT`. */
function isFault({ type, callee }: Node): boolean {
  return type === 'NewExpression' && isNode(callee) && /(?:Error|^Later)$/.test(String(callee['name']));
}

/** Every text of the source as it is written, but for imports, keys and faults. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isNode(value) || isFault(value)) return [];
  if (value.type === 'ImportDeclaration') return [];
  // Of what is a type, only the value that it is said of.
  if (value.type.startsWith('TS')) return textsIn(value['expression']);
  if (value.type === 'Literal') return typeof value['value'] === 'string' ? [value['value']] : [];
  const { quasis, expressions } = value;
  if (value.type === 'TemplateLiteral' && Array.isArray(quasis))
    return [template(quasis), ...textsIn(expressions)];
  return Object.values(value).flatMap(textsIn);
}

function template(quasis: readonly { readonly value: { readonly cooked: string } }[]): string {
  return quasis.map(({ value }) => value.cooked).join('{}');
}

const wordsIn = (source: string) => textsIn(parseAst(source, { lang: 'ts' })).filter(looksLikeWords);

describe.each(wordless)('%s', (file) => {
  it('has no words for people', () => {
    const words = wordsIn(readFileSync(join(ROOT, file), 'utf8'));
    expect(words.filter((text) => forOthers[file]?.includes(text) !== true)).toEqual([]);
  });
});

it('every exception is still needed', () => {
  for (const [file, texts] of Object.entries(forOthers))
    expect(wordsIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual(expect.arrayContaining([...texts]));
});

describe('words are found', () => {
  it.each([
    ['a sentence', "const a = 'Nothing was sent.';"],
    ['a label', "const a = plain('Close');"],
    ['a label in bold', 'const a = section(`*${b}*\\n*Amount*`);'],
    ['a clause', "const a = () => 'you are a guest';"],
    ['the end of a sentence', 'const a = `${who} approved.`;'],
    ['a sentence within another', 'const a = `${b ? `(${c}) was asked` : d}`;'],
    ['a sentence whose type is asserted', "const a = 'it was cancelled' as const;"],
    ['a value', "const a = { pending: 'Waiting' } satisfies Titles;"],
  ])('in %s', (_what, source) => {
    expect(wordsIn(source)).toHaveLength(1);
  });

  it.each([
    ['comments and imports', "/** Nothing was sent. */ import { a } from './a b.ts'; // Not here either"],
    ['types', "type A = 'Not a text'; const a = b as 'Not a text';"],
    ['faults', 'throw new Error(`request ${id} is missing`); throw new Later(`${a} is busy`, 1);'],
    [
      'ids, names and joints',
      "const a = ['approve_request', 'users.info', `alarm ${b} ${c}`, '  ·  ', `C-${d}`];",
    ],
    ['patterns', 'const a = /This is no text/;'],
  ])('but not in %s', (_what, source) => {
    expect(wordsIn(source)).toEqual([]);
  });
});
