/** What the doctor says when a part of the set-up is away, or is not what it should be. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { inspectConfig } from '../../src/config/load.ts';
import { examine } from '../../src/doctor/examine.ts';
import { readScopes } from '../../src/slack/manifest.ts';
import { secrets, settingsWith } from '../config/example.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import type { Fault } from '../fakes/slack/faults.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';

let slack: FakeSlack;
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  slack = await startFakeSlack({ transport: 'socket', scopes: await readScopes() });
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'countersign-examine-'));
});
afterAll(async () => {
  await slack.stop();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

// A port that fetch does not block.
const NOBODY = 'http://127.0.0.1:2';

async function examined(
  changes: Readonly<Record<string, string>>,
  {
    now = () => new Date(),
    settings = {},
  }: { now?: () => Date; settings?: Parameters<typeof settingsWith>[0] } = {},
) {
  const config = join(folder, 'countersign.yaml');
  const channels = { approvals: 'C_APPROVALS', finance: 'C_FINANCE' };
  const groups = { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA'] };
  const account = { provider: 'paymentwall', url: NOBODY, key: '${GAME_KEY}', secret: '${GAME_SECRET}' };
  const document = settingsWith({
    channels,
    groups,
    accounts: { 'game-world': account },
    'policy.tiers': [{ name: 'all', approvals: { finance: 1, risk: 1 } }],
    ...settings,
  });
  await writeFile(config, stringify(document));
  const inspected = await inspectConfig({
    ...secrets,
    COUNTERSIGN_CONFIG: config,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: database.url,
    COUNTERSIGN_RECORD_KEY: '5a'.repeat(32),
    ...changes,
  });
  return examine(inspected, now);
}

/** What is said of one part, with its level before it. */
async function told(part: string, ...about: Parameters<typeof examined>): Promise<string> {
  const findings = await examined(...about);
  return findings
    .filter((one) => one.part === part)
    .map(({ level, says }) => `${level}: ${says}`)
    .join('\n');
}

function breaks(method: string, fault: Fault, times = 2): void {
  onTestFinished(slack.breaks(method, fault, times));
}

