/** Views that the fake refuses, and their triggers, stacks and hashes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { input, modal, plain, table, times } from './sampleBlocks.ts';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
let time = Date.parse('2026-01-05T09:00:00Z');
beforeAll(async () => {
  app = await startStubApp({ now: () => time });
});
afterAll(() => app.stop());

const trigger = () => app.slack.workspace.views.makeTrigger('U_MARIA');
const open = (trigger_id: string, fields = {}) => app.call('views.open', { trigger_id, view: modal(fields) });

describe('refuses views that Slack refuses, and says where', () => {
  it.each<[string, object, string]>([
    [
      'a title of 25',
      { title: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'a submit of 25',
      { submit: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/submit/text]',
    ],
    [
      'a close of 25',
      { close: plain('x'.repeat(25)) },
      'must be less than 25 characters [json-pointer:/view/close/text]',
    ],
    [
      'a callback_id of 256',
      { callback_id: 'x'.repeat(256) },
      'must be less than 256 characters [json-pointer:/view/callback_id]',
    ],
    [
      'private_metadata of 3001',
      { private_metadata: 'x'.repeat(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    ['no title', { title: undefined }, 'missing required field: title [json-pointer:/view]'],
    [
      'an input without submit',
      { blocks: [input('plain_text_input')] },
      'must define `submit` to use an `input` block in modals [json-pointer:/view/submit]',
    ],
    [
      '101 blocks',
      { blocks: times(101, { type: 'divider' }) },
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    ['a table', { blocks: [table] }, 'unsupported type [json-pointer:/view/blocks/0/type]'],
    ['a Home', { type: 'home', title: undefined }, 'must be a modal [json-pointer:/view/type]'],
  ])('%s', async (_what, fields, fault) => {
    const answer = await open(trigger(), fields);
    expect(answer).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: [`[ERROR] ${fault}`] },
    });
  });

  it('a trigger that is unknown, older than three seconds, or used', async () => {
    const late = trigger();
    time += 3001;
    const used = trigger();
    expect(await open('1.2.3')).toMatchObject({ error: 'invalid_trigger_id' });
    expect(await open(late)).toMatchObject({ error: 'expired_trigger_id' });
    expect(await open(used)).toMatchObject({ ok: true });
    expect(await open(used)).toMatchObject({ error: 'exchanged_trigger_id' });
  });

  it('a fourth modal on the stack, a push from nowhere, and an external_id used twice', async () => {
    const { views } = app.slack.workspace;
    expect(await open(trigger(), { external_id: 'root' })).toMatchObject({ ok: true });
    expect(await open(trigger(), { external_id: 'root' })).toMatchObject({ error: 'duplicate_external_id' });
    const push = () =>
      app.call('views.push', {
        trigger_id: views.makeTrigger('U_MARIA', views.select('root')),
        view: modal(),
      });
    expect(await app.call('views.push', { trigger_id: trigger(), view: modal() })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ ok: true });
    expect(await push()).toMatchObject({ error: 'push_limit_reached' });
  });

  it('an update with an outdated hash, or of a view that is gone', async () => {
    expect(await open(trigger(), { external_id: 'hashed' })).toMatchObject({ ok: true });
    const { id, hash } = app.slack.workspace.views.select('hashed');
    const update = (fields: object) =>
      app.call('views.update', { view: modal({ external_id: 'hashed' }), ...fields });
    expect(await update({ view_id: id, hash })).toMatchObject({ ok: true, view: { id } });
    expect(await update({ external_id: 'hashed', hash })).toMatchObject({ error: 'hash_conflict' });
    app.slack.workspace.views.close(app.slack.workspace.views.select(id));
    expect(await update({ view_id: id })).toMatchObject({ error: 'not_found' });
  });
});
