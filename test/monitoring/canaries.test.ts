import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leakedIn } from '../fakes/canary.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { ask } from '../story/cast.ts';

describe('a secret that turns up in what fails', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http', { log: 'debug' });
  });
  afterAll(() => house.stop());

  /** The lines that hold what was struck out, from here on. */
  function struckSince(first: number, saying: string): string[] {
    return house.logged.slice(first).filter((line) => line.includes('•••') && line.includes(saying));
  }

  it.each([
    ['of a listener', 'views.open', '"msg":"failed"'],
    ['of a job', 'chat.postMessage', 'a job failed and will be tried again'],
    ['of a Home', 'views.publish', 'a job failed and will be tried again'],
  ])('%s is struck out of the log, and is in no row', async (_where, method, saying) => {
    const first = house.logged.length;
    const lift = house.slack.breaks(method, { type: 'refused', error: house.slack.tokens.bot }, Infinity);
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-tr T4U_small Paid twice', { in: 'general' });
    await maria.opensHome();
    if (method === 'chat.postMessage') await (await maria.sees.form()).submit();
    await expect.poll(() => struckSince(first, saying).length, { timeout: 10_000 }).toBeGreaterThan(0);
    // Also what the queue keeps of a failure, in a row.
    expect(leakedIn(await house.readTraces(), house.canaries)).toEqual([]);
    lift();
  });

  it('of a web-hook is struck out of the log', async () => {
    const first = house.logged.length;
    await house.database.sql.query(`alter table notices rename to "notices ${house.slack.tokens.bot}"`);
    const told = await fetch(`http://127.0.0.1:${house.countersign.webhooksPort}/webhooks/game-world`, {
      method: 'POST',
      body: house.canaries['PAYMENTWALL_SECRET'] ?? '',
    });
    expect(told.status).toBe(403);
    await house.database.sql.query(`alter table "notices ${house.slack.tokens.bot}" rename to notices`);
    expect(house.logged.slice(first).join('\n')).toContain('a web-hook was turned away');
    expect(leakedIn(house.logged.join('\n'), house.canaries)).toEqual([]);
  });

  it('and what people wrote is in no line of it either', async () => {
    await ask(house, 'maria', 'shop-ua', 'order-1001-unpaid', 'Hush-hush reason');
    const lines = house.logged.join('\n');
    for (const written of ['Hush-hush', 'order-1001-unpaid', 'T4U_small'])
      expect(lines).not.toContain(written);
  });
});
