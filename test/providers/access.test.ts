/** Whether each provider takes an account's credentials, found out without any effect there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { Account, createProvider } from '../../providers/index.ts';
import { json, type Simulator } from '../../sandbox/simulator.ts';
import { type Simulators, startSimulators } from '../../sandbox/simulators.ts';
import { fillSecrets } from '../../src/config/secrets.ts';
import type { Access } from '../../src/domain/provider.ts';
import { createHttp } from '../../src/httpClient.ts';
import { signFields, toXml } from '../../sandbox/freedompayWebhook.ts';
import { z } from 'zod';
import { answering } from './answering.ts';

const http = createHttp({ timeoutMs: 2000, maxBodyBytes: 64 * 1024 });
const demo = z
  .object({ accounts: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .parse(parse(readFileSync(new URL('../../sandbox/demo.yaml', import.meta.url), 'utf8')));

let simulators: Simulators;
beforeAll(async () => {
  simulators = await startSimulators();
});
afterAll(() => simulators.stop());

/** The account of the demo, with some other settings. */
function tryWith(account: string, changes: Readonly<Record<string, unknown>> = {}): Promise<Access> {
  const { value } = fillSecrets({ ...demo.accounts[account], ...changes }, simulators.variables);
  return createProvider(Account.parse(value), http).tryAccess();
}

const saidIn = (access: Access) => (access.granted === 'yes' ? '' : access.says);

const accounts = ['game-world', 'shop-tr', 'shop-ua', 'shop-pl', 'hotel-kz'];

/** One setting that is wrong, for each of the credentials. */
const wrong = [
  ['game-world', 'key', '0'.repeat(32), 'check the key, secret and sign_version'],
  ['game-world', 'secret', 'another', 'check the key, secret and sign_version'],
  ['shop-ua', 'pos_id', 'dc728de1-0000-4ef1-80f7-3b44b07b5667', 'does not accept the POS id or the keys'],
  ['shop-ua', 'endpoints_key', 'another', 'does not accept the POS id or the keys'],
  ['shop-ua', 'api_key', 'another', 'does not accept the POS id or the keys'],
  ['shop-ua', 'api_secret', 'another', 'does not accept the POS id or the keys'],
  ['shop-pl', 'token', 'another', 'does not accept the token, terminal or client id'],
  ['shop-pl', 'client_id', 'another', 'does not accept the token, terminal or client id'],
  ['hotel-kz', 'merchant_id', '654321', 'check the merchant_id'],
  ['hotel-kz', 'secret', 'another', 'check the secret'],
] as const;

describe('a try of the access', () => {
  it.each(accounts)('shows that the credentials of %s are taken, and has no effect', async (account) => {
    expect(await tryWith(account)).toEqual({ granted: 'yes' });
    const simulator: Simulator | undefined = simulators.accounts.get(account);
    for (const { reference } of simulator?.stock ?? []) expect(simulator?.effects(reference)).toBe(0);
  });

  it.each(wrong)(
    'shows that those of %s are not, when the %s is wrong',
    async (account, key, value, says) => {
      const access = await tryWith(account, { [key]: value });
      expect(access.granted).toBe('no');
      expect(saidIn(access)).toContain(says);
    },
  );

  it('can tell nothing from an error of Payfull, whose codes are not documented', async () => {
    expect(await tryWith('shop-tr', { password: 'another' })).toEqual({
      granted: 'cannot_tell',
      says: 'Payfull did not give the list of today (HTTP 200 with error 90): check the url, merchant and password of this account.',
    });
  });

  it.each(accounts)('fails with a sentence when nobody listens for %s', async (account) => {
    const access = await tryWith(account, { url: 'http://127.0.0.1:1' });
    expect(access.granted).toBe('no');
    expect(saidIn(access)).toMatch(/^It could not be asked: the connection was refused\. Check the url/);
  });

  it.each(
    accounts.flatMap((account) =>
      (
        [
          ['a login page', 200, '<!doctype html><title>Log in</title>'],
          ['a page that is not there', 404, '<h1>Not Found</h1>'],
          ['a redirect', 302, ''],
          ['an outage', 503, ''],
          ['a JSON null', 200, 'null'],
        ] as const
      ).map(([what, status, body]) => ({ account, what, status, body })),
    ),
  )('can tell nothing of $account from $what', async ({ account, status, body }) => {
    const { url } = await answering({ status, contentType: 'text/html', body });
    expect(await tryWith(account, { url })).toMatchObject({ granted: 'cannot_tell' });
  });

  it.each(['game-world', 'shop-tr', 'shop-ua', 'shop-pl'])('is refused %s by HTTP 403', async (account) => {
    const { url } = await answering({ status: 403, contentType: 'text/html', body: 'Forbidden' });
    expect(await tryWith(account, { url })).toMatchObject({ granted: 'no' });
  });

  it('is refused by Tranzzo when it says S-404, whatever the HTTP status', async () => {
    const { url } = await answering(json(404, { message: 'Invalid', args: { code: 'S-404' } }));
    expect(await tryWith('shop-ua', { url })).toMatchObject({ granted: 'no' });
  });

  it('is nothing to Freedom Pay without its signature', async () => {
    const fields = { pg_status: 'error', pg_error_code: '11068', pg_salt: 'salt' };
    const forged = signFields('status_v2', fields, 'another');
    const { url } = await answering({
      status: 200,
      contentType: 'application/xml',
      body: toXml('response', { ...fields, pg_sig: forged }),
    });
    expect(await tryWith('hotel-kz', { url })).toMatchObject({ granted: 'cannot_tell' });
  });
});
