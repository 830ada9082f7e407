/** What the Web API of the fake refuses, and what it keeps. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { section, table, times } from './sampleBlocks.ts';
import { APP } from './slack/workspace.ts';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
let time = Date.parse('2026-01-05T09:00:00Z');
beforeAll(async () => {
  app = await startStubApp({ now: () => time });
  app.slack.addChannel({ name: 'elsewhere', members: new Set(['U_MARIA']) });
  app.slack.addChannel({ name: 'archived', isArchived: true });
  app.slack.addChannel({ name: 'small', members: new Set([APP.user, 'U_MARIA']) });
});
afterAll(() => app.stop());

describe('refuses calls that Slack refuses', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['a method that does not exist', 'chat.shout', {}, 'unknown_method'],
    [
      'an argument that does not exist',
      'chat.postMessage',
      { channel: 'C_GENERAL', text: 'x', loud: true },
      'invalid_arguments',
    ],
    ['a message of nothing', 'chat.postMessage', { channel: 'C_GENERAL' }, 'no_text'],
    ['an unknown channel', 'chat.postMessage', { channel: 'C_NOWHERE', text: 'x' }, 'channel_not_found'],
    [
      'a channel without the app',
      'chat.postMessage',
      { channel: 'C_ELSEWHERE', text: 'x' },
      'not_in_channel',
    ],
    ['an archived channel', 'chat.postMessage', { channel: 'C_ARCHIVED', text: 'x' }, 'is_archived'],
    [
      'an unknown thread',
      'chat.postMessage',
      { channel: 'C_GENERAL', text: 'x', thread_ts: '1.0' },
      'thread_not_found',
    ],
    [
      'an update of nothing',
      'chat.update',
      { channel: 'C_GENERAL', ts: '1.0', text: 'x' },
      'message_not_found',
    ],
    ['a deletion of nothing', 'chat.delete', { channel: 'C_GENERAL', ts: '1.0' }, 'message_not_found'],
    [
      'a link to nothing',
      'chat.getPermalink',
      { channel: 'C_GENERAL', message_ts: '1.0' },
      'message_not_found',
    ],
    [
      'a person outside the channel',
      'chat.postEphemeral',
      { channel: 'C_SMALL', user: 'U_PAVEL', text: 'x' },
      'user_not_in_channel',
    ],
    ['an unknown person', 'users.info', { user: 'U_NOBODY' }, 'user_not_found'],
    ['an unknown group', 'usergroups.users.list', { usergroup: 'S_NOBODY' }, 'no_such_subteam'],
    [
      'two tables',
      'chat.postMessage',
      { channel: 'C_GENERAL', text: 'x', blocks: [table, table] },
      'invalid_attachments',
    ],
    [
      'more text than fits',
      'chat.postMessage',
      { channel: 'C_GENERAL', text: 'x', blocks: times(5, section('x'.repeat(2800))) },
      'msg_blocks_too_long',
    ],
    [
      'metadata without a type',
      'chat.postMessage',
      { channel: 'C_GENERAL', text: 'x', metadata: { event_payload: {} } },
      'invalid_metadata_format',
    ],
  ])('%s', async (_what, method, args, error) => {
    expect(await app.call(method, args)).toMatchObject({ ok: false, error });
  });

  it.each([
    ['chat.postMessage', null, 'not_authed'],
    ['chat.postMessage', 'xoxb-other', 'invalid_auth'],
    ['chat.postMessage', 'xapp-fake-app-token', 'not_allowed_token_type'],
    ['apps.connections.open', 'xoxb-fake-bot-token', 'not_allowed_token_type'],
  ])('%s with the token %s', async (method, token, error) => {
    expect(await app.call(method, {}, token)).toMatchObject({ ok: false, error });
  });

  it('a method whose scope the app lacks', async () => {
    const other = await startStubApp({ scopes: ['chat:write'] });
    expect(await other.call('users.info', { user: 'U_MARIA' })).toMatchObject({ error: 'missing_scope' });
    expect(await other.call('auth.test')).toMatchObject({ ok: true });
    await other.stop();
  });

  it('and remembers the blunders, so that a test can hold that there were none', () => {
    expect(app.slack.complaints).toContain('chat.shout: unknown_method: chat.shout');
    expect(app.slack.complaints.join()).not.toContain('channel_not_found');
  });
});

describe('keeps messages as Slack does', () => {
  it('makes up block ids, keeps metadata, and lets text alone delete the blocks', async () => {
    const metadata = { event_type: 'request', event_payload: { number: 1 } };
    await app.call('chat.postMessage', {
      channel: 'C_GENERAL',
      text: 'kept',
      blocks: [section('Hi')],
      metadata,
    });
    const { ts, blocks } = await app.slack.channel('general').waitForMessage(({ text }) => text === 'kept');
    expect(blocks[0]?.block_id).toMatch(/^.{4,}$/);
    await app.call('chat.update', { channel: 'C_GENERAL', ts, text: 'kept' });
    const history = await app.call('conversations.history', {
      channel: 'C_GENERAL',
      oldest: ts,
      inclusive: true,
      include_all_metadata: true,
    });
    expect(history).toMatchObject({ messages: [{ ts, metadata }], has_more: false });
  });

  it('hangs replies on the first message of a thread only, and keeps them out of the history', async () => {
    const { ts } = app.slack.person('maria').writes('first', { in: 'general' });
    const reply = (thread_ts: string, text: string) =>
      app.call('chat.postMessage', { channel: 'C_GENERAL', text, thread_ts });
    await reply(ts, 'second');
    const second = await app.slack.channel('general').waitForMessage(({ text }) => text === 'second');
    expect(await reply(second.ts, 'third')).toMatchObject({ error: 'thread_not_found' });
    expect(await app.call('conversations.replies', { channel: 'C_GENERAL', ts })).toMatchObject({
      messages: [{ text: 'first', reply_count: 1 }, { text: 'second' }],
    });
    expect(await app.call('conversations.history', { channel: 'C_GENERAL', limit: 1 })).toMatchObject({
      messages: [{ text: 'first' }],
      has_more: true,
    });
    expect(await app.call('chat.update', { channel: 'C_GENERAL', ts, text: 'mine now' })).toMatchObject({
      error: 'cant_update_message',
    });
  });

  it('leaves a tombstone of a deleted message for as long as it has replies', async () => {
    const post = (more: object) => app.call('chat.postMessage', { channel: 'C_FINANCE', text: 'x', ...more });
    const remove = (ts: string) => app.call('chat.delete', { channel: 'C_FINANCE', ts });
    const finance = app.slack.channel('finance');
    await post({ text: 'parent' });
    const { ts } = await finance.waitForMessage(({ text }) => text === 'parent');
    await post({ text: 'reply', thread_ts: ts });
    const reply = await finance.waitForMessage(({ text }) => text === 'reply');

    await remove(ts);
    expect(finance.messages).toEqual([reply]);
    const thread = () => app.call('conversations.replies', { channel: 'C_FINANCE', ts });
    expect(await thread()).toMatchObject({ messages: [{ ts, subtype: 'tombstone' }, { text: 'reply' }] });
    expect(await remove(ts)).toMatchObject({ error: 'message_not_found' });
    await remove(reply.ts);
    expect(await thread()).toMatchObject({ error: 'thread_not_found' });
  });

  it('opens a direct message when an app writes to a person', async () => {
    expect(await app.call('chat.postMessage', { channel: 'U_LENA', text: 'Only for you' })).toMatchObject({
      ok: true,
      channel: 'D_LENA',
    });
    expect((await app.slack.person('lena').sees.directMessage()).text).toBe('Only for you');
    expect(await app.call('conversations.open', { users: 'U_LENA' })).toMatchObject({
      channel: { id: 'D_LENA' },
    });
  });

  it('keeps no ephemeral message', async () => {
    await app.call('chat.postEphemeral', { channel: 'C_GENERAL', user: 'U_TOM', text: 'Psst' });
    const { ts } = await app.slack.person('tom').sees.ephemeral();
    expect(await app.call('chat.update', { channel: 'C_GENERAL', ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(app.slack.channel('general').messages.some(({ text }) => text === 'Psst')).toBe(false);
  });

  it('takes five answers to a response_url, within half an hour', async () => {
    const maria = app.slack.person('maria');
    const typeAndRespond = async (): Promise<() => Promise<number>> => {
      await maria.types('/anything');
      const url = String(app.bodies.at(-1)?.['response_url']);
      return async () => (await fetch(url, { method: 'POST', body: '{"text":"An answer"}' })).status;
    };
    const [first, second] = [await typeAndRespond(), await typeAndRespond()];
    for (const status of [200, 200, 200, 200, 200, 404]) expect(await first()).toBe(status);
    time += 30 * 60 * 1000 + 1;
    expect(await second()).toBe(404);
    expect(maria.ephemerals).toHaveLength(5);
  });
});
