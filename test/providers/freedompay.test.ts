import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFreedompay, FreedompayAccount } from '../../providers/freedompay.ts';
import { sign } from '../../providers/freedompayMessage.ts';
import { readXml, type XmlEntry } from '../../providers/flatXml.ts';
import { startFreedompaySimulator } from '../../sandbox/freedompay.ts';
import type { Simulator } from '../../sandbox/simulator.ts';
import { describeProvider } from './contract.ts';
import { create, credentials, http, order, PAYMENT, SECRET, signed, success } from './freedompayAnswers.ts';

const running: Simulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function simulate(): Promise<Simulator> {
  const simulator = await startFreedompaySimulator(credentials);
  running.push(simulator);
  return simulator;
}

describeProvider({
  name: 'freedompay',
  create: (url, contractHttp) =>
    createFreedompay(FreedompayAccount.parse({ provider: 'freedompay', url, ...credentials }), contractHttp),
  startSimulator: () => startFreedompaySimulator(credentials),
  secrets: [SECRET],
  input: (reference) => ({ payment_id: reference }),
  stock: {
    cancellable: PAYMENT,
    dropped: '7777778002',
    slow: '7777778001',
    refused: ['9999999999'],
  },
  success: 'cancelled',
  successAnswer: ({ payment }) => ({
    contentType: 'application/xml',
    body: signed('cancel', { ...success, pg_payment_id: payment }),
  }),
});

const Vectors = z.array(
  z.object({
    script: z.string(),
    params: z.record(z.string(), z.json()).nullable(),
    xml: z.string().optional(),
    secret: z.string(),
    signature: z.string(),
    note: z.string(),
  }),
);
const vectors = Vectors.parse(
  JSON.parse(readFileSync(new URL('../vectors/freedompay.json', import.meta.url), 'utf8')),
);

type Json = z.infer<ReturnType<typeof z.json>>;

/** The values as PHP would print them. */
function toEntries(params: Readonly<Record<string, Json>> | readonly Json[]): XmlEntry[] {
  return Object.entries(params).map(([name, value]) => {
    if (typeof value === 'object' && value !== null) return [name, toEntries(value)];
    return [name, value === null || value === false ? '' : String(value)];
  });
}

describe('the signature of Freedom Pay', () => {
  it.each(vectors)("is the vendor's: $note", ({ script, params, xml, secret, signature }) => {
    const entries = params === null ? readXml(xml ?? '', 'response') : toEntries(params);
    expect(sign(script, entries ?? [], secret)).toBe(signature);
  });
});

describe('the call to Freedom Pay', () => {
  it.each([
    ['gateway', '/g2g/cancel', 'a10544c4bb08fa1920826f38f2f78ac6'],
    ['merchant', '/cancel.php', 'c8aed284128b9ffa8023b29bdbef8c4b'],
  ] as const)('cancels through the %s API at %s', async (api, path, signature) => {
    const simulator = await simulate();
    await create(simulator.url, api).cancel(order);
    expect(simulator.calls).toMatchObject([
      {
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `pg_merchant_id=123456&pg_payment_id=7777777777&pg_salt=YtfwCGiBHsFLpYGk&pg_sig=${signature}`,
      },
    ]);
  });

  // Signatures by `openssl md5` over `<script>;123456;7777777777;YtfwCGiBHsFLpYGk;kxLhM8nQz3RtY7Vb`.
  it.each([
    ['gateway', '/g2g/status_v2', 'ee049dc05cb7b18ae8984a03cb621b44'],
    ['merchant', '/get_status3.php', '138dda482873979ed6d875c791a16ca7'],
  ] as const)('looks up through the %s API at %s', async (api, path, signature) => {
    const simulator = await simulate();
    await create(simulator.url, api).lookUp(order);
    expect(simulator.calls).toMatchObject([
      {
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `pg_merchant_id=123456&pg_payment_id=7777777777&pg_salt=YtfwCGiBHsFLpYGk&pg_sig=${signature}`,
      },
    ]);
  });

  it('takes a new salt for every call', async () => {
    const simulator = await simulate();
    const account = FreedompayAccount.parse({ provider: 'freedompay', url: simulator.url, ...credentials });
    const provider = createFreedompay(account, http);
    await provider.lookUp(order);
    await provider.lookUp(order);
    const salts = simulator.calls.map(({ body }) => new URLSearchParams(body).get('pg_salt'));
    expect(new Set(salts).size).toBe(2);
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the form and the settings of Freedom Pay', () => {
  const provider = create('https://api.freedompay.kz');

  it.each(['1', PAYMENT, '9'.repeat(19)])('takes the payment id %s', (payment) => {
    const read = provider.readTarget({ payment_id: payment });
    expect(read).toEqual({ ok: true, target: { payment, details: {}, part: null } });
  });

  it.each(['0', '007', '-1', '1.5', '1e9', '٣', '1 2', '1;2', '9'.repeat(20), '7777777777\n'])(
    'refuses the payment id %j',
    (payment) => {
      expect(provider.readTarget({ payment_id: payment })).toEqual({
        ok: false,
        faults: { payment_id: 'Enter the payment id that Freedom Pay gave, e.g. 7777777777.' },
      });
    },
  );

  it.each([
    ['http away from loopback', { url: 'http://api.freedompay.kz' }],
    ['a merchant id that is not digits', { merchant_id: '12x' }],
    ['an empty secret', { secret: '' }],
    ['an unknown API', { api: 'v5' }],
    ['an unknown key', { payout_secret: 'x' }],
  ])('refuses %s', (_what, wrong) => {
    const settings = { provider: 'freedompay', url: 'https://api.freedompay.kz', ...credentials };
    expect(FreedompayAccount.safeParse(settings).success).toBe(true);
    expect(FreedompayAccount.safeParse({ ...settings, ...wrong }).success).toBe(false);
  });
});
