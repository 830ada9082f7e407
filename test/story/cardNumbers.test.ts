/** A card number is refused wherever text is free, and nothing of it stays anywhere. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_NUMBER_TEXT } from '../../src/language/cardNumber.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Form } from '../fakes/slack/form.ts';
import { approve, ask, cardSaying } from './cast.ts';

const CARD = '4111 1111 1111 1111';
const WITH_CARD = `Paid twice with ${CARD}, she says`;

/** Refused at the field, without a word of what was typed. */
async function refuses(form: Form, answers: Record<string, string>, field: string): Promise<void> {
  const { closed, errors } = await form.fill(answers).submit();
  expect({ closed, errors }).toEqual({ closed: false, errors: { [field]: CARD_NUMBER_TEXT } });
}

describe('a card number', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket', { settings: { ticket: undefined } });
  });
  afterAll(() => house.stop());

  const person = (name: string) => house.slack.person(name);

  it('is refused as a reason and as a ticket, and the rest can be sent without it', async () => {
    await person('maria').types('/cancel shop-pl holdMedium1002 Paid twice');
    const form = await person('maria').sees.form();
    await refuses(form, { Reason: WITH_CARD }, 'reason');
    await refuses(form, { Reason: 'Paid twice', Ticket: CARD.replaceAll(' ', '') }, 'request_ticket');
    await form.fill({ Ticket: '4711' }).submit();
    await person('maria').sees.form(({ words }) => /C-\d+ is in the approvals channel/.test(words));
  });

  it.each([
    `/cancel shop-pl holdMedium1002 ${WITH_CARD}`,
    `/cancel ${CARD}`,
    `/cancel find ${CARD}`,
    `/cancel freeze all ${WITH_CARD}`,
  ])('is refused where it is typed: %s', async (typed) => {
    const pavel = person('pavel');
    await pavel.types(typed);
    await pavel.sees.ephemeral(({ text }) => text.includes(CARD_NUMBER_TEXT));
  });

  it('is refused as a note of an approval and of a rejection', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    const pavel = person('pavel');
    await pavel.presses('Reject', asked.card);
    const rejecting = await pavel.sees.form(({ words }) => words.includes('Why not?'));
    await refuses(rejecting, { 'Why not?': WITH_CARD }, 'note');
    await pavel.presses('Approve', asked.card);
    const approving = await pavel.sees.form(({ words }) => words.includes('This is sent to'));
    await refuses(approving, { 'Note for the record': WITH_CARD }, 'note');
    await approving.fill({ 'Note for the record': 'Card ending in 1111' }).submit();
    await cardSaying(house, asked, '✅ Cancelled');
  });

  it('is refused as a note of what somebody found', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdDropped4002');
    await approve(house, 'pavel', asked.card);
    const card = await cardSaying(house, asked, 'Outcome unknown');
    await person('pavel').presses('Record what you found', card);
    const form = await person('pavel').sees.form(({ words }) => words.includes('What did you find?'));
    const note = 'Where did you look, and what does it say there?';
    await refuses(form, { 'What did you find?': 'It was cancelled', [note]: WITH_CARD }, 'note');
  });

  it('is refused as the reason of a bulk', async () => {
    await person('maria').types('/cancel bulk shop-pl');
    const form = await person('maria').sees.form();
    await refuses(form, { list: 'holdLarge1003', reason: WITH_CARD }, 'reason');
  });

  it('that is a payment id of the provider can be asked for and found', async () => {
    const reference = '4539578763621486';
    const asked = await ask(house, 'maria', 'game-world', reference);
    await person('maria').types(`/cancel find ${reference}`);
    await person('maria').sees.ephemeral(({ text }) => text.includes(asked.name));
  });

  it('is in no log line, no row and no message by then', async () => {
    const traces = await house.readTraces();
    for (const spelling of [CARD, CARD.replaceAll(' ', '')]) expect(traces).not.toContain(spelling);
  });

  it('in a message fills no form in', async () => {
    const message = person('maria').writes('hotel-kz 5555555555554444 was paid twice', { in: 'general' });
    await person('maria').usesShortcut('cancel_this_payment', message);
    const form = await person('maria').sees.form(({ words }) => words.includes('hotel-kz'));
    expect(form.words).not.toContain('5555555555554444');
    const opened = house.slack.calls.filter(({ method }) => method === 'views.open').at(-1);
    expect(JSON.stringify(opened)).not.toContain('5555555555554444');
  });
});
