/** Slack's bad days: what the fake does when it is told to fail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
beforeAll(async () => {
  app = await startStubApp();
});
afterAll(() => app.stop());

const post = (text: string) => app.call('chat.postMessage', { channel: 'C_FINANCE', text });
const posted = (text: string) =>
  app.slack.channel('finance').messages.filter((message) => message.text === text).length;

describe('fails on demand', () => {
  it('once, with a rate limit', async () => {
    app.slack.breaks('chat.postMessage', { type: 'rate_limited', retryAfterSeconds: 7 });
    const response = await fetch(`${app.slack.apiUrl}chat.postMessage`, { method: 'POST' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await post('after the limit')).toMatchObject({ ok: true });
  });

  it('several times, or until lifted', async () => {
    const lift = app.slack.breaks('chat.postMessage', { type: 'refused', error: 'internal_error' }, Infinity);
    expect(await post('lifted')).toEqual({ ok: false, error: 'internal_error' });
    expect(await post('lifted')).toEqual({ ok: false, error: 'internal_error' });
    lift();
    expect(await post('lifted')).toMatchObject({ ok: true });
    expect(posted('lifted')).toBe(1);
  });

  it('with a 500', async () => {
    app.slack.breaks('chat.postMessage', { type: 'http_500' });
    expect((await fetch(`${app.slack.apiUrl}chat.postMessage`, { method: 'POST' })).status).toBe(500);
  });

  it.each([
    ['dropped_before', 0],
    ['dropped_after', 1],
  ] as const)('with a connection that is %s the message was written', async (type, count) => {
    app.slack.breaks('chat.postMessage', { type });
    await expect(post(type)).rejects.toThrow('fetch failed');
    expect(posted(type)).toBe(count);
  });

  it('with a late answer to what was done at once', async () => {
    app.slack.breaks('chat.postMessage', { type: 'delayed', delayMs: 50 });
    const answer = post('slow');
    await app.slack.channel('finance').waitForMessage(({ text }) => text === 'slow');
    expect(await Promise.race([answer, Promise.resolve('nothing yet')])).toBe('nothing yet');
    expect(await answer).toMatchObject({ ok: true });
  });
});
