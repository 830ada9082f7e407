import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeal } from '../../src/record/keys.ts';
import { type Erased, eraseText } from '../../src/store/erase.ts';
import { createPool } from '../../src/store/pool.ts';
import { type House, openHouse, RECORD_SECRET } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import type { Form } from '../fakes/slack/form.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, cardSaying, filledIn, find, threadSaying } from './cast.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse('socket');
});
afterAll(() => house.stop());

async function reject(asked: Asked, why: string): Promise<Message> {
  const pavel = house.slack.person('pavel');
  await pavel.presses('Reject', asked.card);
  const form = await pavel.sees.form(({ words }) => words.includes('Why not?'));
  await form.fill({ 'Why not?': why }).submit();
  return cardSaying(house, asked, '*🚫 Rejected*');
}

async function erase({ name }: Asked): Promise<Erased> {
  const pool = createPool(house.database.ownerUrl, () => undefined);
  const erasure = { number: Number(name.slice(2)), by: 'Olga', why: 'Asked for' };
  const erased = await eraseText(pool, createSeal(RECORD_SECRET), erasure, new Date());
  await pool.end();
  return erased;
}

/** The form that a press on Ask again opens. */
async function openAgain(who: string, on: Message, button = 'Ask again'): Promise<Form> {
  const person = house.slack.person(who);
  await person.presses(button, on);
  return person.sees.form(({ words }) => words.includes('This is another try of'));
}

/** Submits it, and finds what came of it in the approvals channel. */
async function submit(who: string, form: Form): Promise<Asked> {
  await form.submit();
  const made = await house.slack
    .person(who)
    .sees.form(({ words }) => /C-\d+ is in the approvals channel/.test(words));
  const name = /C-\d+/.exec(made.words)?.[0] ?? '';
  return { name, ...(await find(house, name)) };
}

async function followed(name: string): Promise<string | undefined> {
  const { rows } = await house.database.sql.query<{ earlier: string }>(
    `select 'C-' || e.number as earlier from requests r join requests e on e.id = r.follows
     where 'C-' || r.number = $1`,
    [name],
  );
  return rows[0]?.earlier;
}

describe('a request that was rejected', () => {
  it('is asked again by anybody, corrected, and the card says what differs and why it was rejected', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdMedium1002', 'Paid twice');
    const card = await reject(asked, 'Only half of it');

    const form = await openAgain('tom', card);
    expect(form.words).toContain(`This is another try of ${asked.name}`);
    expect(filledIn(form)).toMatchObject({
      transaction_id: 'holdMedium1002',
      scope: 'whole',
      reason: 'Paid twice',
    });
    form.fill({ scope: 'part', part: '240', reason: 'Half was paid twice' });
    const again = await submit('tom', form);

    expect(await followed(again.name)).toBe(asked.name);
    const words = readWords(again.card);
    expect(words).toContain(`Asks again what ${asked.name} asked`);
    expect(words).toContain('🚫 <@U_PAVEL> rejected this.');
    expect(words).toContain('“Only half of it”');
    expect(words).toContain('Reason: “Paid twice” → “Half was paid twice”');
    expect(words).toMatch(/Amount: 480\.00.PLN → 240\.00.PLN \(a part\)/);
    expect(words).toContain('<@U_TOM>');
    await threadSaying(house, asked, `🔂 Asked again as ${again.name}, by <@U_TOM>.`);

    await approve(house, 'pavel', again.card);
    await cardSaying(house, again, '✅ Cancelled');
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdMedium1002')).toBe(1);
  });

  it('leads to the open request when it is asked again a second time', async () => {
    const asked = await ask(house, 'maria', 'hotel-kz', '7777777771');
    const card = await reject(asked, 'No');
    const first = await openAgain('maria', card);
    const second = await openAgain('tom', card);
    const again = await submit('maria', first);

    await second.submit();
    await house.slack
      .person('tom')
      .sees.form(({ words }) => words.includes(`asked for this payment already: ${again.name}`));
    const tom = house.slack.person('tom');
    await tom.presses('Ask again', card);
    await tom.sees.ephemeral(({ text }) => text.includes(`asked for this payment already: ${again.name}`));
    const { rows } = await house.database.sql.query(`select from requests where payment = '7777777771'`);
    expect(rows).toHaveLength(2);

    const third = await submit('maria', await openAgain('maria', await reject(again, 'No again')));
    expect(readWords(third.card)).toContain(`Asks again what ${again.name} asked* (and one before it)`);
  });

  it('keeps what it follows while its form has a fault', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    const form = await openAgain('maria', await reject(asked, 'No'));
    await form.fill({ scope: 'part', part: '1000000' }).submit();
    const faulty = await house.slack
      .person('maria')
      .sees.form(({ words }) => words.includes('The part is larger than what is left'));
    expect(faulty.words).toContain(`This is another try of ${asked.name}`);
    faulty.fill({ scope: 'part', part: '10' });
    expect(await followed((await submit('maria', faulty)).name)).toBe(asked.name);
  });
});

