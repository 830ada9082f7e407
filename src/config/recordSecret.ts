/** The record's secret beside an embedded PostgreSQL: made once, and kept in a file that the database never sees. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECRET } from '../record/keys.ts';

/** @throws Error when the file is there and holds something else */
export async function keptSecret(folder: string): Promise<string> {
  const file = join(folder, 'record-key');
  await mkdir(folder, { recursive: true });
  // Fails where the file is there already: a secret is never replaced.
  const made = `${randomBytes(32).toString('hex')}\n`;
  await writeFile(file, made, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  const secret = (await readFile(file, 'utf8')).trim();
  if (!SECRET.test(secret)) throw new Error(`${file} does not hold the record's key: 64 hex digits`);
  return secret;
}
