/** Reads the environment and `countersign.yaml` once, and reports every fault of both together. */
import { readFile } from 'node:fs/promises';
import type { Transport } from '../slack/connection.ts';
import { keptSecret } from './recordSecret.ts';
import { SETTINGS_FILE } from './envFile.ts';
import { givenVariables, readEnvironment, type Variables } from './environment.ts';
import { ConfigFaults, faultsOf } from './faults.ts';
import { fillFromFiles } from './secretFiles.ts';
import { type ReadSettings, readSettings, type Settings } from './settings.ts';

export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly transport: Transport;
    /** Only for a local Slack. */
    readonly apiUrl: string | undefined;
  };
  readonly database: { readonly url: string } | { readonly embeddedIn: string };
  /** The secret of the record's key, and those that came before it. */
  readonly record: { readonly secret: string; readonly oldSecrets: readonly string[] };
  readonly settings: Settings;
  /** Where providers' web-hooks come in; undefined when they are not wanted. */
  readonly webhooks: { readonly port: number; readonly host: string } | undefined;
  /** Where an operator's tools ask how the process does; undefined when that is not wanted. */
  readonly monitoring: { readonly port: number; readonly host: string } | undefined;
  /** Whether traces are sent; where to, OpenTelemetry's SDK reads by itself. */
  readonly tracing: boolean;
  readonly logLevel: string;
  /** Every secret that was read, so that the log can strike it out wherever it turns up. */
  readonly secrets: readonly string[];
}

/** @throws ConfigFaults */
export async function loadSettings(given: Variables = givenVariables()): Promise<Settings> {
  const { variables, faults } = fillFromFiles(given);
  const settings = await readSettingsFile(variables);
  if (!settings.ok) throw new ConfigFaults([...faults, ...settings.faults]);
  return settings.settings;
}

async function readSettingsFile(from: Variables): Promise<ReadSettings> {
  const file = from['COUNTERSIGN_CONFIG'] || SETTINGS_FILE;
  return readSettings(await readFile(file, 'utf8').catch(() => undefined), file, from);
}

/** What of the configuration can be used, however much of it is faulty. */
export interface Inspected {
  readonly faults: readonly string[];
  readonly given: Variables;
  /** The variables that are set and not themselves at fault. */
  readonly usable: Variables;
  readonly settings: Settings | undefined;
  readonly secrets: readonly string[];
}

export async function inspectConfig(given: Variables = givenVariables()): Promise<Inspected> {
  const { from, environment, settings, faults } = await readBoth(given);
  const faulty = new Set(environment.error?.issues.map(({ path }) => path[0]));
  const usable = Object.entries(from).filter(([name, value]) => value !== '' && !faulty.has(name));
  return {
    faults,
    given,
    usable: Object.fromEntries(usable),
    settings: settings.ok ? settings.settings : undefined,
    secrets: [...settings.secrets, ...secretsIn(from)],
  };
}

async function readBoth(given: Variables) {
  const { variables: from, faults: ofFiles } = fillFromFiles(given);
  const environment = readEnvironment(from);
  const settings = await readSettingsFile(from);
  const faults = [
    ...ofFiles,
    ...(environment.success ? [] : faultsOf('environment', environment.error)),
    ...(settings.ok ? [] : settings.faults),
  ];
  return { from, environment, settings, faults };
}

/** @throws ConfigFaults */
export async function loadConfig(given: Variables = givenVariables()): Promise<Config> {
  const { from, environment, settings, faults } = await readBoth(given);
  if (!environment.success || !settings.ok || faults.length > 0) throw new ConfigFaults(faults);

  const env = environment.data;
  const record = {
    secret: env.COUNTERSIGN_RECORD_KEY ?? (await keptSecret(env.COUNTERSIGN_DATA)),
    oldSecrets: env.COUNTERSIGN_RECORD_OLD_KEYS,
  };
  return {
    record,
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      transport:
        env.SLACK_APP_TOKEN === undefined
          ? {
              type: 'http',
              signingSecret: env.SLACK_SIGNING_SECRET ?? '',
              oldSigningSecret: env.SLACK_OLD_SIGNING_SECRET,
              port: env.PORT,
              host: env.HOST,
            }
          : { type: 'socket', appToken: env.SLACK_APP_TOKEN },
      apiUrl: env.SLACK_API_URL,
    },
    database:
      env.DATABASE_URL === undefined ? { embeddedIn: env.COUNTERSIGN_DATA } : { url: env.DATABASE_URL },
    settings: settings.settings,
    webhooks: env.WEBHOOKS_PORT === undefined ? undefined : { port: env.WEBHOOKS_PORT, host: env.HOST },
    monitoring:
      env.MONITORING_PORT === undefined
        ? undefined
        : { port: env.MONITORING_PORT, host: env.MONITORING_HOST },
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    logLevel: env.LOG_LEVEL,
    secrets: [...settings.secrets, record.secret, ...secretsIn(from)],
  };
}

/** What of the environment must turn up nowhere, faulty or not. */
function secretsIn(from: Variables): string[] {
  const {
    SLACK_BOT_TOKEN: bot = '',
    SLACK_APP_TOKEN: app = '',
    SLACK_SIGNING_SECRET: signing = '',
    SLACK_OLD_SIGNING_SECRET: oldSigning = '',
    COUNTERSIGN_RECORD_KEY: key = '',
    COUNTERSIGN_RECORD_OLD_KEYS: oldKeys = '',
    DATABASE_URL: database = '',
    DATABASE_OWNER_URL: owner = '',
    OTEL_EXPORTER_OTLP_HEADERS: headers = '',
  } = from;
  // `authorization=Bearer …,other=…`
  const headerValues = headers.split(',').map((header) => header.slice(header.indexOf('=') + 1));
  const passwords = [database, owner].flatMap(passwordIn);
  const secrets = [bot, app, signing, oldSigning, key, ...oldKeys.split(','), ...passwords, ...headerValues];
  return secrets.filter((secret) => secret !== '');
}

/** As the address has it and as it is sent. Read without URL, which refuses addresses that PostgreSQL knows. */
function passwordIn(address: string): string[] {
  const password = /^\w+:\/\/[^/?#]*?:([^/?#]*)@/.exec(address)?.[1] ?? '';
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    // A % that encodes nothing stands for itself.
    return [password];
  }
}
