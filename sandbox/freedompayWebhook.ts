/** The messages of Freedom Pay, signed without the adapter, and the call-back that it makes of them. */
import { createHash } from 'node:crypto';
import type { RawWebhook } from '../src/domain/provider.ts';

/** A text, or the elements within. */
export interface Fields {
  readonly [name: string]: string | Fields;
}

/** Values in the order of their names, those of inner elements in the place of the outer one. */
export function signFields(script: string, fields: Fields, secret: string): string {
  const values = [script, ...valuesOf(fields), secret];
  return createHash('md5').update(values.join(';'), 'utf8').digest('hex');
}

function valuesOf(fields: Fields): string[] {
  const values: string[] = [];
  for (const name of Object.keys(fields).toSorted()) {
    const value = fields[name];
    if (name === 'pg_sig' || value === undefined) continue;
    if (typeof value === 'string') values.push(value);
    else values.push(...valuesOf(value));
  }
  return values;
}

export function toXml(root: string, fields: Fields): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root}>${elementsOf(fields)}</${root}>\n`;
}

function elementsOf(fields: Fields): string {
  const elements = Object.entries(fields).map(([name, value]) => {
    const inner = typeof value === 'string' ? value.replace(/[&<>]/g, escape) : elementsOf(value);
    return `<${name}>${inner}</${name}>`;
  });
  return elements.join('');
}

function escape(sign: string): string {
  return `&#${sign.charCodeAt(0)};`;
}

/**
 * What Freedom Pay sends to `/webhooks/<name of the account>` when a payment has a result. A shop whose request method
 * is XML gets the same as one field.
 */
export function signFreedompayWebhook(
  { secret }: { readonly secret: string },
  name: string,
  result: Readonly<Record<string, string>>,
  { salt = 'YQyk545ZL1lYyNeX', as = 'form' }: { salt?: string; as?: 'form' | 'xml' } = {},
): RawWebhook {
  const salted = { ...result, pg_salt: salt };
  const signed = { ...salted, pg_sig: signFields(name, salted, secret) };
  const form = as === 'xml' ? { pg_xml: toXml('request', signed) } : signed;
  return {
    method: 'POST',
    target: `/webhooks/${name}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  };
}

/** The fields that the documents print for a payment by card. */
export function resultOf(payment: string, changes: Record<string, string> = {}): Record<string, string> {
  return {
    pg_order_id: `order-${payment}`,
    pg_payment_id: payment,
    pg_amount: '480.00',
    pg_currency: 'KZT',
    pg_net_amount: '466.08',
    pg_ps_amount: '480.00',
    pg_ps_full_amount: '480.00',
    pg_ps_currency: 'KZT',
    pg_description: 'Заказ №5 — «кофе» & <десерт>',
    pg_result: '1',
    pg_payment_date: '2026-11-20 14:05:09',
    pg_can_reject: '1',
    pg_user_phone: '77777777777',
    pg_testing_mode: '0',
    pg_captured: '0',
    pg_card_pan: '5483-18XX-XXXX-0293',
    pg_card_owner: 'CARD HOLDER',
    pg_payment_method: 'bankcard',
    ...changes,
  };
}