describe('a request whose text was erased', () => {
  it('is asked again without it, and its copy on a card that follows it is named', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1001-unpaid', 'Anna paid twice');
    const card = await reject(asked, 'Anna said no');
    const again = await submit('maria', (await openAgain('maria', card)).fill({ reason: 'Paid twice' }));
    expect(readWords(again.card)).toContain('Anna paid twice');
    await reject(again, 'No');

    const erased = await erase(asked);
    expect(erased).toMatchObject({ done: true });
    expect(erased.done && erased.messages).toContainEqual(
      expect.objectContaining({ kind: `card of ${again.name}`, ts: again.card.ts }),
    );
    const form = await openAgain('maria', card);
    expect(filledIn(form)).toMatchObject({ order_id: 'order-1001-unpaid' });
    expect(filledIn(form)['reason']).toBeUndefined();
    const third = await submit('maria', form.fill({ reason: 'Paid twice, again' }));
    expect(readWords(third.card)).not.toMatch(/Anna|erased/);
  });
});

describe('the requester', () => {
  it('who withdraws is offered to correct it at once', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_small', 'Piad twice');
    const maria = house.slack.person('maria');
    await maria.presses('Withdraw', asked.card);
    const offer = await maria.sees.ephemeral(
      ({ text }) => text === `You withdrew ${asked.name}, and nothing was sent.`,
    );
    const form = await openAgain('maria', offer, 'Correct and ask again');
    expect(filledIn(form)).toMatchObject({ transaction_id: 'T4U_small', reason: 'Piad twice' });
    const again = await submit('maria', form.fill({ reason: 'Paid twice' }));
    expect(readWords(again.card)).toContain('Reason: “Piad twice” → “Paid twice”');
    expect(readWords(again.card)).toContain('↩️ <@U_MARIA> withdrew the request. Nothing was sent.');
  });

  it('of one that expired gets one button that asks again', async () => {
    const asked = await ask(house, 'maria', 'game-world', 'b4990');
    house.wait(8 * 3600 + 1);
    await house.countersign.usecases.tick();
    const told = await house.slack
      .person('maria')
      .sees.directMessage(({ text }) => text.includes(asked.name) && text.includes('⌛ Expired'));
    expect(told.text).toContain('Nobody decided in time, and nothing was sent.');
    const again = await submit('maria', await openAgain('maria', told));
    expect(await followed(again.name)).toBe(asked.name);
    expect(readWords(again.card)).toContain(
      '⌛ Nobody decided in time, so the request expired. Nothing was sent.',
    );
    const shown = house.slack.person('maria');
    await shown.types(`/cancel show ${asked.name}`);
    await shown.sees.ephemeral(({ text }) => text.includes(`Asked again as ${again.name}`));
  });
});
