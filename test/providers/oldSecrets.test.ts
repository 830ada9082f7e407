/** While a provider changes to a new secret, its web-hooks are signed with the new one or with the one before. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { createProvider } from '../../providers/index.ts';
import { resultOf, signFreedompayWebhook } from '../../sandbox/freedompayWebhook.ts';
import { signPayfullWebhook } from '../../sandbox/payfullWebhook.ts';
import { signPaymentwallWebhook } from '../../sandbox/paymentwallWebhook.ts';
import { cancellationEvent, signSibsWebhook } from '../../sandbox/sibsWebhook.ts';
import { signTranzzoWebhook } from '../../sandbox/tranzzoWebhook.ts';
import { readSettings } from '../../src/config/settings.ts';
import type { RawWebhook } from '../../src/domain/provider.ts';

const demo = z
  .record(z.string(), z.unknown())
  .parse(parse(readFileSync(new URL('../../sandbox/demo.yaml', import.meta.url), 'utf8')));

const KEYS = { old: 'b2xkLXNpYnMtd2ViLWhvb2sta2V5LTMyLWJ5dGVzISE=', other: `${'A'.repeat(43)}=` };

const variables = {
  PAYMENTWALL_KEY: 'f04150f73d04e47029548e526b2b12ec',
  PAYMENTWALL_SECRET: 'new',
  PAYFULL_PASSWORD: 'new',
  TRANZZO_ENDPOINTS_KEY: 'e',
  TRANZZO_API_KEY: 'k',
  TRANZZO_API_SECRET: 'new',
  SIBS_TOKEN: 't',
  SIBS_CLIENT_ID: 'c',
  FREEDOMPAY_SECRET: 'new',
  SIBS_WEBHOOK_KEY: 'ZGVtby1zaWJzLXdlYi1ob29rLWtleS0zMi1ieXRlcyE=',
  ...Object.fromEntries(
    ['PAYMENTWALL', 'PAYFULL', 'TRANZZO', 'SIBS', 'FREEDOMPAY'].map((name) => [
      `${name}_URL`,
      'https://provider.example',
    ]),
  ),
};

const read = (old_secrets: object) => readSettings(stringify({ ...demo, old_secrets }), 'c.yaml', variables);

function accountsWith(old_secrets: object) {
  const result = read(old_secrets);
  if (!result.ok) throw new Error(result.faults.join());
  return result.settings;
}

async function callNobody(): Promise<never> {
  throw new Error('nothing is asked of a provider here');
}

const old = {
  'game-world': { secret: 'old' },
  'shop-tr': { password: 'old' },
  'shop-ua': { api_secret: 'old' },
  'shop-pl': { webhook_key: KEYS.old },
  'hotel-kz': { secret: 'old' },
};

/** Signed with this secret. */
const webhooks: Readonly<Record<string, (secret: string) => RawWebhook>> = {
  'game-world': (secret) =>
    signPaymentwallWebhook(
      { secret, sign_version: 2 },
      { uid: 'user-17', goodsid: 'gold', slength: '', speriod: '', type: '2', ref: 'b480', reason: '9' },
    ),
  'shop-tr': (password) =>
    signPayfullWebhook(
      { password },
      { type: 'Sale', status: '1', ErrorCode: '00', ErrorMSG: '', transaction_id: 'T4U_small' },
    ),
  'shop-ua': (api_secret) =>
    signTranzzoWebhook({ api_secret }, 'shop-ua', {
      pos_id: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
      order_id: 'order-1001-unpaid',
      status: 'failure',
    }),
  'shop-pl': (webhook_key) =>
    signSibsWebhook({ webhook_key }, 'shop-pl', cancellationEvent('s2CB2CH3U91P', 'c1042', '101778')),
  'hotel-kz': (secret) => signFreedompayWebhook({ secret }, 'hotel-kz', resultOf('7777777771')),
};

function isAuthentic(name: string, secret: string, old_secrets: object): boolean {
  const { accounts, oldAccounts } = accountsWith(old_secrets);
  const account = accounts[name];
  const webhook = webhooks[name]?.(secret);
  if (account === undefined || webhook === undefined) throw new Error(`there is no ${name}`);
  return createProvider(account, callNobody, oldAccounts.get(name)).readWebhook(webhook).authentic;
}

describe.each(Object.keys(webhooks))('a web-hook of %s', (name) => {
  const isSibs = name === 'shop-pl';

  it('counts with the secret of now', () => {
    expect(isAuthentic(name, isSibs ? variables.SIBS_WEBHOOK_KEY : 'new', old)).toBe(true);
  });

  it('counts with the one before for as long as the settings have it', () => {
    const secret = isSibs ? KEYS.old : 'old';
    expect(isAuthentic(name, secret, old)).toBe(true);
    expect(isAuthentic(name, secret, {})).toBe(false);
  });

  it('counts with no other', () => {
    expect(isAuthentic(name, isSibs ? KEYS.other : 'other', old)).toBe(false);
  });
});

describe('old secrets in the settings', () => {
  it.each([
    [{ 'shop-xx': { secret: 'old' } }, 'c.yaml: old_secrets.shop-xx is not one of the accounts'],
    [
      { 'shop-pl': { webhook_key: 'short' } },
      'c.yaml: old_secrets.shop-pl.webhook_key must be 32 bytes in base64',
    ],
    [{ 'shop-pl': { colour: 'red' } }, 'c.yaml: old_secrets.shop-pl Unrecognized key: "colour"'],
  ])('are a fault when they are %j', (old_secrets, fault) => {
    const result = read(old_secrets);
    expect(result.ok ? [] : result.faults).toEqual([fault]);
  });
});
