/** Entries and rows say the same: each entry has its row, each row its entry, and nothing in a row was changed. */
import { type Canonical, canonicalJson, isSame } from '../domain/canonical.ts';
import { commitmentTo } from '../domain/commitment.ts';
import { wordsOf } from '../domain/digest.ts';
import type { Body } from './entry.ts';
import type { Recorded } from './judged.ts';
import { type Row, tables } from './source.ts';

export interface Difference {
  /** The entry, or the row that has none. */
  readonly of: Recorded | Row;
  readonly says: string;
}

/**
 * @param entries those that can be read
 * @param unreadable the numbers of those that can't: of their rows nothing can be said
 * @param erasedElsewhere the numbers of entries that an erasure names which is not among these
 */
export function compareRows(
  entries: readonly Recorded[],
  rows: readonly Row[],
  unreadable: ReadonlySet<number>,
  erasedElsewhere: readonly number[] = [],
): Difference[] {
  const differences: Difference[] = [];
  const byNumber = new Map(entries.map((entry) => [entry.body.n, entry]));
  const erased = new Set([
    ...erasedElsewhere,
    ...entries.flatMap(({ body }) => (body.type === 'erasure' ? body.data.erased : [])),
  ]);
  const told = new Set<number>();
  for (const row of rows) {
    if (row.entry !== null && unreadable.has(row.entry)) continue;
    const entry = row.entry === null ? undefined : byNumber.get(row.entry);
    if (entry === undefined || tables[entry.body.type] !== row.table) {
      differences.push({ of: row, says: 'it has no entry' });
    } else if (told.has(entry.body.n)) {
      differences.push({ of: row, says: `entry ${entry.seq} is already another row's` });
    } else {
      told.add(entry.body.n);
      const says = compareOne(entry.body, row, erased.has(entry.body.n));
      if (says !== undefined) differences.push({ of: entry, says });
    }
  }
  for (const entry of entries) {
    const table = tables[entry.body.type];
    if (table !== null && !told.has(entry.body.n))
      differences.push({ of: entry, says: `its row in ${table} is gone` });
  }
  return differences;
}

function compareOne(body: Body, row: Row, isErased: boolean): string | undefined {
  const { data, commitments } = flatten(body);
  const named = `row ${row.id} of ${row.table}`;
  if (row.at !== body.at || !isSame(row.data, data)) {
    const names = Object.keys({ ...data, ...row.data }).filter(
      (name) => !(name in data && name in row.data && isSame(data[name] ?? null, row.data[name] ?? null)),
    );
    return `${named} differs in ${[...names, ...(row.at === body.at ? [] : ['time'])].join(', ')}`;
  }
  for (const [name, commitment] of Object.entries(commitments)) {
    const says = compareText(commitment, row, name, isErased);
    if (says !== undefined) return `${named}: ${says}`;
  }
  return undefined;
}

/** What people call a text where its name in the entry does not say. */
const LABELS: Readonly<Record<string, string>> = { said: 'evidence', says: 'wording' };

function compareText(
  commitment: string | null,
  { texts, salt }: Row,
  name: string,
  isErased: boolean,
): string | undefined {
  const label = LABELS[name] ?? name;
  const given = texts[name] ?? null;
  const text = given === null || typeof given === 'string' ? given : textOf(given);
  if (commitment === null) return text === null ? undefined : `its ${label} was written later`;
  if (isErased)
    return text === erasedText(name) && salt === ''
      ? undefined
      : `its ${label} was erased, and is there again`;
  if (text === null || salt === '') return `its ${label} is gone, and no entry says that it was erased`;
  return commitmentTo(salt, text) === commitment ? undefined : `its ${label} was changed`;
}

function textOf(value: Canonical): string {
  try {
    return canonicalJson(value);
  } catch {
    // A row may have been given what has no canonical form, an entry never.
    return '';
  }
}

/** What stands where a text was erased. */
function erasedText(name: string): string | null {
  if (name === 'note') return null;
  return name === 'said' ? wordsOf({ facts: {}, says: 'erased' }) : 'erased';
}

interface Flat {
  readonly data: Readonly<Record<string, Canonical>>;
  readonly commitments: Readonly<Record<string, string | null>>;
}

/** The data of an entry as a row has it: without the texts, and with what is frozen beside the rest. */
function flatten(body: Body): Flat {
  switch (body.type) {
    case 'request': {
      const { frozen, ...data } = body.data;
      const { reason, evidence, ...rest } = frozen;
      const { said, ...facts } = evidence;
      return { data: { ...data, ...rest, evidence: facts }, commitments: { reason, said } };
    }
    case 'decision': {
      const { note, ...data } = body.data;
      return { data, commitments: { note } };
    }
    case 'outcome': {
      const { says, ...data } = body.data;
      return { data, commitments: { says } };
    }
    case 'bulk': {
      const { frozen, ...data } = body.data;
      return { data: { ...data, ...frozen }, commitments: {} };
    }
    case 'freeze': {
      const { reason, ...data } = body.data;
      return { data, commitments: { reason } };
    }
    case 'attempt':
    case 'bulk_act':
    case 'lift':
    case 'refused_ask':
    case 'alarm':
    case 'summary':
    case 'roll_up':
    case 'sign_off':
    case 'erasure':
    case 'key':
      return { data: body.data, commitments: {} };
  }
}
