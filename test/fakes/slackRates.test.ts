/** The rate limits of the fake, where a test wants them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStubApp, type StubApp } from './stubApp.ts';

let app: StubApp;
let time = Date.parse('2026-01-05T09:00:00Z');
beforeAll(async () => {
  app = await startStubApp({ now: () => time, rateLimits: 1 });
});
afterAll(() => app.stop());

async function post(channel: string): Promise<string> {
  const { status, headers } = await fetch(`${app.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.slack.tokens.bot}` },
    body: new URLSearchParams({ channel, text: 'x' }),
  });
  return status === 429 ? `again in ${headers.get('retry-after')} s` : String(status);
}

const readThread = () => app.call('conversations.replies', { channel: 'C_FINANCE', ts: '1.1' });

it('lets a few posts to a channel pass at once and then one a second, and minds who comes too early', async () => {
  for (let burst = 0; burst < 5; burst += 1) expect(await post('C_FINANCE')).toBe('200');
  expect(await post('C_FINANCE')).toBe('again in 1 s');
  expect(await post('C_GENERAL')).toBe('200');
  expect(app.slack.complaints).toEqual([]);
  time += 500;
  expect(await post('C_FINANCE')).toBe('again in 1 s');
  expect(app.slack.complaints).toEqual([
    'chat.postMessage C_FINANCE: called again 500 ms before its Retry-After was over',
  ]);
  time += 1000;
  expect(await post('C_FINANCE')).toBe('200');
  expect(await post('C_FINANCE')).toBe('again in 1 s');
});

it('counts the methods of a tier by the minute, whatever the channel', async () => {
  for (let call = 0; call < 50; call += 1)
    expect(await readThread()).toMatchObject({ error: 'thread_not_found' });
  expect(await readThread()).toMatchObject({ error: 'ratelimited' });
  time += 60_000;
  expect(await readThread()).toMatchObject({ error: 'thread_not_found' });
});
