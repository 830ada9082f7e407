/** `countersign verify` as an operator types it, against a story with Slack. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { secrets, settingsWith } from '../config/example.ts';
import { type, type Typed } from '../fakes/commandLine.ts';
import { type House, RECORD_SECRET } from '../fakes/house.ts';

export interface Operator {
  /** @param changes to the environment */
  verify(options: readonly string[], changes?: Readonly<Record<string, string>>): Promise<Typed>;
  stop(): Promise<void>;
}

export async function callOperator(house: House): Promise<Operator> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-verify-'));
  const config = join(folder, 'countersign.yaml');
  const finance = house.slack.channel('finance').id;
  await writeFile(config, stringify(settingsWith({ 'channels.finance': finance })));
  const environment = {
    ...secrets,
    DATABASE_URL: house.database.url,
    COUNTERSIGN_RECORD_KEY: RECORD_SECRET,
    COUNTERSIGN_CONFIG: config,
    SLACK_BOT_TOKEN: house.slack.tokens.bot,
    SLACK_APP_TOKEN: house.slack.tokens.app,
    SLACK_API_URL: house.slack.apiUrl,
  };
  return {
    verify: (options, changes = {}) =>
      type(['verify', ...options], { folder, environment: { ...environment, ...changes } }),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}
