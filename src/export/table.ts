/** What a table of an export shows of an entry, and cells that several tables have. */
import type { Body } from '../record/entry.ts';
import { type Cell, csvRow } from './csv.ts';

type Opening = Extract<Body, { type: 'request' | 'bulk' }>;

export interface Shown {
  readonly seq: number;
  readonly body: Body;
  /** The first entry of the request or the bulk, which says what was asked; undefined for what is about neither. */
  readonly opening: Opening | undefined;
  /** Whether the export has nothing earlier of it. */
  readonly leads: boolean;
  /** The request's state when the export was made. */
  readonly state: string;
  /** By field; what was erased is absent. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Table {
  readonly heading: string;
  /** Undefined for an entry that this table does not show. */
  rowOf(shown: Shown): string | undefined;
}

/** @param pick what the cells are made of, for the entries that have a row */
export function createTable<Picked>(
  pick: (shown: Shown) => Picked | undefined,
  columns: Readonly<Record<string, (picked: Picked) => Cell | undefined>>,
): Table {
  const cells = Object.values(columns);
  return {
    heading: csvRow(Object.keys(columns)),
    rowOf(shown) {
      const picked = pick(shown);
      return picked && csvRow(cells.map((cellOf) => cellOf(picked) ?? null));
    },
  };
}

export function needsOf({ needs }: { readonly needs: readonly { group: string; count: number }[] }): string {
  return needs.map(({ group, count }) => `${count} of ${group}`).join(', ');
}

export function nameOf({ opening }: { readonly opening: Opening }): string {
  return `${opening.type === 'bulk' ? 'B' : 'C'}-${opening.data.number}`;
}

export function accountOf({ opening }: { readonly opening: Opening }): string {
  return opening.data.frozen.account;
}

export function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
