/** The whole of Countersign between a strict Slack, five provider simulators and a database of its own. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Simulators, startSimulators } from '../../sandbox/simulators.ts';
import type { Config } from '../../src/config/load.ts';
import { readSettings, type Settings } from '../../src/config/settings.ts';
import { type Countersign, startCountersign } from '../../src/countersign.ts';
import { createLog } from '../../src/log.ts';
import { createKeyring } from '../../src/record/keys.ts';
import { isWhole, sayReport } from '../../src/record/report.ts';
import { verify } from '../../src/record/verify.ts';
import { createPool } from '../../src/store/pool.ts';
import { withRecordSource } from '../../src/store/recordSource.ts';
import { leakedIn, readTraces } from './canary.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type FakeSlack, startFakeSlack } from './slack/server.ts';

export interface House {
  readonly slack: FakeSlack;
  readonly simulators: Simulators;
  readonly database: TestDatabase;
  readonly countersign: Countersign;
  readonly settings: Settings;
  /** Every line that was logged. */
  readonly logged: readonly string[];
  /** Every secret by name, which must turn up nowhere. */
  readonly canaries: Readonly<Record<string, string>>;
  /** All that was logged, told to Slack and written to the database. */
  readTraces(): Promise<string>;
  /** Puts the app's clock forward. */
  wait(seconds: number): void;
  /** Starts one more process against the same Slack and the same database, configured the same unless changed. */
  startAnother(change?: (config: Config) => Config): Promise<Countersign>;
  stop(): Promise<void>;
}

export const RECORD_SECRET = '5a'.repeat(32);

/** On the list of approvers, and yet nobody whom the list alone may let approve. */
const LISTED_BUT_NOT_LIVE = ['U_DORA', 'U_ROBO', 'U_FLOW', 'U_GINA', 'U_SOLO', 'U_STAN', 'U_OTTO', 'U_INES'];

/** Maria asks; Pavel is of finance, Lena of finance and risk; Tom is in no group. */
const GROUPS = { finance: ['U_PAVEL', 'U_LENA', ...LISTED_BUT_NOT_LIVE], risk: ['U_LENA'] };

/** Why people ask in the stories. */
const USUAL_REASON = 'Paid twice';

interface Wishes {
  readonly log?: string;
  /** Where to, the environment says. */
  readonly tracing?: boolean;
  /** Takes the place of the demo's settings of the same names. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The bot token's; every one that the fake knows when absent. */
  readonly scopes?: readonly string[];
  /** What has to be in Slack before the app starts. */
  readonly prepare?: (slack: FakeSlack) => void;
}

export async function openHouse(transport: 'socket' | 'http', wishes: Wishes = {}): Promise<House> {
  const slack = await startFakeSlack({
    transport,
    ...(wishes.scopes === undefined ? {} : { scopes: wishes.scopes }),
  });
  wishes.prepare?.(slack);
  const simulators = await startSimulators();
  const database = await createTestDatabase();
  const { settings, secrets } = await demoSettings(slack, simulators, wishes.settings);

  const logged: string[] = [];
  const log = createLog(wishes.log ?? 'info', [...secrets, slack.tokens.bot], {
    write: (line) => void logged.push(line),
  });
  let ahead = 0;
  const config: Config = {
    slack: {
      botToken: slack.tokens.bot,
      apiUrl: slack.apiUrl,
      transport:
        transport === 'socket'
          ? { type: 'socket', appToken: slack.tokens.app }
          : {
              type: 'http',
              signingSecret: slack.signingSecret,
              oldSigningSecret: undefined,
              port: 0,
              host: '127.0.0.1',
            },
    },
    database: { url: database.url },
    record: { secret: RECORD_SECRET, oldSecrets: [] },
    settings,
    webhooks: { port: 0, host: '127.0.0.1' },
    monitoring: { port: 0, host: '127.0.0.1' },
    tracing: wishes.tracing ?? false,
    logLevel: 'info',
    secrets,
  };
  const processes: Countersign[] = [];
  const recordSecrets = new Set<string>();
  async function startAnother(change = (one: Config) => one): Promise<Countersign> {
    const changed = change(config);
    recordSecrets.add(changed.record.secret);
    const another = await startCountersign(changed, log, () => new Date(Date.now() + ahead));
    processes.push(another);
    return another;
  }
  const countersign = await startAnother();
  const canaries = {
    ...Object.fromEntries(Object.entries(simulators.variables).filter(([name]) => !name.endsWith('_URL'))),
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    COUNTERSIGN_RECORD_KEY: RECORD_SECRET,
  };
  const traces = () =>
    readTraces({
      logged,
      slack: [...slack.calls, ...slack.workspace.conversations.messages],
      databaseUrl: database.ownerUrl,
    });
  if (countersign.port !== undefined) slack.deliverTo(`http://127.0.0.1:${countersign.port}/slack/events`);

  return {
    slack,
    simulators,
    database,
    countersign,
    settings,
    logged,
    canaries,
    wait(seconds) {
      ahead += seconds * 1000;
    },
    startAnother,
    readTraces: traces,
    async stop() {
      for (const one of processes) await one.stop();
      await refuseBrokenRecord(database.url, [...recordSecrets]);
      const leaked = leakedIn(await traces(), canaries);
      if (leaked.length > 0)
        throw new Error(`a log line, a Slack message or a row holds ${leaked.join(', ')}`);
      if (wishes.log !== 'trace' && logged.some((line) => line.includes(USUAL_REASON)))
        throw new Error('a log line holds what somebody wrote');
      await simulators.stop();
      await slack.stop();
      await database.stop();
    },
  };
}

/** Whatever happened in a story: its record kept the law, and its rows say what its chain says. */
async function refuseBrokenRecord(databaseUrl: string, secrets: readonly string[]): Promise<void> {
  const pool = createPool(databaseUrl, () => undefined);
  const keyring = createKeyring(secrets);
  const report = await withRecordSource(pool, (source) => verify(source, keyring));
  await pool.end();
  if (!isWhole(report)) throw new Error(sayReport(report).join('\n'));
}

/** The demo's accounts and policy, with the people and channels of the fake Slack. */
async function demoSettings(slack: FakeSlack, { variables }: Simulators, changes: Wishes['settings']) {
  const read = readSettings(await writeSettings(slack, changes), 'demo.yaml', variables);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  return read;
}

export async function writeSettings(slack: FakeSlack, changes: Wishes['settings'] = {}): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../sandbox/demo.yaml'), 'utf8');
  const channels = { approvals: slack.channel('approvals').id, finance: slack.channel('finance').id };
  const demo = z.record(z.string(), z.unknown()).parse(parse(text));
  return stringify({ ...demo, channels, groups: GROUPS, reminders: undefined, ...changes });
}
