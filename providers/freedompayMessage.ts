/** What requests, answers and call-backs of Freedom Pay have in common: names with texts, signed as PG_Signature.php does it. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { XmlEntry } from './flatXml.ts';

/**
 * A text that came once, out of entries grouped by name: a message that says two things says nothing.
 * Cut, because people may be shown it.
 */
export const Once = z
  .tuple([z.tuple([z.string(), z.string()])])
  .transform(([[, text]]) => text.slice(0, 100));

/**
 * The `pg_sig`: script name, values and secret, joined. Neither names nor where a value ends are in it, so whoever saw
 * one signed message can move its values to other names.
 */
export function sign(script: string, entries: readonly XmlEntry[], secret: string): string {
  const values = leavesOf(entries)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, text]) => text);
  return hash('md5', [script, ...values, secret].join(';'));
}

/** Every text with its key: the names that lead to it, each with its position, so that pg_param10 can precede pg_param1. */
export function leavesOf(entries: readonly XmlEntry[], parent = ''): [key: string, text: string][] {
  return entries.flatMap(([name, value], index) => {
    if (name === 'pg_sig') return [];
    const key = parent + name + String(index + 1).padStart(3, '0');
    return typeof value === 'string' ? [[key, value]] : leavesOf(value, key);
  });
}
