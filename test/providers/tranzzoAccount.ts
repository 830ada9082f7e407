/** One account of Tranzzo, and what it answers, for the tests. */
import { createTranzzo, TranzzoAccount } from '../../providers/tranzzo.ts';
import type { Provider } from '../../src/domain/provider.ts';
import type { Http } from '../../src/http.ts';
import { createHttp } from '../../src/httpClient.ts';

export const credentials = {
  pos_id: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
  endpoints_key: 'endpoints-key-4f1c',
  api_key: 'api-key-77aa',
  api_secret: 'ktMdTyollYMRkEfvgqbaWmvFiXPy1a80',
};

export function tranzzo(url: string, settings: object = {}, http?: Http): Provider {
  const account = TranzzoAccount.parse({ provider: 'tranzzo', url, ...credentials, ...settings });
  return createTranzzo(account, http ?? createHttp({ timeoutMs: 2_000, maxBodyBytes: 64 * 1024 }));
}

/** A transaction as the cancel page prints it, for order 123. */
export function transaction(changes: object = {}): object {
  return {
    pos_id: credentials.pos_id,
    order_id: '123',
    mode: 'hosted',
    method: 'purchase',
    amount: 1,
    currency: 'UAH',
    status: 'failure',
    status_code: '6007',
    customer_fname: 'Tom',
    customer_lname: 'Hanks',
    created_at: '2018-10-10T10:10:22.100',
    ...changes,
  };
}
