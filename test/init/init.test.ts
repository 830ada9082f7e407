/** The files that `countersign init` writes where nobody can be asked: from flags, and secrets from the environment. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { CLI, type } from '../fakes/commandLine.ts';
import { loadConfig, loadSettings } from '../../src/config/load.ts';
import { init } from '../../src/init/init.ts';
import { Wishes } from '../../src/init/wishes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wishes = {
  approvalsChannel: 'C0APPROVALS',
  financeChannel: 'C0FINANCE',
  approver: ['U0ANNA', 'S0FINANCE'],
  zone: 'Europe/Warsaw',
  account: [
    'game-world:paymentwall',
    'shop-tr:payfull',
    'shop-ua:tranzzo',
    'shop-pl:sibs',
    'hotel-kz:freedompay',
  ],
  set: [
    'shop-tr.url=https://shop.payfull.com',
    'shop-tr.merchant=my shop',
    'shop-tr.client_ip=203.0.113.9',
    'shop-ua.pos_id=dc728de1-51ef-4ef1-80f7-3b44b07b5667',
    'shop-pl.url=https://api.sibsgateway.com/api/v1',
    'shop-pl.terminal_id=0101778',
    'hotel-kz.url=https://api.freedompay.kz',
    'hotel-kz.merchant_id=123456',
  ],
};
const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-of-init',
  SLACK_APP_TOKEN: 'xapp-of-init',
  DATABASE_OWNER_URL: 'postgres://owner:owner-pass@db.example.com:5433/countersign?sslmode=require',
  GAME_WORLD_KEY: 'f04150f73d04e47029548e526b2b12ec',
  GAME_WORLD_SECRET: 'secret # with "quotes"',
  SHOP_TR_PASSWORD: "pass'word",
  SHOP_UA_ENDPOINTS_KEY: 'endpoints-key',
  SHOP_UA_API_KEY: 'api-key',
  SHOP_UA_API_SECRET: '$api-secret',
  SHOP_PL_TOKEN: 'token-of-init',
  SHOP_PL_CLIENT_ID: 'client-of-init',
  HOTEL_KZ_SECRET: 'hotel-secret',
};

/** As the command does it: where nobody can be asked, and with what the environment has. */
async function run(
  changes: Partial<z.input<typeof Wishes>> = {},
  { variables = secrets, force = false }: { variables?: Record<string, string>; force?: boolean } = {},
) {
  const files = { config: join(folder, 'countersign.yaml'), env: join(folder, '.env') };
  return init(files, Wishes.parse({ ...wishes, ...changes }), variables, undefined, force);
}

/** The command itself. */
const typeInit = (typed: readonly string[], environment: Readonly<Record<string, string>> = secrets) =>
  type(['init', ...typed], { folder, environment });

const read = (file: string) => readFile(join(folder, file), 'utf8');
const readEnv = async () => parseEnv(await read('.env'));

