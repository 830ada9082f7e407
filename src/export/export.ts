/** Writes an export: a folder from which an auditor can check the record with nothing but Node. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BYTE_ORDER_MARK } from './csv.ts';
import type { SignedHead } from '../record/keys.ts';
import { createOutput, jsonLine, type Output, type Tally } from './output.ts';
import { createFilter, createReadShown } from './shown.ts';
import type { Table } from './table.ts';
import { tables } from './tables.ts';

/** Days are local days of the zone, both included. Null: from the beginning, to the end. */
export interface Scope {
  readonly since: string | null;
  readonly until: string | null;
  readonly zone: string;
  /** None means all. They filter tables and texts; a chain with holes could not be checked. */
  readonly accounts: readonly string[];
}

export interface Range {
  readonly first: number;
  readonly last: number;
}

/** An entry as it stands in the chain, with what else the export shows of it. Bytes are in hex. */
export interface ChainRow {
  readonly seq: number;
  readonly request: string;
  readonly n: number;
  readonly body: string;
  readonly mac: string;
  readonly prev: string;
  readonly hash: string;
  /** The body of the request's first entry. */
  readonly opening: string | null;
  readonly leads: boolean;
  readonly state: string | null;
  readonly texts: readonly { readonly field: string; readonly salt: string; readonly text: string }[];
}

/** The record at one moment. */
export interface Snapshot {
  /** From the first entry of the days to the last one, and all between; undefined when there is none. */
  selectRange(scope: Scope): Promise<Range | undefined>;
  hasAccount(account: string): Promise<boolean>;
  /** Every public key that signed, by its id. */
  selectKeys(): Promise<Readonly<Record<string, string>>>;
  /** In order, as all that is read: pages of a bounded size. */
  readEntries(range: Range): AsyncIterable<readonly ChainRow[]>;
  readHeads(first: number, last: number | null): AsyncIterable<readonly SignedHead[]>;
}

export interface Exported {
  readonly range: Range | undefined;
  readonly files: Readonly<Record<string, Tally>>;
  /** The public keys by their ids, to be handed over by another way. */
  readonly keys: Readonly<Record<string, string>>;
  /** The SHA-256 of the manifest, which has those of all other files. */
  readonly fingerprint: string;
}

const VERIFIER = join(import.meta.dirname, '../../verifier/verify.mjs');
const README = `An export of the record of Countersign, made so that you need not believe whoever gave it to you.
Run "node verify.mjs ." in this folder (Node 18 or newer; better with your own copy of verify.mjs).
Give it the record's public key (--public-key) and heads from the finance channel in Slack (--head SEQ:HASH).
The .csv files are for reading, the .jsonl files are the proof, manifest.json says what was exported.
`;

/** @throws Error with a sentence for a person when the folder is there already or an account was never used */
export async function writeExport(
  snapshot: Snapshot,
  folder: string,
  scope: Scope,
  about: { readonly madeAt: Date; readonly version: string },
): Promise<Exported> {
  for (const account of scope.accounts) {
    if (!(await snapshot.hasAccount(account))) throw new Error(`No request was ever made for ${account}.`);
  }
  const target = resolve(folder);
  const partial = `${target}.partial`;
  for (const path of [target, partial]) {
    if (await stat(path).catch(() => undefined)) throw new Error(`${path} exists already.`);
  }

  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const range = await snapshot.selectRange(scope);
    const files = {
      ...(await writeRecord(snapshot, partial, scope, range)),
      ...(await writeGuides(partial)),
    };
    const keys = await snapshot.selectKeys();
    const manifest = {
      schema: 'countersign/export/1',
      madeAt: about.madeAt.toISOString(),
      version: about.version,
      ...scope,
      filtered: scope.accounts.length === 0 ? 'nothing' : 'tables and texts by account; the chain is whole',
      first: range?.first ?? null,
      last: range?.last ?? null,
      files,
      keys,
    };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(join(partial, 'manifest.json'), text, { mode: 0o600 });
    await rename(partial, target);
    return { range, files, keys, fingerprint: sha256(text) };
  } catch (error) {
    await rm(partial, { recursive: true });
    throw error;
  }
}

async function writeRecord(
  snapshot: Snapshot,
  folder: string,
  scope: Scope,
  range: Range | undefined,
): Promise<Record<string, Tally>> {
  const outputs: Output[] = [];
  async function begin(name: string, heading?: string): Promise<Output> {
    const output = await createOutput(folder, name, heading);
    outputs.push(output);
    return output;
  }
  const chain = await begin('chain.jsonl');
  const heads = await begin('heads.jsonl');
  const texts = await begin('texts.jsonl');
  const sheets: { readonly table: Table; readonly output: Output }[] = [];
  for (const [name, table] of Object.entries(tables)) {
    sheets.push({ table, output: await begin(`${name}.csv`, BYTE_ORDER_MARK + table.heading) });
  }

  if (range !== undefined) {
    const isWanted = createFilter(scope);
    for await (const page of snapshot.readEntries(range)) {
      const readShown = createReadShown();
      for (const row of page) {
        const { seq, request, n, body, mac, prev, hash } = row;
        chain.write(jsonLine({ seq, request, n, body, mac, prev, hash }));
        const shown = readShown(row);
        if (shown === undefined || !isWanted(shown)) continue;
        for (const text of row.texts) texts.write(jsonLine({ request, n, ...text }));
        for (const { table, output } of sheets) {
          const line = table.rowOf(shown);
          if (line !== undefined) output.write(line);
        }
      }
      await Promise.all(outputs.map((output) => output.flush()));
    }
  }
  // A file waits for the disk when it is closed; meanwhile the heads are written.
  const written = writeHeads(snapshot, heads, scope, range);
  const tallies = await Promise.all(
    outputs.map(async (output): Promise<[string, Tally]> => {
      if (output === heads) await written;
      return [output.name, await output.close()];
    }),
  );
  return Object.fromEntries(tallies);
}

async function writeHeads(
  snapshot: Snapshot,
  output: Output,
  { since, until }: Scope,
  range: Range | undefined,
): Promise<void> {
  // Days without entries have no heads; but heads of a record that has no entries at all show that it had some.
  if (range === undefined && (since !== null || until !== null)) return;
  // The head of the entry before ties this export to the last one. Without an end, a head beyond shows a cut.
  const [first, last] = [(range?.first ?? 1) - 1, until === null ? null : (range?.last ?? null)];
  for await (const page of snapshot.readHeads(first, last)) {
    for (const { seq, hash, signature, ...head } of page) {
      const bytes = { hash: hash.toString('hex'), signature: signature.toString('hex') };
      output.write(jsonLine({ seq: Number(seq), ...head, ...bytes }));
    }
    await output.flush();
  }
}

async function writeGuides(folder: string): Promise<Record<string, Tally>> {
  await copyFile(VERIFIER, join(folder, 'verify.mjs'));
  await writeFile(join(folder, 'README.txt'), README, { mode: 0o600 });
  return {
    'verify.mjs': { rows: null, sha256: sha256(await readFile(VERIFIER)) },
    'README.txt': { rows: null, sha256: sha256(README) },
  };
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
