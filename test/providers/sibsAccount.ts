/** One account of SIBS, and what it answers, for the tests. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createSibs, SibsAccount } from '../../providers/sibs.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Order, Provider, RawWebhook } from '../../src/domain/provider.ts';
import type { Http } from '../../src/http.ts';
import { createHttp } from '../../src/httpClient.ts';
import { orderTo } from './answering.ts';

export const credentials = {
  terminal_id: '24',
  token: 'eyJhbGciOiJIUzI1NiIsInR5cCIgOiAiSldUIiwia2lkIiA6I',
  client_id: 'b4480347-9fc8-4790-b359-100a99c60ea3',
};

const NOW = '2022-05-29T18:23:41.367Z';
const MADE_AT = '2022-05-29T17:23:36.105Z';
export const PAYMENT = '1ach2CGpZ2BAKUfqJ9Rp';
export const KEY = 'c1042k7f3a9d2e5b8';

export function sibs(url: string, settings: object = {}, http?: Http): Provider {
  const account = SibsAccount.parse({ provider: 'sibs', url, ...credentials, ...settings });
  const calls = http ?? createHttp({ timeoutMs: 2_000, maxBodyBytes: 64 * 1024 });
  return createSibs(account, calls, () => new Date(NOW));
}

/** An order to cancel so much of the published example's payment. */
export function orderOf(minor: bigint, payment = PAYMENT, currency = 'PLN'): Order {
  const amount: Money = { minor, currency };
  const order = orderTo({ payment, details: {} }, 'Anna Nowak paid twice');
  return {
    ...order,
    amount,
    evidence: { ...order.evidence, standing: 'cancellable', amount, madeAt: MADE_AT },
  };
}

/** A success, in the fields of a cancellation's answer. */
export function cancelled(changes: object = {}): Record<string, unknown> {
  return {
    returnStatus: { statusCode: '000', statusMsg: 'Success', statusDescription: 'Success' },
    transactionID: 's2CB2CH3U91PdGDHsacJ',
    amount: { value: 5, currency: 'PLN' },
    paymentStatus: 'Success',
    ...changes,
  };
}

/** The published example's payment, as a look-up finds it. */
export const found = (paymentType: string | null, paymentMethod: string, paymentStatus: string) =>
  cancelled({ transactionID: PAYMENT, paymentType, paymentMethod, paymentStatus });

const vectors: unknown = JSON.parse(
  readFileSync(new URL('../vectors/sibs-examples.json', import.meta.url), 'utf8'),
);

/** A published request and answer. */
export function published(name: string): { request: unknown; response: unknown } {
  const Examples = z.object({
    examples: z.array(
      z.object({
        name: z.string(),
        request: z.object({ body: z.unknown() }).nullable(),
        response: z.object({ body: z.unknown() }).nullable(),
      }),
    ),
  });
  const example = Examples.parse(vectors).examples.find((each) => each.name === name);
  if (example === undefined) throw new Error(`no example "${name}"`);
  return { request: example.request?.body, response: example.response?.body };
}

/** The two published web-hooks with their keys: one that opens, one whose tag lacks a byte. */
export function publishedWebhooks(): { key: string; raw: RawWebhook }[] {
  const Webhooks = z.object({
    webhook_vectors: z.array(
      z.object({ headers: z.record(z.string(), z.string()), secret: z.string(), body: z.string() }),
    ),
  });
  return Webhooks.parse(vectors).webhook_vectors.map(({ headers, secret, body }) => {
    const lowered: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) lowered[name.toLowerCase()] = value;
    return { key: secret, raw: { method: 'POST', target: '/webhooks/shop-pl', headers: lowered, body } };
  });
}

/** What SIBS documents of each code, by code; `12.110.12xx` stands for a hundred. */
export function publishedCodes(): string[] {
  const Codes = z.object({ status_codes_seen: z.record(z.string(), z.string()) });
  return Object.keys(Codes.parse(vectors).status_codes_seen).filter((code) => code !== 'source');
}