describe('what init writes', () => {
  it('is what Countersign starts with, for every provider', async () => {
    expect((await run()).faults).toEqual([]);
    const config = await loadConfig({
      ...(await readEnv()),
      COUNTERSIGN_CONFIG: join(folder, 'countersign.yaml'),
    });
    expect(config.slack).toMatchObject({ botToken: 'xoxb-of-init', transport: { type: 'socket' } });
    expect(config.settings).toMatchObject({
      channels: { approvals: 'C0APPROVALS', finance: 'C0FINANCE' },
      groups: { approvers: ['U0ANNA', 'S0FINANCE'] },
      summary: { time: '09:00', zone: 'Europe/Warsaw' },
      accounts: {
        'game-world': { provider: 'paymentwall', secret: secrets.GAME_WORLD_SECRET },
        'shop-tr': { merchant: 'my shop', password: secrets.SHOP_TR_PASSWORD },
        'shop-ua': { api_secret: secrets.SHOP_UA_API_SECRET },
        'shop-pl': { terminal_id: '0101778', token: secrets.SHOP_PL_TOKEN },
        'hotel-kz': { merchant_id: '123456', secret: secrets.HOTEL_KZ_SECRET },
      },
    });
  });

  it('has no secret among the settings, and keeps the environment out of the reach of others', async () => {
    await run();
    const settings = await read('countersign.yaml');
    const made = await readEnv();
    for (const secret of [...Object.values(secrets), made['COUNTERSIGN_RECORD_KEY'] ?? ''])
      expect(settings).not.toContain(secret);
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
  });

  it('has a key for the record, and a role of its own for the app', async () => {
    await run();
    const made = await readEnv();
    expect(made['COUNTERSIGN_RECORD_KEY']).toMatch(/^[0-9a-f]{64}$/);
    const url = new URL(made['DATABASE_URL'] ?? '');
    expect(url.username).toBe('countersign_app');
    expect(url.password).toMatch(/^[\w-]{32}$/);
    expect([url.host, url.pathname, url.search]).toEqual([
      'db.example.com:5433',
      '/countersign',
      '?sslmode=require',
    ]);
  });

  it('leaves open what is not known, and says so', async () => {
    const { faults } = await run({ account: ['shop-pl:sibs'], set: [] }, { variables: {} });
    for (const open of ['SLACK_BOT_TOKEN is missing', 'needs SHOP_PL_TOKEN', 'needs SHOP_PL_URL'])
      expect(faults.join('\n')).toContain(open);
    expect(await read('.env')).toContain('\nSHOP_PL_TOKEN=\n');
    expect(await read('countersign.yaml')).toContain('url: ${SHOP_PL_URL}');
  });

  it('is for HTTP mode when an address is given', async () => {
    const { SLACK_APP_TOKEN: _token, ...others } = secrets;
    const variables = { ...others, SLACK_SIGNING_SECRET: 'signing-secret' };
    const { faults, publicUrl } = await run({ http: 'https://c.example.com/' }, { variables });
    expect({ faults, publicUrl }).toEqual({ faults: [], publicUrl: 'https://c.example.com' });
    expect(await readEnv()).toMatchObject({
      PUBLIC_URL: 'https://c.example.com',
      SLACK_SIGNING_SECRET: 'signing-secret',
    });
  });

  it('never takes the place of a file unless that is wanted', async () => {
    await writeFile(join(folder, 'countersign.yaml'), 'mine');
    await expect(run()).rejects.toThrow(/^There is .*countersign\.yaml already, so nothing was written/);
    expect(await readdir(folder)).toEqual(['countersign.yaml']);
    expect(await read('countersign.yaml')).toBe('mine');
  });

  it('then has the key that sealed the record, and the old files stay beside', async () => {
    await run();
    const before = await readEnv();
    const { kept } = await run({}, { variables: {}, force: true });
    expect(await readEnv()).toEqual(before);
    expect(kept).toHaveLength(2);
    expect(parseEnv(await readFile(kept[1] ?? '', 'utf8'))).toEqual(before);
  });

  it.each([
    [{ account: [], financeChannel: undefined }, 'have to be said: --finance-channel, --account.'],
    [{ set: ['shop-pl.token=abc'] }, 'is a secret, so give it as SHOP_PL_TOKEN in the environment'],
    [{ set: ['shop-xx.url=abc'] }, '--set names shop-xx, which is no --account'],
    [{ set: ['shop-pl.colour=red'] }, "shop-pl.colour can't be set here"],
  ])('is nothing at all for %j', async (changes, says) => {
    await expect(run(changes)).rejects.toThrow(says);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('countersign init', () => {
  const flags = [
    '--approvals-channel=C0APPROVALS',
    '--finance-channel=C0FINANCE',
    '--approver=U0ANNA',
    '--account=game-world:paymentwall',
  ];

  it('says what is left to do, and ends with 0', async () => {
    const { status, out, err } = await typeInit([...flags, '--http', 'https://c.example.com'], {
      ...secrets,
      SLACK_SIGNING_SECRET: 'signing-secret',
    });
    expect(err).toBe('');
    expect(out).toContain('Wrote countersign.yaml, and .env for its owner alone.');
    expect(out).toContain('1. invite the app to both channels');
    expect(out).toContain('2. npx countersign migrate\n  3. npx countersign doctor\n');
    for (const secret of Object.values(secrets)) expect(out).not.toContain(secret);
    expect(status).toBe(0);
  });

  it('lists what is left open, and ends with 1', async () => {
    const { status, out } = await typeInit([...flags, '--http', 'https://c.example.com'], {});
    expect(out).toContain(
      'create the Slack app at https://api.slack.com/apps from what "npx countersign manifest --http https://c.example.com" prints',
    );
    // The embedded PostgreSQL, which migrates itself.
    expect(out).not.toContain('countersign migrate');
    expect(out).toContain(
      'fill in .env and countersign.yaml:\n     - environment: SLACK_BOT_TOKEN is missing\n',
    );
    expect(status).toBe(1);
  });

  it('writes elsewhere what the other commands then find, and says how', async () => {
    const env = join(folder, 'kept/env');
    await mkdir(join(folder, 'kept'));
    const { out } = await typeInit([...flags, '--config=kept/countersign.yaml', `--env=${env}`]);
    expect(out).toContain(`node --env-file=${env} ${CLI} doctor\n`);
    const made = parseEnv(await readFile(env, 'utf8'));
    expect(made['COUNTERSIGN_CONFIG']).toBe(join(folder, 'kept/countersign.yaml'));
    expect(await loadSettings(made)).toMatchObject({ channels: { approvals: 'C0APPROVALS' } });
  });

  it('names every flag with a fault, and writes nothing', async () => {
    const { status, err } = await typeInit([
      ...flags,
      '--approvals-channel=approvals',
      '--zone=Mars',
      '--set=shop-pl',
      '--account=list:sibs',
      '--account=shop:stripe',
    ]);
    expect(err).toContain('--approvals-channel must be a channel id such as C0123456789\n');
    expect(err).toContain('--zone must be a time zone such as Europe/Warsaw\n');
    expect(err).toContain('--account is a word of /cancel');
    expect(err).toContain('--account Invalid option: expected one of "paymentwall"');
    expect(err).toContain('--set must be an account, a key and a value');
    expect(status).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });
});