describe('Slack', () => {
  it.each<[string, Fault, string]>([
    ['does not know the token', { type: 'refused', error: 'invalid_auth' }, 'is no token of this app'],
    ['has removed the app', { type: 'refused', error: 'account_inactive' }, 'the app was removed'],
    ['has revoked the token', { type: 'refused', error: 'token_revoked' }, 'the token was revoked'],
    [
      'gives an error that nobody foresaw',
      { type: 'refused', error: 'fatal_error' },
      'Slack says fatal_error: its page',
    ],
    ['is down', { type: 'http_500' }, 'failure: Slack could not be asked: it answered HTTP 500.'],
    [
      'breaks the connection',
      { type: 'dropped_before' },
      'failure: Slack could not be asked: UND_ERR_SOCKET.',
    ],
  ])('%s, and nothing more is asked of it with that token', async (_what, fault, says) => {
    breaks('auth.test', fault);
    const callsBefore = slack.calls.length;
    expect(await told('Slack', {})).toContain(says);
    const methods = slack.calls.slice(callsBefore).map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(['auth.test', 'apps.connections.open']));
  });

  it('is asked only what leaves nothing there', async () => {
    const callsBefore = slack.calls.length;
    await examined(
      {},
      { settings: { groups: { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA', 'S_GONE'] } } },
    );
    const methods = new Set(slack.calls.slice(callsBefore).map(({ method }) => method));
    expect([...methods].toSorted()).toEqual([
      'apps.connections.open',
      'auth.test',
      'conversations.history',
      'usergroups.users.list',
      'users.info',
    ]);
    expect(slack.connections).toBe(0);
  });

  it('is not there', async () => {
    expect(await told('Slack', { SLACK_API_URL: `${NOBODY}/api/` })).toBe(
      'failure: Slack could not be asked: ECONNREFUSED.\nfailure: Slack could not be asked: ECONNREFUSED.',
    );
  });

  it('limits the call for a connection, which is no fault of the token', async () => {
    breaks('apps.connections.open', { type: 'rate_limited', retryAfterSeconds: 30 }, 1);
    expect(await told('Slack', {})).toContain(
      'warning: Slack takes no more calls of this kind for 30 s: try again then.',
    );
  });

  it('lacks somebody who could sign a summary off', async () => {
    const settings = {
      groups: { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA'], books: ['U_GINA'] },
      'summary.reviewers': 'books',
    };
    expect(await told('Slack', {}, { settings })).toContain(
      'warning: Nobody of books could sign a summary off.',
    );
  });

  it('lacks a scope for a channel, which it names', async () => {
    breaks('conversations.history', { type: 'refused', error: 'missing_scope' }, 1);
    expect(await told('Slack', {})).toContain(
      'The approvals channel: The token lacks a scope: bring the app in line with manifest.yml',
    );
  });

  it('lacks people for a tier', async () => {
    const groups = { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_GINA'] };
    const says = await told('Slack', {}, { settings: { groups } });
    expect(says).toContain(
      'failure: Nobody can approve what falls under tier 1 (all), for the lack of people in risk.',
    );
    expect(says).toContain('warning: U_GINA can\'t approve ("you are a guest")');
  });

  it('knows of more scopes than are needed', async () => {
    const other = await startFakeSlack({
      transport: 'socket',
      scopes: [...(await readScopes()), 'im:history'],
    });
    onTestFinished(() => other.stop());
    expect(await told('Slack', { SLACK_API_URL: other.apiUrl })).toContain(
      'warning: The token may do more than Countersign needs (im:history)',
    );
  });
});

describe('the database', () => {
  it('is away', async () => {
    expect(
      await told('database', { DATABASE_URL: 'postgres://app:secret-pass@127.0.0.1:1/countersign' }),
    ).toBe('failure: PostgreSQL cannot be reached at DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1.');
  });

  it('does not let the app in', async () => {
    const url = new URL(database.url);
    url.password = 'another';
    expect(await told('database', { DATABASE_URL: url.href })).toMatch(
      /^failure: PostgreSQL cannot be reached at DATABASE_URL: password authentication failed for user "countersign_app"\. "npx countersign migrate" makes a role/,
    );
  });

  it.each([
    [-600, 'failure', '600'],
    [3, 'warning', '3'],
  ])('has a clock that differs by %d seconds', async (seconds, level, says) => {
    const now = () => new Date(Date.now() + seconds * 1000);
    expect(await told('database', {}, { now })).toMatch(
      new RegExp(
        `${level}: This machine's clock and the database's differ by ${says}\\.\\d s: have both set by NTP\\.`,
      ),
    );
  });

  it('has nothing in it yet', async () => {
    const url = new URL(database.ownerUrl);
    await database.sql.query(`create database ${url.pathname.slice(1)}_empty`);
    url.pathname += '_empty';
    onTestFinished(async () => {
      await database.sql.query(`drop database ${url.pathname.slice(1)} with (force)`);
    });
    const says = await told('database', { DATABASE_URL: url.href });
    expect(says).toContain('failure: The database lacks 0001-requests, 0002-decisions,');
    expect(says).not.toContain('triggers');
  });

  it('has nothing that the app may read', async () => {
    const role = new URL(database.url).username;
    await database.sql.query(`revoke select on migrations from ${role}`);
    expect(await told('database', {})).toContain(
      'failure: The database could not be asked: permission denied for table migrations. Run "npx countersign migrate", which gives the app its rights.',
    );
    await database.sql.query(`grant select on migrations to ${role}`);
  });

  it('is not said, so that an embedded one is used', async () => {
    expect(await told('database', { DATABASE_URL: '' })).toContain('warning: DATABASE_URL is not set');
  });
});

describe('a configuration with a fault', () => {
  it('in the settings leaves the token and the database to be looked at', async () => {
    const findings = await examined({ COUNTERSIGN_CONFIG: join(folder, 'nothing.yaml') });
    expect(new Set(findings.map(({ part }) => part))).toEqual(
      new Set(['configuration', 'Slack', 'database', 'address']),
    );
    expect(findings.filter(({ part }) => part === 'Slack').map(({ level }) => level)).toEqual([
      'ok',
      'ok',
      'ok',
    ]);
  });

  it('in a variable tells that fault, and asks nobody with its value', async () => {
    const says = await told('database', { DATABASE_URL: 'mysql://countersign' });
    expect(says).toBe('');
    expect(await told('configuration', { DATABASE_URL: 'mysql://countersign' })).toBe(
      'failure: environment: DATABASE_URL must be a postgres:// address',
    );
    const callsBefore = slack.calls.length;
    await examined({ SLACK_BOT_TOKEN: 'xoxp-of-a-person' });
    expect(slack.calls.slice(callsBefore).map(({ method }) => method)).toEqual(['apps.connections.open']);
  });
});

describe('the address from outside', () => {
  it('is not needed in Socket Mode without web-hooks', async () => {
    expect(await told('address', {})).toBe(
      'ok: Nothing has to be reachable from outside: Socket Mode, and no web-hooks.',
    );
  });

  it.each([
    ['web-hooks', { WEBHOOKS_PORT: '8443' }],
    ['HTTP mode', { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'signing-secret' }],
  ])('is asked for with %s', async (_what, changes) => {
    expect(await told('address', changes)).toMatch(/^warning: .*set PUBLIC_URL/);
  });

  it('has nobody behind it', async () => {
    expect(await told('address', { WEBHOOKS_PORT: '8443', PUBLIC_URL: NOBODY })).toBe(
      'failure: http://127.0.0.1:2/webhooks/game-world cannot be reached from here (the connection was refused): start Countersign and the proxy, and look at DNS and the certificate.',
    );
  });
});

describe('an account', () => {
  it('whose provider is away fails, with what to look at', async () => {
    expect(await told('account game-world', {})).toBe(
      'failure: It could not be asked: the connection was refused. Check the url of this account, and the way there.',
    );
  });
});
