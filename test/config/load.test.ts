import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readEnvironment, variables } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { secrets, settings, settingsWith } from './example.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-config-'));
  file = join(folder, 'c.yaml');
  await writeFile(file, stringify(settings()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const slack = { SLACK_BOT_TOKEN: 'xoxb-bot-token', SLACK_APP_TOKEN: 'xapp-app-token' };

const record = { COUNTERSIGN_RECORD_KEY: 'a1'.repeat(32) };

const load = (changes: Readonly<Record<string, string | undefined>> = {}) =>
  loadConfig({ ...secrets, ...slack, ...record, COUNTERSIGN_CONFIG: file, ...changes });

/** What the operator is told. */
const told = (changes: Readonly<Record<string, string | undefined>>) =>
  load(changes).then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );

describe('the environment', () => {
  it('with an app-level token means Socket Mode, also beside a signing secret', async () => {
    const { slack: read } = await load({ SLACK_SIGNING_SECRET: 'signing-secret' });
    expect(read).toEqual({
      botToken: 'xoxb-bot-token',
      transport: { type: 'socket', appToken: 'xapp-app-token' },
      apiUrl: undefined,
    });
  });

  it('with a signing secret alone means HTTP, on a port that may be chosen', async () => {
    const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'signing-secret' };
    const transport = {
      type: 'http',
      signingSecret: 'signing-secret',
      oldSigningSecret: undefined,
      port: 3000,
      host: '0.0.0.0',
    };
    expect((await load(http)).slack.transport).toEqual(transport);
    expect((await load({ ...http, PORT: '8080', HOST: '127.0.0.1' })).slack.transport).toEqual({
      ...transport,
      port: 8080,
      host: '127.0.0.1',
    });
  });

  it('without a database means an embedded one, in a folder that may be chosen', async () => {
    const read = readEnvironment({ ...slack, DATABASE_URL: '' });
    expect(read.data).toMatchObject({ COUNTERSIGN_DATA: '.data' });
    expect(read.data).not.toHaveProperty('DATABASE_URL');
    const chosen = { DATABASE_URL: '', COUNTERSIGN_DATA: join(folder, 'chosen') };
    expect((await load(chosen)).database).toEqual({ embeddedIn: join(folder, 'chosen') });
  });

  it.each([
    ['postgres://countersign@db.example/countersign', []],
    ['postgresql://countersign:p%40ss@db.example:5433/countersign?sslmode=require', ['p%40ss', 'p@ss']],
    ['postgres://countersign:100%@db.example/countersign', ['100%']],
    ['postgres://countersign:p@ss@db.example/countersign', ['p@ss']],
    ['postgres://countersign:socket-pw@/countersign?host=/run/postgresql', ['socket-pw']],
    ['postgres:///countersign?host=/run/postgresql', []],
  ])('takes the database %s and knows its password', async (url, passwords) => {
    const config = await load({ DATABASE_URL: url });
    expect(config.database).toEqual({ url });
    const known = [...Object.values(secrets), ...Object.values(slack), ...Object.values(record)];
    expect(new Set(config.secrets)).toEqual(new Set([...known, ...passwords]));
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxp-hush', 'must start with xoxb-'],
    ['SLACK_BOT_TOKEN', undefined, 'is missing'],
    ['SLACK_APP_TOKEN', 'xoxb-hush', 'must start with xapp-'],
    ['SLACK_APP_TOKEN', undefined, 'set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP'],
    ['PORT', '0', 'Too small'],
    ['PORT', '65536', 'Too big'],
    ['PORT', 'http', 'Invalid input'],
    ['DATABASE_URL', 'mysql://hush@db.example/x', 'must be a postgres:// address'],
    ['DATABASE_URL', 'db.example:5432', 'must be a postgres:// address'],
    ['SLACK_API_URL', 'slack', 'Invalid URL'],
    ['LOG_LEVEL', 'loud', 'Invalid option'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 'must not be 0: no certificate would be verified'],
    ['COUNTERSIGN_RECORD_KEY', 'hush', 'must be 64 hex digits'],
    ['COUNTERSIGN_RECORD_OLD_KEYS', `${'b2'.repeat(32)},hush`, 'must be 64 hex digits each'],
  ])('is refused with %s=%s', async (name, value, fault) => {
    const message = await told({ [name]: value });
    expect(message).toContain(`The configuration has a fault:\n  - environment: ${name} ${fault}`);
    expect(message).not.toContain('hush');
  });
});

