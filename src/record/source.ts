/** What verification reads: the chain, its heads, and the rows that the chain is about. Always in batches. */
import type { Canonical } from '../domain/canonical.ts';
import type { SignedHead } from './keys.ts';

/** A line of the chain, as it stands there. */
export interface Link {
  readonly seq: number;
  readonly request: string;
  readonly n: number;
  readonly body: string;
  /** What the body says as JSON; undefined where it is none. */
  readonly parsed: Canonical | undefined;
  readonly mac: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

/** Which table has the rows of which type of entry. An `erasure` and a `key` have none. */
export const tables = {
  request: 'requests',
  decision: 'decisions',
  attempt: 'attempts',
  outcome: 'outcomes',
  bulk: 'bulks',
  bulk_act: 'bulk_acts',
  alarm: 'notices',
  freeze: 'freezes',
  lift: 'lifts',
  refused_ask: 'refused_asks',
  summary: 'summaries',
  roll_up: 'roll_ups',
  sign_off: 'sign_offs',
  erasure: null,
  key: null,
} as const;

/** A row that says the same as its entry, or ought to. */
export interface Row {
  readonly table: NonNullable<(typeof tables)[keyof typeof tables]>;
  /** What finds the row in its table. */
  readonly id: string;
  /** The number of its entry. */
  readonly entry: number | null;
  readonly at: string;
  /** What its entry has for data, without the texts and flat: what a request freezes stands beside its number. */
  readonly data: Readonly<Record<string, Canonical>>;
  /** What its entry has commitments to, and the key of those. What is no text is committed to as canonical JSON. */
  readonly texts: Readonly<Record<string, Canonical>>;
  readonly salt: string;
}

/** All that there is of one request or one bulk, or a part of what is about none (`NO_REQUEST`). */
export interface Dossier {
  readonly request: string;
  readonly entries: readonly Pick<Link, 'seq' | 'n' | 'body' | 'parsed'>[];
  readonly rows: readonly Row[];
  /** What erasures in other parts name, by the numbers of their entries. */
  readonly erased?: readonly number[];
  /** The state in the table; undefined where there is no request. */
  readonly state: string | undefined;
}

/** A stretch of the chain by `seq`, and every request and bulk that begins in it, wherever its other entries stand. */
export interface Page {
  readonly links: readonly Link[];
  readonly dossiers: readonly Dossier[];
}

/** Everything is as it was at one moment, however long reading takes. */
export interface Source {
  /** What is about no request, in several parts, by `n`. */
  readHouse(): AsyncIterable<Dossier>;
  /** The chain once, and with it every request and bulk once; in the end those of which no beginning is there. */
  readPages(): AsyncIterable<Page>;
  /** By `seq`. */
  readHeads(): AsyncIterable<readonly SignedHead[]>;
  /** The hashes of entries; those that are not there are left out. */
  selectHashes(seqs: readonly number[]): Promise<ReadonlyMap<number, Buffer>>;
  /** How many summaries the chain has. */
  countSummaries(): Promise<number>;
  selectDossiers(requests: readonly string[]): Promise<readonly Dossier[]>;
}
