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
  // Most is in order as it is, and then it need not be taken apart.
  return isInOrder(value) ? JSON.stringify(value) : putInOrder(value);
}

function putInOrder(value: Canonical): string {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('text with a lone surrogate has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError('only safe integers have a canonical form here');
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(putInOrder).join(',')}]`;

  // RFC 8785 sorts by UTF-16 code units, which is what sort() does when it is told nothing.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${putInOrder(name)}:${putInOrder(member)}`).join(',')}}`;
}

/** Whether a text is the canonical form of what it was parsed to. */
export function isCanonical(text: string, parsed: Canonical): boolean {
  return canonicalJson(parsed) === text;
}

/** Whether there is nothing in it that `JSON.stringify` would write otherwise than in canonical form. */
function isInOrder(value: Canonical): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (isList(value)) return value.every(isInOrder);
  let before = '';
  for (const name of Object.keys(value)) {
    if (name < before || !name.isWellFormed() || !isInOrder(value[name] ?? null)) return false;
    before = name;
  }
  return true;
}

export function isSame(a: Canonical, b: Canonical): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, n) => isSame(item, b[n] ?? null));
  if (isList(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSame(a[name] ?? null, b[name] ?? null))
  );
}

function isList(value: readonly Canonical[] | object): value is readonly Canonical[] {
  return Array.isArray(value);
}
