import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from '@slack/bolt';
import { describe, expect, it, vi } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { subcommands } from '../commands/subcommands.ts';
import { toHttp } from '../src/slack/manifest.ts';
import { openHouse } from './fakes/house.ts';

const PROJECT = join(import.meta.dirname, '..');

/** By the kind of channel: public and private. Direct messages are not read. */
const HISTORY = ['channels:history', 'groups:history'];

/** What a form needs that takes files, and whoever reads them: that is no method of the Web API. */
const FILE_INPUT = 'files:read';

/** What each Web API method that the code calls needs. */
const scopes: ReadonlyMap<string, readonly string[]> = new Map([
  // With the app-level token.
  ['apps.connections.open', []],
  ['auth.test', []],
  ['chat.delete', ['chat:write']],
  ['chat.getPermalink', []],
  ['chat.postEphemeral', ['chat:write']],
  ['chat.postMessage', ['chat:write']],
  ['chat.update', ['chat:write']],
  ['conversations.history', HISTORY],
  ['conversations.replies', HISTORY],
  ['files.completeUploadExternal', ['files:write']],
  ['files.delete', ['files:write']],
  ['files.getUploadURLExternal', ['files:write']],
  ['files.info', ['files:read']],
  ['files.uploadV2', ['files:write']],
  ['usergroups.users.list', ['usergroups:read']],
  ['users.info', ['users:read']],
  ['views.open', []],
  ['views.publish', []],
  ['views.update', []],
]);

/** Slack's own schema of a manifest, from github.com/slackapi/manifest-schema. */
const SlackManifest = z.fromJSONSchema(
  z
    .record(z.string(), z.json())
    .parse(
      JSON.parse(readFileSync(new URL('fixtures/slack-manifest.schema.2.0.0.json', import.meta.url), 'utf8')),
    ),
);

const Manifest = z.object({
  features: z.object({
    app_home: z.object({ messages_tab_enabled: z.boolean() }),
    slash_commands: z.array(
      z.object({ command: z.string(), usage_hint: z.string(), should_escape: z.boolean() }),
    ),
    shortcuts: z.array(z.object({ callback_id: z.string() })).default([]),
  }),
  oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.object({
    interactivity: z.object({ is_enabled: z.boolean() }),
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).default({ bot_events: [] }),
  }),
});

const document: unknown = parse(readFileSync(join(PROJECT, 'manifest.yml'), 'utf8'));
const manifest = Manifest.parse(document);

describe('manifest.yml', () => {
  it('passes the JSON schema of Slack', () => {
    expect(SlackManifest.safeParse(document).error).toBeUndefined();
  });

  it.each([
    ['a name of 36 characters', { display_information: { name: 'x'.repeat(36) } }],
    ['a key that Slack does not know', { display_information: { name: 'x' }, scopes: [] }],
    [
      'a command without its slash',
      {
        display_information: { name: 'x' },
        features: { slash_commands: [{ command: 'cancel', description: 'x' }] },
      },
    ],
  ])('would not pass with %s', (_what, faulty) => {
    expect(SlackManifest.safeParse(faulty).success).toBe(false);
  });

  it('declares the commands, shortcuts and events that the code registers, and no other', async () => {
    const command = vi.spyOn(App.prototype, 'command');
    const shortcut = vi.spyOn(App.prototype, 'shortcut');
    const event = vi.spyOn(App.prototype, 'event');
    const house = await openHouse('socket');
    await house.stop();

    const { features, settings } = manifest;
    expect(features.slash_commands.map((one) => one.command)).toEqual(
      command.mock.calls.map(([name]) => name),
    );
    expect(features.shortcuts.map((one) => one.callback_id)).toEqual(shortcut.mock.calls.map(([id]) => id));
    expect(settings.event_subscriptions.bot_events).toEqual(event.mock.calls.map(([name]) => name));
    expect(settings.interactivity.is_enabled).toBe(true);
  });

  it('has what is typed escaped, as the fake Slack does, so that a mention names a person', () => {
    expect(manifest.features.slash_commands.map((one) => one.should_escape)).toEqual([true]);
  });

  it('hints at every sub-command', () => {
    const hint = manifest.features.slash_commands[0]?.usage_hint.split(/\W+/);
    expect(hint).toEqual(expect.arrayContaining([...subcommands.keys()]));
  });

  it('asks for the scopes that the called methods need, and no other', () => {
    const called = calledMethods();
    expect(called).toEqual([...scopes.keys()].toSorted());

    const needed = called.flatMap((method) => scopes.get(method) ?? []);
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual(
      [...new Set(['commands', FILE_INPUT, ...needed])].toSorted(),
    );
  });

  it('keeps the tab for direct messages on, without which Slack refuses them', () => {
    expect(manifest.features.app_home.messages_tab_enabled).toBe(true);
  });
});

describe('the manifest for HTTP mode', () => {
  const written = toHttp(
    readFileSync(join(PROJECT, 'manifest.yml'), 'utf8'),
    'https://countersign.example.com',
  );
  const http: unknown = parse(written);
  const EVENTS = 'https://countersign.example.com/slack/events';

  it('passes the JSON schema of Slack', () => {
    expect(SlackManifest.safeParse(http).error).toBeUndefined();
  });

  it('is the other one, with where Slack calls instead of Socket Mode', () => {
    const undone = parseDocument(written);
    for (const path of [
      ['features', 'slash_commands', 0, 'url'],
      ['settings', 'event_subscriptions', 'request_url'],
      ['settings', 'interactivity', 'request_url'],
    ]) {
      expect(undone.getIn(path)).toBe(EVENTS);
      undone.deleteIn(path);
    }
    expect(undone.getIn(['settings', 'socket_mode_enabled'])).toBe(false);
    undone.setIn(['settings', 'socket_mode_enabled'], true);
    expect(undone.toJS()).toEqual(document);
  });

  it('says in comments what each scope is for, as the other one', () => {
    expect(written).toContain(
      '- users:read # whether whoever clicks is a live, full member of the workspace',
    );
    expect(written).not.toContain('Socket Mode');
  });
});

/** Every `client.<family>.<method>(` of the source text. */
function calledMethods(): string[] {
  const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: PROJECT });
  const sources = files.map((file) => readFileSync(join(PROJECT, file), 'utf8'));
  const methods = sources.flatMap((source) =>
    Array.from(source.matchAll(/\bclient\.([a-z]+(?:\.[a-zA-Z0-9]+)+)\(/g), ([, method = '']) => method),
  );
  return [...new Set(methods)].toSorted();
}
