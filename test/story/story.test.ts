import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, buttonsOf, cardSaying, threadSaying } from './cast.ts';

describe.each(['socket', 'http'] as const)('over %s, a payment is cancelled by two people', (transport) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(transport);
  });
  afterAll(() => house.stop());

  it.each([
    ['game-world', 'b480', 'Accepted by the provider'],
    ['shop-tr', 'T4U_medium', 'Cancelled'],
    ['shop-ua', 'order-1002-unpaid', 'Cancelled'],
    ['shop-pl', 'holdMedium1002', 'Cancelled'],
    ['hotel-kz', '7777777777', 'Cancelled'],
  ])(
    'at %s: asked, not approved by the asker or a stranger, approved, sent once, told',
    async (account, reference, end) => {
      const maria = house.slack.person('maria');
      const tom = house.slack.person('tom');
      const asked = await ask(house, 'maria', account, reference);

      await maria.presses('Approve', asked.card);
      await maria.sees.ephemeral(({ text }) => text.includes(`You asked for ${asked.name} yourself`));
      await tom.presses('Approve', asked.card);
      await tom.sees.ephemeral(({ text }) => text.includes(`${asked.name}: you are in none of the groups`));
      expect(house.simulators.accounts.get(account)?.effects(reference)).toBe(0);

      await approve(house, 'pavel', asked.card);
      const done = await cardSaying(house, asked, end);
      // What is not settled may be settled by somebody who looks at the provider.
      expect(buttonsOf(done)).toEqual(end === 'Cancelled' ? [] : ['buttons']);
      expect(readWords(done)).toContain('<@U_PAVEL>');
      await threadSaying(house, asked, '<@U_PAVEL> approved');
      await maria.sees.directMessage(({ text }) => text.includes(asked.name) && text.includes(end));
      expect(house.simulators.accounts.get(account)?.effects(reference)).toBe(1);

      await house.slack.person('lena').presses('Approve', asked.card);
      await house.slack
        .person('lena')
        .sees.ephemeral(({ text }) => text.startsWith(`${asked.name} is not waiting for a decision`));
      expect(house.simulators.accounts.get(account)?.effects(reference)).toBe(1);

      const { rows } = await house.database.sql.query(
        `select d.act, d.person_user, d.refusal from decisions d join requests r on r.id = d.request_id
       where r.number = $1 order by d.id`,
        [Number(asked.name.slice(2))],
      );
      expect(rows).toEqual([
        { act: 'approve', person_user: 'U_MARIA', refusal: 'own_request' },
        { act: 'approve', person_user: 'U_TOM', refusal: 'not_an_approver' },
        { act: 'approve', person_user: 'U_PAVEL', refusal: null },
        { act: 'approve', person_user: 'U_LENA', refusal: 'already_decided' },
      ]);
    },
  );
});
