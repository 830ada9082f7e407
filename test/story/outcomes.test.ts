import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, cardSaying, threadSaying } from './cast.ts';

describe('what becomes of an approved request', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  async function idOf({ name }: Asked): Promise<string> {
    const { rows } = await house.database.sql.query<{ id: string }>(
      'select id from requests where number = $1',
      [name.slice(2)],
    );
    return rows[0]?.id ?? '';
  }

  it.each([
    ['shop-tr', 'T4U_dropped'],
    ['shop-ua', 'order-4002-dropped'],
    ['hotel-kz', '7777778002'],
  ])(
    'at %s, done and then silent: unknown, settled by a look-up, and sent once',
    async (account, reference) => {
      const asked = await ask(house, 'maria', account, reference);
      await approve(house, 'pavel', asked.card);
      await cardSaying(house, asked, '❓ Outcome unknown');
      await threadSaying(house, asked, 'Nobody knows yet whether');
      await house.slack
        .person('maria')
        .sees.directMessage(({ text }) => text.includes(asked.name) && text.includes('Outcome unknown'));

      house.wait(6);
      await house.countersign.usecases.lookUpUnsettled(await idOf(asked));
      await cardSaying(house, asked, '✅ Cancelled');
      await threadSaying(house, asked, 'as a look-up shows');
      expect(house.simulators.accounts.get(account)?.effects(reference)).toBe(1);
    },
  );

  it('stays unknown at SIBS, whose look-up goes on showing the hold, and is never sent again', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdDropped4002');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '❓ Outcome unknown');
    const id = await idOf(asked);
    for (const seconds of [6, 20, 70]) {
      house.wait(seconds);
      await house.countersign.usecases.lookUpUnsettled(id);
    }
    await house.countersign.usecases.dispatch(id);
    await house.countersign.usecases.tick();
    expect(readWords(await cardSaying(house, asked, 'Outcome unknown'))).not.toContain('Cancelled');
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdDropped4002')).toBe(1);

    const maria = house.slack.person('maria');
    await maria.types('/cancel list unknown');
    await maria.sees.ephemeral(({ text }) => text.includes(asked.name) && text.includes('Outcome unknown'));
  });

  it('tells a refusal with its remedy', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdCaptured2001');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '⛔ Refused by the provider');
    await threadSaying(house, asked, 'refund');
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdCaptured2001')).toBe(0);
  });

  it('sends nothing when the provider is away, and lapses when it stays away', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    const form = await pavel.sees.form(({ words }) => words.includes('This is sent to'));
    await house.simulators.accounts.get('shop-pl')?.stop();
    await form.submit();
    await cardSaying(house, asked, 'Approved, about to be sent');

    house.wait(901);
    await house.countersign.usecases.dispatch(await idOf(asked));
    await cardSaying(house, asked, '🍂 Lapsed');
    await threadSaying(house, asked, 'Nothing was sent');
    const { rows } = await house.database.sql.query(
      'select from attempts a join requests r on r.id = a.request_id where r.number = $1',
      [asked.name.slice(2)],
    );
    expect(rows).toEqual([]);
  });
});
