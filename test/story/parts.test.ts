import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, cardSaying, find } from './cast.ts';

describe('a part of a payment', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http');
  });
  afterAll(() => house.stop());

  it('cancels a part, and counts it against what is left', async () => {
    const maria = house.slack.person('maria');
    async function askForPart(part: string) {
      await maria.types('/cancel shop-pl holdMedium1002 Returned one');
      await (await maria.sees.form()).fill({ 'How much': 'A part of it', part }).submit();
    }
    await askForPart('40.50');
    const made = await maria.sees.form(({ words }) => words.includes('waits for a second person'));
    const name = /C-\d+/.exec(made.words)?.[0] ?? '';
    const asked = { name, ...(await find(house, name)) };
    expect(asked.headline.text).toContain('a part, 40.50');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');

    await askForPart('439.51');
    await maria.sees.form(({ words }) => words.includes('The part is larger than what is left'));
    await askForPart('439.50');
    await maria.sees.form(
      ({ words }) => words.includes('waits for a second person') && !words.includes(name),
    );
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdMedium1002')).toBe(1);
  });

  it('judges a part by the whole payment, so that a small part needs no fewer people', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-pl holdLarge1003 Returned one');
    await (await maria.sees.form()).fill({ 'How much': 'A part of it', part: '5.00' }).submit();
    const made = await maria.sees.form(({ words }) => words.includes('waits for a second person'));
    const { card } = await find(house, /C-\d+/.exec(made.words)?.[0] ?? '');
    expect(readWords(card)).toContain('*Needs*\n1 of `finance` and 1 of `risk`');
  });

  it('gives a form back as it was filled in, when it could not be taken', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-pl holdSmall1001 Returned one');
    await (await maria.sees.form()).fill({ 'How much': 'A part of it', part: '49.91' }).submit();
    const again = await maria.sees.form(({ words }) => words.includes('The part is larger'));
    await again.submit();
    await maria.sees.form(({ words }) => words.includes('The part is larger'));
    const { rows } = await house.database.sql.query(`select from requests where payment = 'holdSmall1001'`);
    expect(rows).toEqual([]);
  });

  it('asks nobody twice to cancel the whole of a payment that a provider goes on showing', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-pl holdSmall1001 Once more');
    await (await maria.sees.form()).submit();
    await maria.sees.form(({ words }) => words.includes('Nothing is left of this payment'));
  });
});
