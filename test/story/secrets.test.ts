import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leakedIn } from '../fakes/canary.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, cardSaying } from './cast.ts';

describe('secrets', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http', { log: 'trace' });
  });
  afterAll(() => house.stop());

  it('reach no log line, no Slack message and no row, whatever happens', async () => {
    const ends: [string, string, string][] = [
      ['game-world', 'b480', 'Accepted'],
      ['shop-tr', 'T4U_dropped', 'Outcome unknown'],
      ['shop-ua', 'order-4002-dropped', 'Outcome unknown'],
      ['shop-pl', 'holdCaptured2001', 'Refused'],
      ['hotel-kz', '7777778002', 'Outcome unknown'],
    ];
    for (const [account, reference, end] of ends) {
      const asked = await ask(house, 'maria', account, reference);
      await approve(house, 'pavel', asked.card);
      await cardSaying(house, asked, end);
    }
    house.slack.breaks('views.open', { type: 'refused', error: 'internal_error' });
    await house.slack.person('maria').types('/cancel shop-pl holdMedium1002');
    await house.slack.person('maria').sees.ephemeral(({ text }) => text.includes('Something went wrong'));

    const traces = await house.readTraces();
    expect(traces).toContain('holdCaptured2001');
    expect(traces).toContain('internal_error');
    expect(Object.keys(house.canaries)).toHaveLength(14);
    expect(leakedIn(traces, house.canaries)).toEqual([]);
  });

  it('would be found, wherever they were', async () => {
    const traces = await house.readTraces();
    expect(leakedIn(`${traces}…${house.canaries['SIBS_TOKEN']}…`, house.canaries)).toEqual(['SIBS_TOKEN']);
  });
});
