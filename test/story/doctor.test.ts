/** `countersign doctor` over a set-up that is in order, and over the same with faults planted in every part. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type } from '../fakes/commandLine.ts';
import { readScopes } from '../../src/slack/manifest.ts';
import { type House, openHouse, RECORD_SECRET, writeSettings } from '../fakes/house.ts';

const Report = z.object({
  ok: z.boolean(),
  findings: z.array(z.strictObject({ part: z.string(), level: z.string(), says: z.string() })),
});

const GROUPS = { finance: ['U_PAVEL', 'U_LENA'], risk: ['S_RISK'] };

let house: House;
let scopes: string[];
let folder: string;
beforeAll(async () => {
  scopes = [...(await readScopes())];
  house = await openHouse('socket', {
    scopes,
    prepare: ({ workspace }) => workspace.people.groups.set('S_RISK', { id: 'S_RISK', users: ['U_TOM'] }),
    settings: { groups: GROUPS },
  });
  folder = await mkdtemp(join(tmpdir(), 'countersign-doctor-'));
  await writeFile(join(folder, '.env'), `LOG_LEVEL=info\n`, { mode: 0o600 });
});
afterAll(async () => {
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs it as an operator does, with these changes to settings and environment. */
async function doctor(
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, unknown>> = { groups: GROUPS },
) {
  const config = join(folder, 'countersign.yaml');
  await writeFile(config, await writeSettings(house.slack, settings));
  const env = {
    ...house.simulators.variables,
    COUNTERSIGN_CONFIG: config,
    SLACK_BOT_TOKEN: house.slack.tokens.bot,
    SLACK_APP_TOKEN: house.slack.tokens.app,
    SLACK_API_URL: house.slack.apiUrl,
    DATABASE_URL: house.database.url,
    COUNTERSIGN_RECORD_KEY: RECORD_SECRET,
    WEBHOOKS_PORT: '8443',
    PUBLIC_URL: `http://127.0.0.1:${house.countersign.webhooksPort}`,
    ...environment,
  };
  return type(['doctor', ...options], { folder, environment: env });
}

async function examined(...changes: [Record<string, string>?, Record<string, unknown>?]) {
  const { status, out, err } = await doctor(['--json'], ...changes);
  expect(err).toBe('');
  const { ok, findings } = Report.parse(JSON.parse(out));
  return { status, ok, out, findings };
}

/** Each line that is not in order. */
const faultsIn = (findings: z.infer<typeof Report>['findings']) =>
  findings
    .filter(({ level }) => level !== 'ok')
    .map(({ level, part, says }) => `${level} of ${part}: ${says}`)
    .join('\n');

describe('countersign doctor', () => {
  it('finds nothing to mend in a set-up that is in order', async () => {
    const { status, ok, findings } = await examined();
    // The database of the tests is thrown away, so it doesn't wait for the disk.
    expect(faultsIn(findings)).toBe(
      'warning of database: PostgreSQL runs with fsync off, so it can forget in a crash what it confirmed, and something could be sent twice: switch it on.',
    );
    expect({ status, ok }).toEqual({ status: 0, ok: true });
    const parts = new Set(findings.map(({ part }) => part));
    expect([...parts]).toEqual([
      'configuration',
      'files',
      'Slack',
      'database',
      'account game-world',
      'account shop-tr',
      'account shop-ua',
      'account shop-pl',
      'account hotel-kz',
      'address',
    ]);
  });

  it('writes a line for each finding', async () => {
    const { out, status } = await doctor([]);
    expect(out).toMatch(/^ok {7}configuration: Environment and settings have no fault\.\n/);
    expect(out).toContain('ok       Slack: Slack lets the bot @countersign into Acme.\n');
    expect(out).toContain('ok       account shop-pl: SIBS takes its credentials.\n');
    expect(status).toBe(0);
  });

  it('names every one of the faults that are planted in all parts of it, and no secret', async () => {
    const { sql, url } = house.database;
    const role = new URL(url).username;
    house.slack.addChannel({ name: 'elsewhere', members: new Set(['U_MARIA']) });
    scopes.splice(scopes.indexOf('files:write'), 1);
    await sql.query('alter table decisions disable trigger decisions_append_only');
    await sql.query(`grant delete on attempts to ${role}`);
    await sql.query(`revoke insert on outcomes from ${role}`);
    await chmod(join(folder, '.env'), 0o644);
    const { accounts } = z
      .object({ accounts: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(parse(await readFile(join(import.meta.dirname, '../../sandbox/demo.yaml'), 'utf8')));

    const { status, ok, out, findings } = await examined(
      {
        LOG_LEVEL: 'loud',
        SLACK_APP_TOKEN: 'xapp-of-yesterday',
        COUNTERSIGN_RECORD_KEY: 'ab'.repeat(32),
        SIBS_TOKEN: 'token-of-yesterday',
        PUBLIC_URL: new URL(house.slack.apiUrl).origin,
      },
      {
        channels: { approvals: 'C_ELSEWHERE', finance: 'C_GONE' },
        groups: { finance: ['U_PAVEL', 'U_LENA', 'U_DORA'], risk: ['S_GONE'] },
        accounts: { ...accounts, 'hotel-kz': { ...accounts['hotel-kz'], secret: 'secret-of-yesterday' } },
      },
    );

    const faults = faultsIn(findings);
    const planted = [
      'configuration: environment: LOG_LEVEL',
      'files: .env holds secrets, and others than its owner can read or change it: chmod 600 .env',
      'Slack: The token lacks files:write: add this under "OAuth & Permissions"',
      'Slack: Slack says invalid_auth: SLACK_APP_TOKEN is no app-level token in use',
      'Slack: The approvals channel: Slack says not_in_channel: the app is not in C_ELSEWHERE',
      'Slack: The finance channel: Slack says channel_not_found: C_GONE is no channel',
      'Slack: Slack says no_such_subteam: S_GONE, which is to be in risk, is no user group in use',
      'Slack: U_DORA can\'t approve ("your account is deactivated")',
      "database: The app's role countersign_app may do more than it needs (delete on attempts)",
      "database: The app's role lacks insert on outcomes",
      'database: These triggers are missing or off: decisions_append_only.',
      'database: The configuration lacks a key that sealed the record',
      'account shop-pl: SIBS does not accept the token, terminal or client id',
      'account hotel-kz: Freedom Pay did not accept our signature: check the secret',
      'address: http://127.0.0.1',
    ];
    for (const fault of planted) expect(faults).toContain(fault);
    expect(faults).toContain('but not as Countersign: have the proxy lead it, unchanged, to WEBHOOKS_PORT.');
    expect({ status, ok }).toEqual({ status: 1, ok: false });
    const secrets = [
      ...Object.values(house.canaries),
      'xapp-of-yesterday',
      'ab'.repeat(32),
      'token-of-yesterday',
    ];
    for (const secret of secrets) expect(out).not.toContain(secret);

    await sql.query('alter table decisions enable always trigger decisions_append_only');
    await sql.query(`revoke delete on attempts from ${role}`);
    await sql.query(`grant insert on outcomes to ${role}`);
    scopes.push('files:write');
  });
});