it('a command that needs the database alone does not start without the verification of certificates', () => {
  const given = { DATABASE_URL: 'postgres:///countersign' };
  expect(variables(given)).toEqual(given);
  expect(() => variables({ ...given, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toThrow(
    'environment: NODE_TLS_REJECT_UNAUTHORIZED must not be 0',
  );
});

describe("the record's key", () => {
  it('is wanted where the database is somebody else’s', async () => {
    const message = await told({
      DATABASE_URL: 'postgres:///countersign',
      COUNTERSIGN_RECORD_KEY: undefined,
    });
    expect(message).toContain('COUNTERSIGN_RECORD_KEY is missing: make one with "openssl rand -hex 32"');
  });

  it('is made beside an embedded database, and kept', async () => {
    const embedded = { COUNTERSIGN_RECORD_KEY: undefined, COUNTERSIGN_DATA: join(folder, 'data') };
    const made = await load(embedded);
    expect(made.record.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await load(embedded)).toMatchObject({ record: made.record });
    expect(made.secrets).toContain(made.record.secret);
    expect((await stat(join(folder, 'data/record-key'))).mode & 0o077).toBe(0);
  });

  it('is not replaced when its file holds something else', async () => {
    const broken = join(folder, 'broken');
    await mkdir(broken);
    await writeFile(join(broken, 'record-key'), 'hush');
    const message = await told({ COUNTERSIGN_RECORD_KEY: undefined, COUNTERSIGN_DATA: broken });
    expect(message).toMatch(/record-key does not hold the record's key/);
    expect(await readFile(join(broken, 'record-key'), 'utf8')).toBe('hush');
  });

  it('stays known, when it is an old one, so that old entries can be verified', async () => {
    const old = ['b2'.repeat(32), 'c3'.repeat(32)];
    const config = await load({ COUNTERSIGN_RECORD_OLD_KEYS: old.join(',') });
    expect(config.record).toEqual({ secret: 'a1'.repeat(32), oldSecrets: old });
    expect(config.secrets).toEqual(expect.arrayContaining(old));
  });
});

describe('environment and settings', () => {
  it('are told together with everything that is wrong in either', async () => {
    await writeFile(
      join(folder, 'broken.yaml'),
      stringify(settingsWith({ 'summary.time': 'noon', 'policy.tiers.1.approvals.board': 1 })),
    );
    const message = await told({
      COUNTERSIGN_CONFIG: join(folder, 'broken.yaml'),
      SLACK_BOT_TOKEN: undefined,
      SLACK_APP_TOKEN: undefined,
      SIBS_TOKEN: undefined,
      PORT: 'http',
    });
    const lines = message.replaceAll(folder, '').split('\n');
    expect(lines).toEqual([
      'The configuration has 6 faults:',
      '  - environment: SLACK_BOT_TOKEN is missing',
      '  - environment: PORT Invalid input: expected number, received NaN',
      '  - environment: SLACK_APP_TOKEN set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP',
      '  - /broken.yaml: accounts.shop-pl.token needs SIBS_TOKEN, which the environment does not have',
      '  - /broken.yaml: summary.time must be a time such as 09:00',
      '  - /broken.yaml: policy.tiers[1].approvals.board is not one of the groups',
    ]);
  });

  it.each(['nowhere.yaml', '.'])('are refused when there is no file: %s', async (name) => {
    const message = await told({ COUNTERSIGN_CONFIG: join(folder, name), SLACK_BOT_TOKEN: '' });
    expect(message).toContain('environment: SLACK_BOT_TOKEN is missing');
    expect(message).toContain('cannot be read; copy countersign.example.yaml to begin with');
  });
});
