/**
 * Payfull's 3-D return: a form over POST with a `hash`, sent when a sale ends. It tells of a sale and never of a
 * cancellation, so the most that it means is to ask.
 *
 * Quirks, from the plug-ins that read it (Payfull documents none of it)
 * - Names are put in lower case and sorted; an empty value is signed by its length 0; `hash` and `_csrf` are left out.
 * - The hash covers values and no names, so that two values of one length could be told the other way round.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { RawWebhook, ReadWebhook } from '../src/domain/provider.ts';
import { isSameSecret, notAuthentic } from './exchange.ts';

const MAX_BODY_CHARACTERS = 8192;
const FORM = 'application/x-www-form-urlencoded';

const Return = z.object({
  status: z.enum(['0', '1']),
  /** Empty when the sale failed before it became one. */
  transaction_id: z
    .string()
    .regex(/^[A-Za-z0-9_]{0,64}$/)
    .default(''),
});

export function readReturn({ method, headers, body }: RawWebhook, password: string): ReadWebhook {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (method !== 'POST' || type !== FORM) return notAuthentic('A return is a form over POST.');
  if (body.length > MAX_BODY_CHARACTERS) return notAuthentic('The form is too long for a return.');

  const form = [...new URLSearchParams(body)].map(([name, value]) => [name.toLowerCase(), value] as const);
  const { hash = '', _csrf, ...fields } = Object.fromEntries(form);
  if (new Set(form.map(([name]) => name)).size < form.length) {
    return notAuthentic('The form has a parameter twice.');
  }
  if (!isSameSecret(hash, hashOf(fields, password))) return notAuthentic('The hash is wrong.');

  const { data: told } = Return.safeParse(fields);
  if (told === undefined) return notAuthentic('The return has no status or transaction_id of a known form.');
  const { transaction_id, status } = told;
  const ended = status === '1' ? 'succeeded' : 'failed';
  return {
    authentic: true,
    notice: {
      // The hash is over all values, so it is the same for a repeat and for nothing else.
      id: `${transaction_id}:${hash}`,
      payment: transaction_id === '' ? null : transaction_id,
      meaning: transaction_id === '' ? 'nothing' : 'look_up',
      reference: null,
      says: `Payfull says that a payment by 3-D Secure ${ended}.`,
    },
    reply: { status: 200, contentType: 'text/plain', body: 'OK' },
  };
}

/** Each value after its count of code points, in the order of the names. */
function hashOf(fields: Readonly<Record<string, string>>, password: string): string {
  const signed = Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => `${Array.from(value).length}${value}`);
  return createHmac('sha256', password).update(signed.join('')).digest('hex');
}
