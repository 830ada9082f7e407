/**
 * Canonical JSON (RFC 8785) for what Countersign hashes: objects, lists, text, booleans, null and safe integers.
 * Money travels as text, because a JSON number is a double.
 */
export type Canonical =
  | string
  | number
  | boolean
  | null
  | readonly Canonical[]
  | { readonly [name: string]: Canonical };

/** @throws RangeError for a number that is not a safe integer, and for text with a lone surrogate. */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('text with a lone surrogate has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError('only safe integers have a canonical form here');
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;

  // RFC 8785 sorts by UTF-16 code units, which is what sort() does when it is told nothing.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`).join(',')}}`;
}

function isList(value: readonly Canonical[] | object): value is readonly Canonical[] {
  return Array.isArray(value);
}
