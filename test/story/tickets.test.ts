import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Form } from '../fakes/slack/form.ts';
import { readWords } from '../fakes/slack/person.ts';
import { ask, cardSaying, find, threadSaying } from './cast.ts';

const LINK = 'https://help.example.com/tickets/4711';

function ticketIn({ blocks }: Form): unknown {
  const inputs = blocks.flatMap((block) => (block.type === 'input' ? [block] : []));
  return inputs.find(({ block_id }) => block_id === 'request_ticket')?.element;
}

describe('a ticket', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http');
  });
  afterAll(() => house.stop());

  async function formFor(payment: string): Promise<Form> {
    const maria = house.slack.person('maria');
    await maria.types(`/cancel shop-pl ${payment} Paid twice`);
    return maria.sees.form();
  }

  it('goes with the request: on the card, in the form of whoever approves, and in /cancel show', async () => {
    const maria = house.slack.person('maria');
    await (await formFor('holdMedium1002')).fill({ request_ticket: ` ${LINK} ` }).submit();
    const made = await maria.sees.form(({ words }) => /C-\d+ is in the approvals channel/.test(words));
    const name = /C-\d+/.exec(made.words)?.[0] ?? '';
    const { card } = await find(house, name);
    expect(readWords(card)).toContain(`*Ticket*\n<${LINK}>`);

    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', card);
    await pavel.sees.form(({ words }) => words.includes(`Ticket: <${LINK}>`));
    await pavel.types(`/cancel show ${name}`);
    await pavel.sees.ephemeral(({ text }) => text.includes(`Ticket: <${LINK}>`));
  });

  it.each(['HELP-4711', 'https://help.example.com/tickets/', `${LINK}<!channel>`, `see ${LINK}`])(
    'is asked for again, in the house’s own words, when it is %s',
    async (ticket) => {
      const form = await formFor('holdSmall1001');
      const { closed, errors } = await form.fill({ request_ticket: ticket }).submit();
      expect(closed).toBe(false);
      expect(errors?.['request_ticket']).toBe(
        `This is not a ticket as it is wanted here: a link such as ${LINK}.`,
      );
    },
  );

  it('may be left out where the house does not require it', async () => {
    const { card } = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    expect(readWords(card)).not.toContain('Ticket');
  });

  it('is filled in already when the request is asked again', async () => {
    const maria = house.slack.person('maria');
    await (await formFor('blikOpen1004')).fill({ request_ticket: LINK }).submit();
    const made = await maria.sees.form(({ words }) => /C-\d+ is in the approvals channel/.test(words));
    const name = /C-\d+/.exec(made.words)?.[0] ?? '';
    const asked = { name, ...(await find(house, name)) };
    await maria.presses('Withdraw', asked.card);
    const over = await cardSaying(house, asked, '*↩️ Withdrawn*');
    await maria.presses('Ask again', over);
    const form = await maria.sees.form(({ words }) => words.includes('This is another try of'));
    expect(ticketIn(form)).toMatchObject({ initial_value: LINK });
  });

  it('is kept in the form when something else could not be taken', async () => {
    const maria = house.slack.person('maria');
    const form = await formFor('holdSmall1001');
    await form.fill({ request_ticket: LINK, 'How much': 'A part of it', part: '9999.00' }).submit();
    const again = await maria.sees.form(({ words }) => words.includes('No request was made yet'));
    expect(ticketIn(again)).toMatchObject({ initial_value: LINK });
  });
});

describe('what was asked for a payment before', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  it('is on the card of the next request for it', async () => {
    const first = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    expect(readWords(first.card)).toContain('No earlier request for this payment.');
    await house.slack.person('maria').presses('Withdraw', first.card);
    await threadSaying(house, first, '<@U_MARIA> withdrew the request');

    const { card } = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    expect(readWords(card)).toContain(
      `*Earlier for this payment*\n${first.name} ↩️ Withdrawn, asked by <@U_MARIA>, `,
    );
    expect(readWords(card)).toContain('*The requester in the 30 days before* 1 request, 0 cancelled');
  });
});
