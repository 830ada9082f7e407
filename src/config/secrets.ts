/** `${NAME}` in a settings value stands for the environment's secret of that name, `${file:/path}` for that of a file. */
import type { Variables } from './environment.ts';
import { pathText } from './faults.ts';
import { readSecretFile, UNREADABLE } from './secretFiles.ts';

export interface Filled {
  readonly value: unknown;
  /** The secrets that were put in. */
  readonly secrets: readonly string[];
  /** Where a secret was asked for in vain, and why there is none. */
  readonly absent: readonly { readonly path: string; readonly why: string }[];
  /** Where a `${` names no variable: left alone, the text itself would pass for the secret. */
  readonly malformed: readonly string[];
}

const REFERENCE = /\$\{(?:file:([^}]+)|([A-Za-z_]\w*))\}/g;

/** Fills in parsed values only, so that a secret can't break out into the file's structure. */
export function fillSecrets(parsed: unknown, from: Variables): Filled {
  const secrets: string[] = [];
  const absent: { path: string; why: string }[] = [];
  const malformed: string[] = [];

  function fill(value: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof value === 'string') {
      if (value.replaceAll(REFERENCE, '').includes('${')) malformed.push(pathText(path));
      return value.replaceAll(REFERENCE, (_all, file: string | undefined, name: string) => {
        const secret = (file === undefined ? from[name] : readSecretFile(file)) ?? '';
        const why =
          file === undefined
            ? `needs ${name}, which the environment does not have`
            : `needs ${file}, ${UNREADABLE}`;
        if (secret === '') absent.push({ path: pathText(path), why });
        else secrets.push(secret);
        return secret;
      });
    }
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...path, key])]));
  }

  return { value: fill(parsed, []), secrets, absent, malformed };
}
