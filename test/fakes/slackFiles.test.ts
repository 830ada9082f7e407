/** What the fake does with an app's files: not at once, and not always what it says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startStubApp, type StubApp } from './stubApp.ts';

const PLACE = { channel_id: 'C_GENERAL' };

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp();
});
afterAll(() => app.stop());

const Begun = z.object({ upload_url: z.string(), file_id: z.string() });

async function upload(filename: string, more: object = {}, text = 'abc'): Promise<string> {
  const given = { filename, length: 3, ...more };
  const { upload_url: url, file_id: id } = Begun.parse(await app.call('files.getUploadURLExternal', given));
  await fetch(url, { method: 'POST', body: text });
  return id;
}

const complete = (id: string, where: object) =>
  app.call('files.completeUploadExternal', { files: JSON.stringify([{ id, title: 'Chart' }]), ...where });
const show = (id: string) =>
  app.call('chat.postMessage', {
    channel: 'C_GENERAL',
    text: 'a picture',
    blocks: JSON.stringify([{ type: 'image', slack_file: { id }, alt_text: 'numbers' }]),
  });
const names = () => app.slack.files.map(({ name }) => name);

describe('a file of the app', () => {
  it('is not there before as many bytes came as were announced', async () => {
    const id = await upload('short.png', {}, 'ab');
    expect(await complete(id, PLACE)).toMatchObject({ ok: false, error: 'file_not_found' });
    expect(await app.call('files.info', { file: id })).toMatchObject({ error: 'file_not_found' });
  });

  it('stands where it was shared, with its words', async () => {
    const id = await upload('shared.csv');
    await complete(id, { ...PLACE, initial_comment: 'the list' });
    expect(app.slack.files.at(-1)).toMatchObject({ name: 'shared.csv', title: 'Chart', text: 'abc' });
    expect(app.slack.channel('general').messages.at(-1)).toMatchObject({ text: 'the list' });
    expect(await app.call('files.info', { file: id })).toMatchObject({
      file: { mimetype: 'text/csv', shares: { public: { C_GENERAL: [{}] } } },
    });
  });

  it('is a picture for blocks once it is processed, wherever it stands', async () => {
    app.slack.lagFiles({ processing: 2 });
    const id = await upload('slow.png');
    expect(await show(id)).toMatchObject({ ok: false, error: 'invalid_blocks' });
    await complete(id, {});
    expect(await app.call('files.info', { file: id })).toMatchObject({ file: { mimetype: '', shares: {} } });
    expect(await show(id)).toMatchObject({ ok: true });
    expect(names()).not.toContain('slow.png');
    expect(await show(await upload('list.csv'))).toMatchObject({ errors: ['invalid slack file'] });
    app.slack.lagFiles({});
  });

  it('is shared later than it was said, or never', async () => {
    app.slack.lagFiles({ sharing: 1 });
    const late = await upload('late.csv');
    expect(await complete(late, PLACE)).toMatchObject({ ok: true });
    expect(names()).not.toContain('late.csv');
    await app.call('files.info', { file: late });
    expect(names()).toContain('late.csv');

    app.slack.lagFiles({ sharing: Infinity });
    const never = await upload('never.csv');
    await complete(never, PLACE);
    expect(await app.call('files.info', { file: never })).toMatchObject({ file: { shares: {} } });
    app.slack.lagFiles({});
  });

  it('is never shared when it came with an alternative text', async () => {
    const id = await upload('described.png', { alt_txt: 'numbers' });
    expect(await complete(id, PLACE)).toMatchObject({ ok: true });
    await app.call('files.info', { file: id });
    expect(names()).not.toContain('described.png');
  });

  it('goes with the message that it stands in', async () => {
    const id = await upload('deleted.csv');
    await complete(id, { ...PLACE, initial_comment: 'to be deleted' });
    await app.call('files.delete', { file: id });
    expect(names()).not.toContain('deleted.csv');
    expect(app.slack.channel('general').messages.map(({ text }) => text)).not.toContain('to be deleted');
    expect(await app.call('files.info', { file: id })).toMatchObject({ error: 'file_not_found' });
  });

  it.each([
    ['http_500', false],
    ['dropped_before', false],
    ['dropped_after', true],
  ] as const)('may be lost with its bytes: %s', async (type, isTaken) => {
    app.slack.breaks('upload', { type });
    const { upload_url: url, file_id: id } = Begun.parse(
      await app.call('files.getUploadURLExternal', { filename: 'lost.csv', length: 3 }),
    );
    await fetch(url, { method: 'POST', body: 'abc' }).catch(() => undefined);
    expect(await complete(id, {})).toMatchObject({ ok: isTaken });
  });
});
