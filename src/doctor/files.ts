/** Whether files that hold secrets are for their owner alone. */
import { stat } from 'node:fs/promises';
import { type Finding, ok, warning } from './finding.ts';

const OTHERS = 0o077;

/** @param files that need not be there. */
export async function checkFiles(files: readonly string[]): Promise<readonly Finding[]> {
  // Windows has no such modes.
  if (process.platform === 'win32') return [];
  const findings = await Promise.all(files.map(checkFile));
  return findings.flat();
}

async function checkFile(file: string): Promise<readonly Finding[]> {
  const mode = await stat(file).then(
    (found) => found.mode,
    () => undefined,
  );
  if (mode === undefined) return [];
  return (mode & OTHERS) === 0
    ? [ok(`${file} is for its owner alone.`)]
    : [warning(`${file} holds secrets, and others than its owner can read or change it: chmod 600 ${file}`)];
}
