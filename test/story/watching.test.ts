import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, cardSaying, threadSaying } from './cast.ts';

const LOOKING = '👀 Looking at it: <@U_PAVEL> since';

describe('"I\'m looking"', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  const looks = (who: string, { card }: Asked) => house.slack.person(who).presses("I'm looking", card);

  /** Headline and card, once both are as wanted. */
  async function bothSay({ headline, card }: Asked, isWanted: (words: string) => boolean): Promise<void> {
    const is = (one: Message) => (message: Message) => message.ts === one.ts && isWanted(readWords(message));
    await house.slack.channel('approvals').waitForMessage(is(headline));
    await house.slack.channel('approvals').waitForMessage(is(card));
  }

  async function decisionsOn({ name }: Asked): Promise<number> {
    const { rowCount } = await house.database.sql.query(
      'select from decisions d join requests r on r.id = d.request_id where r.number = $1',
      [Number(name.slice(2))],
    );
    return rowCount ?? 0;
  }

  it('marks headline and card, until a second click', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdMedium1002');
    const pavel = house.slack.person('pavel');
    await looks('pavel', asked);
    await pavel.sees.ephemeral(({ text }) =>
      text.includes(`Everybody sees that you are looking at ${asked.name}, for 15 minutes`),
    );
    await bothSay(asked, (words) => words.includes(LOOKING));

    await looks('lena', asked);
    await bothSay(asked, (words) => words.includes(LOOKING) && words.includes('<@U_LENA> since'));
    await looks('pavel', asked);
    await pavel.sees.ephemeral(({ text }) =>
      text.includes(`Nobody is told any more that you are looking at ${asked.name}`),
    );
    await bothSay(asked, (words) => !words.includes(LOOKING) && words.includes('<@U_LENA> since'));
    expect(await decisionsOn(asked)).toBe(0);
  });

  it('ends by itself after a quarter of an hour', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_medium');
    await looks('pavel', asked);
    await bothSay(asked, (words) => words.includes(LOOKING));
    house.wait(15 * 60 + 1);
    await house.countersign.usecases.tick();
    await bothSay(asked, (words) => !words.includes('👀'));
    expect(await decisionsOn(asked)).toBe(0);
  });

  it('does not hold up whoever decides, and is gone then', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1002-unpaid');
    await looks('lena', asked);
    await bothSay(asked, (words) => words.includes('<@U_LENA> since'));
    // The card from before the mark works as well as the one with it.
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    await bothSay(asked, (words) => !words.includes('👀'));
    expect(house.simulators.accounts.get('shop-ua')?.effects('order-1002-unpaid')).toBe(1);
    await looks('lena', asked);
    await house.slack
      .person('lena')
      .sees.ephemeral(({ text }) => text.startsWith(`${asked.name} is not waiting for a decision any more`));
  });

  it('ends with one’s own approval, while a second one is wanted', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    await looks('pavel', asked);
    await bothSay(asked, (words) => words.includes(LOOKING));
    await approve(house, 'pavel', asked.card);
    await bothSay(asked, (words) => !words.includes('👀') && words.includes('Waiting for approval, 1 of 2'));

    // The approval in the thread has the button, too.
    const call = await threadSaying(house, asked, '<@U_PAVEL> approved');
    await house.slack.person('lena').presses("I'm looking", call);
    await bothSay(asked, (words) => words.includes('👀 Looking at it: <@U_LENA> since'));
  });

  it.each([
    ['maria', 'who asked', 'You asked for'],
    ['tom', 'who is in no group', 'you are in none of the groups'],
    ['dora', 'whose account is deactivated', 'only full, active members'],
    ['gina', 'who is a guest', 'only full, active members'],
  ])('is not for %s, %s, and puts nothing on record', async (who, _what, sentence) => {
    const asked = await ask(house, 'maria', 'hotel-kz', '7777777777');
    await looks(who, asked);
    const person = house.slack.person(who);
    await person.sees.ephemeral(({ text }) => text.includes(asked.name) && text.includes(sentence));
    expect(await decisionsOn(asked)).toBe(0);
    await house.slack.person('maria').presses('Withdraw', asked.card);
    await threadSaying(house, asked, '<@U_MARIA> withdrew the request');
  });
});
