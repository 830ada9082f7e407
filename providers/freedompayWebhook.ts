/**
 * Freedom Pay's result call-back, for accounts that have it sent to Countersign.
 * Specs: https://docs.freedompay.kz/result-notify-12007677e0, https://docs.freedompay.kg/doc-833008
 *
 * Quirks
 * - It is signed with the last segment of our own address in place of a script name, and so is the reply.
 * - It tells how a payment went. Whether a cancellation sends one is not documented, and its signature leaves out the
 *   names of its fields: it proves nothing, and only makes Countersign ask.
 * - Without HTTP 200 it comes again every 30 minutes for 2 hours, with a new salt, and then without the right to reject.
 */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Notice, RawWebhook, ReadWebhook, WebhookReply } from '../src/domain/provider.ts';
import { isSameSecret, notAuthentic } from './exchange.ts';
import { readXml, type XmlEntry } from './flatXml.ts';
import { Once, sign } from './freedompayMessage.ts';

const MAX_CHARACTERS = 16 * 1024;

const Signed = z.object({ pg_sig: Once, pg_salt: Once.pipe(z.string().min(1)) });
const Result = z.object({
  pg_payment_id: Once.pipe(z.string().regex(/^[1-9]\d{0,18}$/)),
  pg_result: Once.optional(),
});

export function readFreedompayWebhook(raw: RawWebhook, secret: string, salt: () => string): ReadWebhook {
  if (raw.method !== 'POST') return notAuthentic('It did not come by POST.');
  if (raw.body.length > MAX_CHARACTERS) return notAuthentic('It is too long.');
  if (!/^application\/x-www-form-urlencoded\b/i.test(raw.headers['content-type'] ?? '')) {
    return notAuthentic('It is not a URL-encoded form.');
  }

  const script = lastSegmentOf(raw.target);
  const entries = readForm(raw.body);
  const fields = Object.groupBy(entries, ([name]) => name);
  const signed = Signed.safeParse(fields).data;
  if (script === '' || signed === undefined) return notAuthentic('It is not signed.');
  if (!isSameSecret(signed.pg_sig, sign(script, entries, secret))) {
    return notAuthentic('Its signature is wrong.');
  }
  return {
    authentic: true,
    notice: toNotice(entries, Result.safeParse(fields).data),
    reply: accept(script, secret, salt()),
  };
}

function lastSegmentOf(target: string): string {
  const [path = ''] = target.split('?');
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A shop whose request method is XML gets its fields as elements, within the one field `pg_xml`. */
function readForm(body: string): readonly XmlEntry[] {
  const form = Array.from(new URLSearchParams(body));
  const [[name, xml] = ['', '']] = form;
  if (form.length !== 1 || name !== 'pg_xml') return form;
  return readXml(xml, 'request') ?? readXml(xml, 'response') ?? [];
}

function toNotice(entries: readonly XmlEntry[], result: z.infer<typeof Result> | undefined): Notice {
  // Without what another delivery of the same event changes.
  const event = entries
    .filter(([name]) => name !== 'pg_salt' && name !== 'pg_sig' && name !== 'pg_can_reject')
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const content = hash('sha256', JSON.stringify(event));
  if (result === undefined) {
    const says = 'Freedom Pay reported something that is not about a payment.';
    return { id: `other:${content}`, payment: null, meaning: 'nothing', reference: null, says };
  }
  const { pg_payment_id: payment, pg_result } = result;
  const says = RESULTS.get(pg_result ?? '') ?? 'Freedom Pay reported something about the payment.';
  return { id: `result:${payment}:${content}`, payment, meaning: 'look_up', reference: null, says };
}

const RESULTS: ReadonlyMap<string, string> = new Map([
  ['1', 'Freedom Pay reported that the payment went through.'],
  ['0', 'Freedom Pay reported that the payment failed.'],
]);

// Never `rejected`: that would take the money back from a payment that only the shop may judge.
function accept(script: string, secret: string, pg_salt: string): WebhookReply {
  const pg_sig = sign(script, Object.entries({ pg_status: 'ok', pg_salt }), secret);
  const elements = `<pg_status>ok</pg_status><pg_salt>${pg_salt}</pg_salt><pg_sig>${pg_sig}</pg_sig>`;
  return {
    status: 200,
    contentType: 'application/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="utf-8"?>\n<response>${elements}</response>\n`,
  };
}
