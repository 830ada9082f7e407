/** What requests, answers and call-backs of Freedom Pay have in common: names with texts, signed as PG_Signature.php does it. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { HttpReply } from '../src/http.ts';
import { isSameSecret } from './exchange.ts';
import { readXml, type XmlEntry } from './flatXml.ts';
import { REFUSALS } from './freedompayAnswers.ts';

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

const Answer = z.object({
  pg_status: Once,
  pg_sig: Once.optional(),
  pg_error_code: Once.optional(),
  pg_payment_id: Once.optional(),
  pg_revoke_status: Once.optional(),
  pg_payment_revoke_id: Once.optional(),
  pg_payment_status: Once.optional(),
  pg_captured: Once.optional(),
  pg_amount: Once.optional(),
  pg_currency: Once.optional(),
  pg_payment_date: Once.optional(),
  pg_create_date: Once.optional(),
  pg_card_pan: Once.optional(),
  pg_card_name: Once.optional(),
});
export type Answer = z.infer<typeof Answer> & { readonly entries: readonly XmlEntry[] };

/** The answer that Freedom Pay signed, or a sentence that says why there is none. */
export function readAnswer({ status, body }: HttpReply, script: string, secret: string): Answer | string {
  // Errors come with the documented 200, and have come with 401.
  const isClientError = status >= 400 && status < 500 && status !== 408;
  if (status !== 200 && !isClientError) return `Freedom Pay answered with HTTP ${status}.`;

  const entries = readXml(body, 'response');
  const answer = entries && Answer.safeParse(Object.groupBy(entries, ([name]) => name));
  if (entries === undefined || !answer?.success) return `The answer could not be read (HTTP ${status}).`;

  const { pg_status, pg_sig = '', pg_error_code = '' } = answer.data;
  if (!isSameSecret(pg_sig, sign(script, entries, secret))) {
    // Unsigned errors do come, but anyone can write one: it may name the likely cause and proves nothing.
    const cause = REFUSALS.get(status === 401 ? '1100' : pg_error_code);
    return ['Freedom Pay did not sign its answer, so it proves nothing.', cause].join(' ').trimEnd();
  }
  if (isClientError && pg_status !== 'error') return `Freedom Pay contradicts itself (HTTP ${status}).`;
  return { ...answer.data, entries };
}
