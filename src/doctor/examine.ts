/** Looks over a set-up as far as its faults allow, and says of each part what is so. Only reads, wherever it looks. */
import { ENV_FILE } from '../config/envFile.ts';
import type { Variables } from '../config/environment.ts';
import type { Inspected } from '../config/load.ts';
import type { Settings } from '../config/settings.ts';
import { createKeyring } from '../record/keys.ts';
import { createClient } from '../slack/client.ts';
import { readScopes } from '../slack/manifest.ts';
import { checkDatabase } from '../store/checkDatabase.ts';
import { checkAccount } from './accounts.ts';
import { checkChannels } from './channels.ts';
import { checkFiles } from './files.ts';
import { failure, type Finding, ok, warning } from './finding.ts';
import { checkPeople } from './people.ts';
import { checkAppToken, checkBotToken } from './slackTokens.ts';
import { checkSlackAddress, checkWebhook } from './webhooks.ts';

/** What is said of one part of the set-up. */
export interface Examined extends Finding {
  readonly part: string;
}

export async function examine(inspected: Inspected, now: () => Date): Promise<readonly Examined[]> {
  const { usable, settings } = inspected;
  const parts: readonly [string, Promise<readonly Finding[]>][] = [
    ['configuration', Promise.resolve(sayFaults(inspected))],
    ['files', checkFiles([ENV_FILE])],
    ['Slack', checkSlack(usable, settings, now)],
    ['database', lookOverDatabase(inspected, now)],
    ...Object.entries(settings?.accounts ?? {}).map(
      ([name, account]): [string, Promise<readonly Finding[]>] => [`account ${name}`, checkAccount(account)],
    ),
    ['address', checkAddress(inspected, now)],
  ];
  const examined = await Promise.all(
    parts.map(async ([part, findings]) =>
      (await findings.catch(sayNotChecked)).map((finding) => ({ part, ...finding })),
    ),
  );
  return examined.flat();
}

/** A fault of the check itself must not hide what the others found. */
function sayNotChecked(error: unknown): readonly Finding[] {
  const why = error instanceof Error ? error.message : String(error);
  return [failure(`This could not be checked: ${why}`)];
}

function sayFaults({ faults, settings }: Inspected): readonly Finding[] {
  if (faults.length === 0) return [ok('Environment and settings have no fault.')];
  return [
    ...faults.map(failure),
    ...(settings === undefined
      ? [
          warning(
            'Channels, people, accounts and web-hooks are not looked at until the settings have no fault.',
          ),
        ]
      : []),
  ];
}

async function checkSlack(
  { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: url = '' }: Variables,
  settings: Settings | undefined,
  now: () => Date,
): Promise<readonly Finding[]> {
  const socket = app === undefined ? [] : await checkAppToken(createClient(app, url, 1, false));
  if (bot === undefined) return socket;
  const client = createClient(bot, url, 1);
  const letIn = await checkBotToken(client, await readScopes());
  if (letIn[0]?.level !== 'ok' || settings === undefined) return [...letIn, ...socket];
  return [
    ...letIn,
    ...socket,
    ...(await checkChannels(client, settings.channels)),
    ...(await checkPeople(client, settings, now)),
  ];
}

async function lookOverDatabase({ given, usable }: Inspected, now: () => Date): Promise<readonly Finding[]> {
  const {
    DATABASE_URL: url,
    COUNTERSIGN_RECORD_KEY: key = '',
    COUNTERSIGN_RECORD_OLD_KEYS: old = '',
  } = usable;
  if (url !== undefined) {
    const secrets = [key, ...old.split(',')].filter((secret) => secret !== '');
    return checkDatabase(url, createKeyring(secrets), now);
  }
  return isFaulty('DATABASE_URL', given)
    ? []
    : [
        warning(
          'DATABASE_URL is not set, so an embedded PostgreSQL keeps the record: that is for trying, on one machine.',
        ),
      ];
}

async function checkAddress(
  { given, usable, settings }: Inspected,
  now: () => Date,
): Promise<readonly Finding[]> {
  const {
    PUBLIC_URL: address,
    WEBHOOKS_PORT: port,
    SLACK_APP_TOKEN: app,
    SLACK_SIGNING_SECRET: secret,
  } = usable;
  const calledBySlack = app === undefined && secret !== undefined;
  if (port === undefined && !calledBySlack)
    return [ok('Nothing has to be reachable from outside: Socket Mode, and no web-hooks.')];
  if (address === undefined)
    return isFaulty('PUBLIC_URL', given)
      ? []
      : [
          warning(
            'Whether Countersign can be reached from outside was not tried: set PUBLIC_URL to where your proxy takes calls.',
          ),
        ];
  const base = address.replace(/\/+$/, '');
  const accounts = port === undefined ? [] : Object.entries(settings?.accounts ?? {});
  return Promise.all([
    ...(calledBySlack ? [checkSlackAddress(base, secret, now)] : []),
    ...accounts.map(([name, account]) => checkWebhook(base, name, account)),
  ]);
}

/** Of a variable that can't be used: whether it is there, and its fault was told. */
function isFaulty(name: string, given: Variables): boolean {
  return (given[name] ?? '') !== '';
}
