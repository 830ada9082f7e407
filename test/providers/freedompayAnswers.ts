/** What the tests of Freedom Pay share: an account, an order, and a server that gives one answer to every call. */
import { createHash } from 'node:crypto';
import { createFreedompay, FreedompayAccount } from '../../providers/freedompay.ts';
import { startSimulator } from '../../sandbox/simulator.ts';
import type { Http } from '../../src/http.ts';
import { createHttp } from '../../src/httpClient.ts';
import type { Order, Provider } from '../../src/domain/provider.ts';

export const SECRET = 'kxLhM8nQz3RtY7Vb';
export const PAYMENT = '7777777777';
export const credentials = { merchant_id: '123456', secret: SECRET };
export const http = createHttp({ timeoutMs: 5_000, maxBodyBytes: 64 * 1024 });

/** The adapter with the salt of the vectors, so that what it sends is known to the byte. */
export function create(url: string, api: 'gateway' | 'merchant' = 'gateway', through: Http = http): Provider {
  const account = FreedompayAccount.parse({ provider: 'freedompay', url, api, ...credentials });
  return createFreedompay(account, through, () => 'YtfwCGiBHsFLpYGk');
}

export const order: Order = {
  key: 'c1042k7f3a9d2e5b8',
  payment: PAYMENT,
  details: {},
  amount: null,
  reason: 'Оплачено дважды; & <b>',
  evidence: { standing: 'cancellable', says: 'On hold.', amount: null, madeAt: null, facts: {} },
};

/** Lets the adapter speak with a server that gives this one answer. */
export async function answeredWith<T>(
  status: number,
  body: string,
  speak: (provider: Provider) => Promise<T>,
): Promise<T> {
  const answer = { status, contentType: 'application/xml', body };
  const server = await startSimulator({ stock: [], answer: () => answer });
  try {
    return await speak(create(server.url));
  } finally {
    await server.stop();
  }
}

export type Fields = Readonly<Record<string, string>>;

/** Written out without the adapter; enough for answers without repeated or nested elements. */
export function signed(script: string, fields: Fields, secret = SECRET): string {
  const salted: Fields = { ...fields, pg_salt: 'bdwLavL9lg6It91b' };
  const values = Object.keys(salted)
    .toSorted()
    .map((name) => salted[name]);
  const pg_sig = createHash('md5')
    .update([script, ...values, secret].join(';'))
    .digest('hex');
  return unsigned({ ...salted, pg_sig });
}

export function unsigned(fields: Fields): string {
  const elements = Object.entries(fields).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<response>\n  ${elements.join('\n  ')}\n</response>`;
}

export const success = {
  pg_payment_id: PAYMENT,
  pg_payment_revoke_id: '7777777778',
  pg_status: 'ok',
  pg_revoke_status: 'success',
};
export const failure = (code: string) => ({
  pg_status: 'error',
  pg_error_code: code,
  pg_error_description: 'Ошибка',
});
