/** In HTTP mode, whether the running app takes what is signed with the secret of the configuration. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSlackAddress } from '../../src/doctor/webhooks.ts';
import { type House, openHouse } from '../fakes/house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse('http');
});
afterAll(() => house.stop());

const check = (port: number | undefined, secret: string, aheadMs = 0) =>
  checkSlackAddress(`http://127.0.0.1:${port}`, secret, () => new Date(Date.now() + aheadMs));

describe('the address that Slack calls', () => {
  it('is that of the running app', async () => {
    const { port } = house.countersign;
    expect(await check(port, house.slack.signingSecret)).toEqual({
      level: 'ok',
      says: `http://127.0.0.1:${port}/slack/events leads to Countersign.`,
    });
  });

  it.each([
    ['with another secret', 'another-secret', 0],
    ['at another time', undefined, -400_000],
  ])('does not take what is signed %s', async (_how, secret, aheadMs) => {
    const { port } = house.countersign;
    const { level, says } = await check(port, secret ?? house.slack.signingSecret, aheadMs);
    expect(level).toBe('failure');
    expect(says).toContain('does not take our signature');
  });

  it('is another server', async () => {
    const { level, says } = await check(house.countersign.webhooksPort, house.slack.signingSecret);
    expect(level).toBe('failure');
    expect(says).toContain(
      'answers HTTP 404, but not as Countersign: have the proxy lead it, unchanged, to PORT.',
    );
  });
});
