/** `${file:/run/secrets/name}`: secrets that come from files, in the settings and in the environment. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { inspectConfig, loadConfig } from '../../src/config/load.ts';
import { faultsWith, secrets, settingsWith } from './example.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-secrets-'));
  await writeFile(join(folder, 'token'), 'xoxb-from-a-file\n');
  await writeFile(join(folder, 'password'), 'of two\nlines, and ${SIBS_TOKEN}\r\n');
  await writeFile(join(folder, 'empty'), '\n');
  await mkdir(join(folder, 'folder'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const reference = (name: string) => `\${file:${join(folder, name)}}`;

async function write(environment: Record<string, string>, password: string) {
  const config = join(folder, 'countersign.yaml');
  await writeFile(config, stringify(settingsWith({ 'accounts.shop-tr.password': password })));
  return {
    ...secrets,
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_APP_TOKEN: 'xapp-token',
    COUNTERSIGN_RECORD_KEY: '5a'.repeat(32),
    COUNTERSIGN_CONFIG: config,
    ...environment,
  };
}

async function load(environment: Record<string, string>, password = '${SHOP_PASSWORD}') {
  return loadConfig(await write(environment, password));
}

describe('a secret from a file', () => {
  it('is the whole value of a variable, without the end of its line, and is kept out of the log', async () => {
    const config = await load({ SLACK_BOT_TOKEN: reference('token') });
    expect(config.slack.botToken).toBe('xoxb-from-a-file');
    expect(config.secrets).toContain('xoxb-from-a-file');
  });

  it('is a setting, or a part of one, and a text and nothing else', async () => {
    const config = await load({}, `a ${reference('password')}`);
    expect(config.settings.accounts['shop-tr']).toMatchObject({
      password: 'a of two\nlines, and ${SIBS_TOKEN}',
    });
    expect(config.secrets).toContain('of two\nlines, and ${SIBS_TOKEN}');
  });

  it('is what a setting refers to by the name of its variable', async () => {
    const config = await load({ SHOP_PASSWORD: reference('password') });
    expect(config.settings.accounts['shop-tr']).toMatchObject({
      password: 'of two\nlines, and ${SIBS_TOKEN}',
    });
  });

  it.each(['absent', 'empty', 'folder'])('is a fault where the file is %s', async (name) => {
    const because = 'which has to be the full path of a file that can be read and is not empty';
    await expect(load({ LOG_LEVEL: reference(name) })).rejects.toMatchObject({
      faults: [`environment: LOG_LEVEL is to come from ${join(folder, name)}, ${because}`],
    });
    expect(faultsWith({ 'accounts.shop-tr.password': reference(name) })).toEqual([
      `accounts.shop-tr.password needs ${join(folder, name)}, ${because}`,
    ]);
  });

  it('is named by its full path, wherever Countersign is started', () => {
    expect(faultsWith({ 'accounts.shop-tr.password': '${file:secrets/shop}' })).toEqual([
      'accounts.shop-tr.password needs secrets/shop, which has to be the full path of a file that can be read and is not empty',
    ]);
    expect(faultsWith({ 'accounts.shop-tr.password': '${file:}' })).toEqual([
      'accounts.shop-tr.password has a ${ that names no variable',
    ]);
  });

  it('that is absent is told together with every other fault', async () => {
    const environment = { SLACK_BOT_TOKEN: reference('absent'), PORT: 'x' };
    const { faults, usable } = await inspectConfig(await write(environment, '${ABSENT}'));
    expect(faults).toHaveLength(4);
    expect(usable).not.toHaveProperty('SLACK_BOT_TOKEN');
  });
});
