/** One account of SIBS, and what it answers, for the tests. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createSibs, SibsAccount } from '../../providers/sibs.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Order, Provider } from '../../src/domain/provider.ts';
import { createHttp, type Http } from '../../src/http.ts';
import { orderTo } from './answering.ts';

export const credentials = {
  terminal_id: '24',
  token: 'eyJhbGciOiJIUzI1NiIsInR5cCIgOiAiSldUIiwia2lkIiA6I',
  client_id: 'b4480347-9fc8-4790-b359-100a99c60ea3',
};

const NOW = '2022-05-29T18:23:41.367Z';
const MADE_AT = '2022-05-29T17:23:36.105Z';
export const PAYMENT = '1ach2CGpZ2BAKUfqJ9Rp';

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
  const file = readFileSync(new URL('../vectors/sibs-examples.json', import.meta.url), 'utf8');
  const found = Examples.parse(JSON.parse(file)).examples.find((example) => example.name === name);
  if (found === undefined) throw new Error(`no example "${name}"`);
  return { request: found.request?.body, response: found.response?.body };
}
