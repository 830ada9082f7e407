/** Keys change while people work, and nobody notices. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Config } from '../../src/config/load.ts';
import { type House, openHouse, RECORD_SECRET } from '../fakes/house.ts';
import { approve, ask, cardSaying } from './cast.ts';

const NEW_RECORD_SECRET = 'c3'.repeat(32);
const NEW_SIGNING_SECRET = 'the-next-signing-secret';

async function open(transport: 'socket' | 'http'): Promise<House> {
  const house = await openHouse(transport);
  onTestFinished(() => house.stop());
  return house;
}

const withRecord = (secret: string, old: string) => (config: Config) => ({
  ...config,
  record: { secret, oldSecrets: [old] },
});

const withSigning = (signingSecret: string, oldSigningSecret: string) => (config: Config) => ({
  ...config,
  slack: {
    ...config.slack,
    transport: { type: 'http' as const, signingSecret, oldSigningSecret, port: 0, host: '127.0.0.1' },
  },
});

describe('the key of the record', () => {
  it('changes in two steps, between which processes seal with either and read both', async () => {
    const house = await open('socket');
    const before = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');

    // First every process is told of the new key; then one after the other seals with it.
    const first = await house.startAnother(withRecord(RECORD_SECRET, NEW_RECORD_SECRET));
    await house.countersign.stop();
    const second = await house.startAnother(withRecord(NEW_RECORD_SECRET, RECORD_SECRET));
    await approve(house, 'pavel', before.card);
    await cardSaying(house, before, '✅ Cancelled');
    const between = await ask(house, 'maria', 'shop-pl', 'holdMedium1002');
    await approve(house, 'pavel', between.card);
    await cardSaying(house, between, '✅ Cancelled');

    const third = await house.startAnother(withRecord(NEW_RECORD_SECRET, RECORD_SECRET));
    await first.stop();
    const after = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    await approve(house, 'pavel', after.card);
    await cardSaying(house, after, '✅ Cancelled');
    await Promise.all([second.stop(), third.stop()]);
    // The house checks the whole record with both keys when it closes.
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdMedium1002')).toBe(1);
  });
});

describe('the signing secret of Slack', () => {
  it('changes while calls come with either, and no other counts', async () => {
    const house = await open('http');
    const { slack } = house;
    const changed = await house.startAnother(withSigning(NEW_SIGNING_SECRET, slack.signingSecret));
    slack.deliverTo(`http://127.0.0.1:${changed.port}/slack/events`);
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    slack.signWith({ signingSecret: NEW_SIGNING_SECRET });
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');

    for (const signature of [
      { signingSecret: 'another' },
      { signingSecret: slack.signingSecret, signedAt: () => 1 },
    ]) {
      slack.signWith(signature);
      await expect(slack.person('maria').types('/cancel help')).rejects.toThrow('401');
    }
  });

  it('that is no longer taken leaves other paths what they were', async () => {
    const house = await open('http');
    const changed = await house.startAnother(withSigning(NEW_SIGNING_SECRET, house.slack.signingSecret));
    const call = (path: string, headers: Record<string, string>, body = 'x') =>
      fetch(`http://127.0.0.1:${changed.port}${path}`, { method: 'POST', headers, body });
    const signature = { 'x-slack-signature': 'v0=abc', 'x-slack-request-timestamp': '1' };
    expect((await call('/elsewhere', signature)).status).toBe(404);
    expect((await call('/slack/events', signature)).status).toBe(401);
    expect((await call('/slack/events', {})).status).toBe(401);
    expect((await call('/slack/events', signature, 'x'.repeat(5_000_000))).status).toBe(404);
  });
});
