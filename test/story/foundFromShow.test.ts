import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { approve, approveBulk, ask, askInBulk, cardSaying, labelsIn, threadSaying } from './cast.ts';

const BUTTON = 'Record what you found';

describe('whoever knows what became of it, before the provider is asked for the last time', () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse('socket');
  });
  afterEach(() => house.stop());

  async function shows(who: string, name: string): Promise<Message> {
    const person = house.slack.person(who);
    const before = person.ephemerals.length;
    await person.types(`/cancel show ${name}`);
    return person.sees.ephemeral(
      ({ text }) => person.ephemerals.length > before && text.startsWith(`*${name}:`),
    );
  }

  /** Presses the button of a line or a request, and says that it was cancelled. */
  async function records(who: string, name: string, on: Message): Promise<void> {
    const person = house.slack.person(who);
    await person.presses(`${BUTTON} ${name}`, on);
    const form = await person.sees.form(({ words }) => words.includes('What did you find?'));
    await form.fill({ found: 'It was cancelled', note: 'Back office: reversed' }).submit();
    await person.sees.ephemeral(({ text }) => text.includes(`the payment of ${name} was cancelled`));
  }

  it('records it from the story of a request', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdDropped4002');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, 'Outcome unknown');

    for (const who of ['maria', 'tom']) expect(labelsIn(await shows(who, asked.name))).toEqual([]);
    const shown = await shows('lena', asked.name);
    expect(labelsIn(shown)).toEqual([BUTTON]);
    await records('lena', asked.name, shown);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(labelsIn(await shows('lena', asked.name))).toEqual([]);
  });

  it('records it from the story of a bulk, or from that of its line', async () => {
    const asked = await askInBulk(house, 'maria', ['holdSmall1001', 'holdDropped4002']);
    await approveBulk(house, 'pavel', asked.card);
    await threadSaying(house, asked, '1 cancelled, 1 unknown');

    for (const who of ['maria', 'tom']) expect(labelsIn(await shows(who, asked.name))).toEqual([]);
    expect(labelsIn(await shows('pavel', 'C-1002'))).toEqual([BUTTON]);
    const shown = await shows('pavel', asked.name);
    expect(shown.text).toContain('❓ It is not known yet what became of 1 payment:');
    expect(labelsIn(shown)).toEqual([BUTTON]);
    await records('pavel', 'C-1002', shown);
    await threadSaying(house, asked, 'B-1001: 2 of 2 done. 2 cancelled.');
    expect(labelsIn(await shows('pavel', asked.name))).toEqual([]);
    expect(house.slack.complaints).toEqual([]);
  });
});
