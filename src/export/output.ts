/** A file that is written line by line, counted and hashed on the way. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** What the manifest says of a file. */
export interface Tally {
  /** Null for a file that has no rows. */
  readonly rows: number | null;
  readonly sha256: string;
}

export interface Output {
  readonly name: string;
  /** Keeps it until it is flushed. @param row with its line break */
  write(row: string): void;
  flush(): Promise<void>;
  close(): Promise<Tally>;
}

/** So much text becomes bytes while it is still in the processor's cache. */
const CHUNK_CHARACTERS = 64 * 1024;

/** @param heading what comes before the first row */
export async function createOutput(folder: string, name: string, heading = ''): Promise<Output> {
  const file = await open(join(folder, name), 'wx', 0o600);
  const hash = createHash('sha256');
  let text = heading;
  let chunks: Buffer[] = [];
  let rows = 0;

  /** Once, for the file and for the hash: each would make them of the text by itself. */
  function toBytes(): void {
    const bytes = Buffer.from(text);
    text = '';
    hash.update(bytes);
    chunks.push(bytes);
  }

  async function flush(): Promise<void> {
    toBytes();
    const bytes = Buffer.concat(chunks);
    chunks = [];
    if (bytes.length > 0) await file.appendFile(bytes);
  }

  return {
    name,
    write(row) {
      text += row;
      rows += 1;
      if (text.length > CHUNK_CHARACTERS) toBytes();
    },
    flush,
    async close() {
      await flush();
      await file.sync();
      await file.close();
      return { rows, sha256: hash.digest('hex') };
    },
  };
}

/** One line of JSON Lines. What some readers take for a line break inside a text is written as an escape. */
export function jsonLine(value: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}
