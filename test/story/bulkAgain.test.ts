import { afterEach, describe, expect, it } from 'vitest';
import { TICKET_FIELD } from '../../src/domain/ticket.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { approveBulk, askInBulk, filledIn, labelsIn, threadSaying } from './cast.ts';

const TICKET = 'https://help.example.com/tickets/4711';

let house: House;
afterEach(() => house.stop());

const isOver = ({ text }: Message) => text.includes('Your bulk') && text.includes('🏁 Done');

describe('a bulk that ended without a cancellation', () => {
  it('because nobody decided is announced, and asked for again with its list filled in', async () => {
    house = await openHouse('socket');
    const maria = house.slack.person('maria');
    const asked = await askInBulk(house, 'maria', ['holdSmall1001', 'holdLarge1003'], 'Closed <!channel>');
    house.wait(25 * 3600);
    await house.countersign.usecases.tick();

    await threadSaying(house, asked, '⌛ Nobody decided in time, so all of it expired. Nothing was sent.');
    const told = await maria.sees.directMessage(isOver);
    expect(told.text).toContain('B-1001>: 🏁 Done: 2 expired. Nobody decided in time, and nothing was sent.');
    expect(labelsIn(told)).toEqual(['Ask again']);

    await maria.presses('Ask again', told);
    const form = await maria.sees.form(({ title }) => title === 'Cancel many payments');
    const { list = '', reason } = filledIn(form);
    expect(list).toBe('transaction_id,scope\nholdSmall1001,whole\nholdLarge1003,whole');
    expect(reason).toBe('Closed <!channel>');
    await form.fill({ list: list.replace('\nholdLarge1003,whole', '') }).submit();
    await maria.sees.directMessage(({ text }) => text.includes('✅ B-1002 with 1 payment'));
    expect(house.slack.complaints).toEqual([]);
  });

  it('in a part is asked for again as far as that', async () => {
    house = await openHouse('socket');
    const maria = house.slack.person('maria');
    const asked = await askInBulk(house, 'maria', ['holdSmall1001', 'blikPaidMeanwhile3001']);
    await approveBulk(house, 'pavel', asked.card);
    const told = await maria.sees.directMessage(isOver);
    await maria.presses('Ask again', told);
    const form = await maria.sees.form(({ title }) => title === 'Cancel many payments');
    expect(filledIn(form)['list']).toBe('transaction_id,scope\nblikPaidMeanwhile3001,whole');
  });

  it('with a list that has no room in the form is asked for again without it', async () => {
    house = await openHouse('http', { settings: { bulk: { pace: '999/s' } } });
    const maria = house.slack.person('maria');
    const list = Array.from({ length: 50 }, (_one, n) => `b${n + 100}${'x'.repeat(60)},1`);
    await maria.types('/cancel bulk game-world', { in: 'general' });
    const form = await maria.sees.form();
    const file = house.slack.giveFile(['ref,ticket', ...list].join('\n'));
    await form.fill({ file, reason: 'Closed', Ticket: TICKET }).submit();
    const card = await house.slack
      .channel('approvals')
      .waitForMessage(
        ({ text }) => text.includes('B-1001: cancel 50 payments') && text.includes('The complete list'),
      );
    await maria.presses('Withdraw', card);

    const told = await maria.sees.directMessage(isOver);
    await maria.presses('Ask again', told);
    const again = await maria.sees.form(({ words }) =>
      words.includes(
        'The list of B-1001 has no room here. Leave both fields empty to ask for its 50 payments again',
      ),
    );
    expect(filledIn(again)).toMatchObject({ reason: 'Closed', [TICKET_FIELD]: TICKET });
    expect(filledIn(again)['list']).toBeUndefined();
    // What is wrong with the rest does not make it forget.
    await again.fill({ reason: ' ' }).submit();
    const faulty = await maria.sees.form(({ words }) => words.includes('⚠️'));
    await faulty.fill({ reason: 'Closed for good' }).submit();
    await maria.sees.directMessage(({ text }) => text.includes('✅ B-1002 with 50 payments'));
    expect(house.slack.complaints).toEqual([]);
  });
});
