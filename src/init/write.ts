/** Puts files where none are, or where the old ones are to give way: those are kept beside. */
import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';

export interface NewFile {
  readonly file: string;
  readonly text: string;
  readonly mode: number;
}

/** @returns the names that the old files have now. */
export async function writeFiles(files: readonly NewFile[], now: Date): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const { file, text, mode } of files) {
    if (existsSync(file)) {
      const old = `${file}.old-${now.toISOString().replaceAll(/[:.]/g, '-')}`;
      await rename(file, old);
      kept.push(old);
    }
    // Fails where a file came up meanwhile.
    await writeFile(file, text, { mode, flag: 'wx' });
  }
  return kept;
}
