import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, askInBulk, buttonsOf, cardSaying, threadSaying } from './cast.ts';

describe('who decides, and how', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  function effects(account: string, reference: string): number | undefined {
    return house.simulators.accounts.get(account)?.effects(reference);
  }

  it('waits for two people of two groups above the limit, and counts one person once', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    const pavel = house.slack.person('pavel');

    await approve(house, 'pavel', asked.card);
    const half = await cardSaying(house, asked, '1 of 2: <@U_PAVEL>');
    expect(buttonsOf(half)).toEqual(['buttons']);
    expect(readWords(half)).toContain('Waiting for approval');
    await pavel.presses('Approve', half);
    await pavel.sees.ephemeral(({ text }) => text.includes(`You approved ${asked.name} already`));
    expect(effects('shop-pl', 'holdLarge1003')).toBe(0);

    const call = await threadSaying(house, asked, '<@U_PAVEL> approved');
    expect(call.text).toContain('<@U_LENA> please approve');
    await approve(house, 'lena', call);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(effects('shop-pl', 'holdLarge1003')).toBe(1);
    // It was edited after the card.
    await house.slack
      .channel('approvals')
      .waitForMessage((message) => message.ts === call.ts && buttonsOf(message).length === 0);
  });

  it('rejects with a reason, which the thread and the requester are told', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Reject', asked.card);
    const form = await pavel.sees.form(({ words }) => words.includes('Why not?'));
    await form.fill({ 'Why not?': 'The customer wants <!channel> the goods' }).submit();

    const card = await cardSaying(house, asked, '*🚫 Rejected*');
    expect(buttonsOf(card)).toEqual([]);
    await threadSaying(house, asked, '<@U_PAVEL> rejected this. Nothing was sent.');
    await house.slack
      .person('maria')
      .sees.directMessage(({ text }) => text.includes(asked.name) && text.includes('the goods'));
    expect(effects('shop-tr', 'T4U_small')).toBe(0);
  });

  it('rejects for a common reason, with or without words of one’s own, but not for none', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_large');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Reject', asked.card);
    const form = await pavel.sees.form(({ words }) => words.includes('A common reason'));
    const { errors } = await form.submit();
    expect(errors).toEqual({ note: 'Say why, so that the requester can learn from it.' });
    await form
      .fill({ 'A common reason': 'The reason does not say enough.', 'Why not?': 'Which shop?' })
      .submit();
    await threadSaying(house, asked, 'Nothing was sent. The reason does not say enough. Which shop?');

    const bulk = await askInBulk(house, 'maria', ['holdMedium1002']);
    await pavel.presses('Reject', bulk.card);
    const bulkForm = await pavel.sees.form(({ title }) => title === `Reject ${bulk.name}`);
    await bulkForm.fill({ 'A common reason': 'It is too much or too little.' }).submit();
    await threadSaying(house, bulk, 'rejected all of it. Nothing was sent. It is too much or too little.');
  });

  it('lets the requester alone withdraw, after which the payment may be asked for again', async () => {
    const asked = await ask(house, 'maria', 'hotel-kz', '7777777771');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Withdraw', asked.card);
    await pavel.sees.ephemeral(({ text }) => text.includes('can withdraw it; you can reject it'));

    await house.slack.person('maria').presses('Withdraw', asked.card);
    await cardSaying(house, asked, '*↩️ Withdrawn*');
    const again = await ask(house, 'maria', 'hotel-kz', '7777777771');
    expect(again.name).not.toBe(asked.name);
  });

  it('shows the second asker the first request instead of making another', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    const pavel = house.slack.person('pavel');
    await pavel.types('/cancel shop-pl holdSmall1001 Also paid twice');
    await (await pavel.sees.form()).submit();
    await pavel.sees.form(({ words }) =>
      words.includes(`<@U_MARIA> asked for this payment already: ${asked.name}`),
    );

    const { rows } = await house.database.sql.query(`select from requests where payment = 'holdSmall1001'`);
    expect(rows).toHaveLength(1);
  });

  it.each(['dora', 'robo', 'flow', 'gina', 'solo', 'stan', 'otto', 'ines'])(
    'refuses %s, who is on the list of approvers but is no full, live member',
    async (name) => {
      const asked = await ask(house, 'maria', 'shop-ua', 'order-1001-unpaid');
      const person = house.slack.person(name);
      await person.presses('Approve', asked.card);
      await person.sees.ephemeral(({ text }) => text.includes('only full, active members'));
      await house.slack.person('maria').presses('Withdraw', asked.card);
      // Not the card, which also says of earlier requests that they were withdrawn.
      await threadSaying(house, asked, '<@U_MARIA> withdrew the request');
      expect(effects('shop-ua', 'order-1001-unpaid')).toBe(0);
    },
  );

  it('refuses an approver whose membership cannot be looked up', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1003-unpaid');
    const lift = house.slack.breaks('users.info', { type: 'refused', error: 'internal_error' }, 99);
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    await pavel.sees.ephemeral(({ text }) => text.includes('only full, active members'));
    lift();
  });

  it('opens the form also when Slack takes longer than a trigger lasts to say who the approver is', async () => {
    const asked = await ask(house, 'maria', 'hotel-kz', '7777777777');
    house.slack.breaks('users.info', { type: 'delayed', delayMs: 3100 });
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    await pavel.sees.form(({ words }) => words.includes('This is sent to'));
  });

  it('expires at the deadline, and a later click does not count', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1002-unpaid');
    house.wait(8 * 3600 + 1);
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    await pavel.sees.ephemeral(({ text }) => text.includes(`${asked.name} expired at`));
    await cardSaying(house, asked, '⌛ Expired');
    await threadSaying(house, asked, 'Nobody decided in time');
    expect(effects('shop-ua', 'order-1002-unpaid')).toBe(0);
  });

  it('expires by the clock alone', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_large');
    house.wait(8 * 3600 + 1);
    await house.countersign.usecases.tick();
    await cardSaying(house, asked, '⌛ Expired');
    await house.slack
      .person('maria')
      .sees.directMessage(({ text }) => text.includes(asked.name) && text.includes('Expired'));
  });

  it('counts two clicks at the same moment once', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_medium');
    const pavel = house.slack.person('pavel');
    const lena = house.slack.person('lena');
    await Promise.all([pavel.presses('Approve', asked.card), lena.presses('Approve', asked.card)]);
    const forms = await Promise.all(
      [pavel, lena].map((one) => one.sees.form(({ words }) => words.includes('This is sent to'))),
    );
    await Promise.all(forms.map((form) => form.submit()));
    await cardSaying(house, asked, '✅ Cancelled');
    expect(effects('shop-tr', 'T4U_medium')).toBe(1);
  });

  it('lapses when the provider says something else at the click', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-3001-paid-meanwhile');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    await pavel.sees.form(({ words }) =>
      words.includes(`${asked.name} lapsed, because Tranzzo now says something else`),
    );
    const card = await cardSaying(house, asked, '🍂 Lapsed');
    expect(buttonsOf(card)).toEqual([]);
    expect(effects('shop-ua', 'order-3001-paid-meanwhile')).toBe(0);
  });
});
