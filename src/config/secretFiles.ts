/** `${file:/run/secrets/name}` stands for what a file holds: in the settings, and as the whole value of a variable. */
import { readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Variables } from './environment.ts';

const WHOLE = /^\$\{file:([^}]+)\}$/;

/** The text of the file, without the end of its last line; undefined where there is none or nothing in it. */
export function readSecretFile(file: string): string | undefined {
  if (!isAbsolute(file)) return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined;
  } catch {
    return undefined;
  }
}

/** Why nothing came of it, as a clause. */
export const UNREADABLE = 'which has to be the full path of a file that can be read and is not empty';

/** The variables with what their files hold. One whose file can't be read is left out, and told as a fault. */
export function fillFromFiles(from: Variables): { variables: Variables; faults: readonly string[] } {
  const faults: string[] = [];
  const filled = Object.entries(from).flatMap(([name, value]): [string, string | undefined][] => {
    const file = WHOLE.exec(value ?? '')?.[1];
    if (file === undefined) return [[name, value]];
    const secret = readSecretFile(file);
    if (secret !== undefined) return [[name, secret]];
    faults.push(`environment: ${name} is to come from ${file}, ${UNREADABLE}`);
    return [];
  });
  return { variables: Object.fromEntries(filled), faults };
}
