/** Exports to throw away, the verifier as an auditor runs it, and what somebody may do to an export in between. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { runNode } from '../fakes/commandLine.ts';
import { type Scope, type Snapshot, writeExport } from '../../src/export/export.ts';
import { EVERYTHING } from './aRecord.ts';

const Manifest = z.looseObject({
  files: z.record(z.string(), z.object({ rows: z.number().nullable(), sha256: z.string() })),
});

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-export-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'export');
}

export async function exportTo(snapshot: Snapshot, scope: Partial<Scope> = {}): Promise<string> {
  const folder = await newFolder();
  const about = { madeAt: new Date('2026-12-01T08:00:00Z'), version: '1.2.3' };
  await writeExport(snapshot, folder, { ...EVERYTHING, ...scope }, about);
  return folder;
}

interface Verified {
  readonly code: number | null;
  readonly told: string;
}

export const VERIFIER = join(import.meta.dirname, '../../verifier/verify.mjs');

export async function runVerifier(
  script: string,
  args: readonly string[],
  node = process.execPath,
): Promise<Verified> {
  // Each export has a copy of its own, so that what was compiled of it would be kept for nobody.
  const environment = { NODE_DISABLE_COMPILE_CACHE: '1' };
  const { status, out, err } = await runNode(node, [script, ...args], { environment });
  return { code: status, told: out + err };
}

/** With the copy that is in the export. */
export function verify(folder: string, args: readonly string[] = [], node?: string): Promise<Verified> {
  return runVerifier(join(folder, 'verify.mjs'), [folder, ...args], node);
}

export async function readLines(folder: string, file: string): Promise<string[]> {
  return (await readFile(join(folder, file), 'utf8')).split('\n').slice(0, -1);
}

/** Changes the lines of a file, as somebody with an editor. */
export async function edit(
  folder: string,
  file: string,
  change: (lines: string[]) => readonly string[],
): Promise<void> {
  const lines = change(await readLines(folder, file));
  await writeFile(join(folder, file), lines.map((line) => `${line}\n`).join(''));
}

/** The same, as somebody who then makes the manifest agree. */
export async function forge(
  folder: string,
  file: string,
  change: (lines: string[]) => readonly string[],
  manifest: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await edit(folder, file, change);
  const content = await readFile(join(folder, file));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const path = join(folder, 'manifest.json');
  const before = Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  const rows = content.toString().split('\n').length - 1;
  const files = { ...before.files, [file]: { rows, sha256 } };
  await writeFile(path, JSON.stringify({ ...before, files, ...manifest }));
}
