/**
 * Reads a provider's XML as names and texts, in document order: no attributes, no numbers, no DOCTYPE.
 * Texts come decoded and untrimmed, because signatures are made over them.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

/** An element: its name, and its text or its child elements. A leaf without text holds ''. */
export type XmlEntry = readonly [name: string, value: string | readonly XmlEntry[]];

const MAX_CHARACTERS = 64 * 1024;
const MAX_DEPTH = 8;

// What is not UTF-8 was decoded as this.
const NOT_UTF_8 = '\ufffd';

// `<!` opens a DOCTYPE or a declaration inside one, unless it opens a comment or CDATA.
const DECLARATION = /<!(?!--|\[CDATA\[)/;

const NAMED_CHARACTERS = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function ignore(): void {}

// The parser's own decoder either leaves `&#1234;` as it is or knows all of HTML's names: XML is in between.
const entityDecoder = {
  decode: (text: string) => text.replace(/&([^;]*);/g, (_, reference: string) => characterOf(reference)),
  addInputEntities: ignore,
  setExternalEntities: ignore,
  reset: ignore,
  setXmlVersion: ignore,
};

const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  entityDecoder,
});

/** What the parser makes of a document when it keeps the order: one record of one key for each element or text. */
type Nodes = { readonly [name: string]: string | Nodes }[];
const Nodes: z.ZodType<Nodes> = z.array(z.record(z.string(), z.union([z.string(), z.lazy(() => Nodes)])));

/** The child elements of the root of that name; undefined for anything but one whole, plain document. */
export function readXml(text: string, root: string): readonly XmlEntry[] | undefined {
  if (text.length > MAX_CHARACTERS || DECLARATION.test(text) || text.includes(NOT_UTF_8)) return undefined;
  try {
    // The parser alone would take a document that breaks off between two elements.
    if (XMLValidator.validate(text) !== true) return undefined;
    const [[name, value] = ['', '']] = entriesOf(Nodes.parse(parser.parse(text)));
    return name === root && typeof value !== 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

const TEXT = '#text';

// Only a text node holds a string: an element holds its own nodes.
function entriesOf(nodes: Nodes): XmlEntry[] {
  return nodes
    .flatMap((node) => Object.entries(node))
    .flatMap(([name, value]) => (typeof value === 'string' ? [] : [[name, valueOf(value)]]));
}

function valueOf(nodes: Nodes): XmlEntry[1] {
  const entries = entriesOf(nodes);
  const text = nodes.map((node) => (typeof node[TEXT] === 'string' ? node[TEXT] : '')).join('');
  if (entries.length === 0) return text;
  if (text.trim() !== '') throw new Error('text beside elements');
  return entries;
}

function characterOf(reference: string): string {
  const named = NAMED_CHARACTERS.get(reference);
  if (named !== undefined) return named;
  if (!/^#(\d{1,7}|x[\dA-Fa-f]{1,6})$/.test(reference)) throw new Error('an entity that XML does not define');
  return String.fromCodePoint(Number(`0${reference.slice(1)}`));
}
