import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, buttonsOf, cardSaying, threadSaying } from './cast.ts';

describe('a night on which everything is stopped', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  const person = (name: string) => house.slack.person(name);
  const effects = (reference: string) => house.simulators.accounts.get('shop-pl')?.effects(reference);
  const inChannel = (words: string) =>
    house.slack.channel('approvals').waitForMessage((message) => readWords(message).includes(words));
  const headlineSaying = ({ headline }: Asked, words: string) =>
    house.slack
      .channel('approvals')
      .waitForMessage((message) => message.ts === headline.ts && readWords(message).includes(words));

  /** Types what freezes, and finds the message that tells everybody. */
  async function freeze(who: string, what: string, name: string): Promise<Message> {
    await person(who).types(`/cancel freeze ${what}`);
    await person(who).sees.ephemeral(({ text }) => text.startsWith(`🧊 ${name}: `));
    return inChannel(`${name}:`);
  }

  async function lift(names: readonly string[], message: Message): Promise<void> {
    for (const name of names) await person(name).presses('Agree to lift', message);
  }

  it('tells what a freeze is, and that nothing is frozen', async () => {
    await person('tom').types('/cancel freeze');
    const told = await person('tom').sees.ephemeral(({ text }) => text.includes('An approver can stop'));
    expect(told.text).toContain('*Frozen now*: nothing.');
  });

  it('stops dispatch at once, says so on the cards, and goes on when two approvers agreed', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    const message = await freeze('pavel', 'all Suspicious <night>', 'F-1');
    expect(readWords(message)).toContain('*F-1: everything is frozen.* <@U_PAVEL> did that at');
    expect(readWords(message)).toContain('“Suspicious <night>”');
    expect(message.text).toContain('Reason: Suspicious &lt;night&gt;');
    expect(message.text).toContain('Agreed: 0 of 2.');

    const card = await cardSaying(house, asked, 'No approval counts while everything is frozen (F-1)');
    await headlineSaying(asked, '🧊 Frozen by F-1, and waiting for approval');
    expect(buttonsOf(card)).toEqual(['buttons']);
    await person('lena').presses('Approve', card);
    await person('lena').sees.ephemeral(({ text }) =>
      text.startsWith(`What you decided on ${asked.name} does not count, because everything is frozen (F-1)`),
    );

    await person('tom').types('/cancel freeze');
    await person('tom').sees.ephemeral(({ text }) =>
      /\*F-1\* {2}· {2}everything {2}· {2}<@U_PAVEL>.*0 of 2 agreed/.test(text),
    );

    await lift(['lena'], message);
    await person('lena').sees.ephemeral(({ text }) => text.includes('One more approver has to agree'));
    const half = await inChannel('Agreed: 1 of 2: <@U_LENA>.');
    expect([half.ts, buttonsOf(half)]).toEqual([message.ts, ['buttons']]);
    await lift(['lena'], half);
    await person('lena').sees.ephemeral(({ text }) => text.includes('You agreed to lift F-1 already'));
    await headlineSaying(asked, '🧊 Frozen by F-1');

    await lift(['pavel'], half);
    await person('pavel').sees.ephemeral(({ text }) => text === '✅ F-1 is lifted.');
    const over = await inChannel('<@U_PAVEL> had frozen everything at');
    expect([over.ts, buttonsOf(over)]).toEqual([message.ts, []]);
    expect(readWords(over)).toContain('<@U_LENA> and <@U_PAVEL> agreed.');

    const free = await cardSaying(house, asked, 'please approve or reject this');
    await approve(house, 'lena', free);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(effects('holdSmall1001')).toBe(1);
  });

  it('stops one account, and no other', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdMedium1002');
    await freeze('lena', 'shop-pl The key may be known', 'F-2');
    await cardSaying(house, asked, 'while the account `shop-pl` is frozen (F-2)');
    await person('maria').presses('Withdraw', asked.card);
    await cardSaying(house, asked, '↩️ Withdrawn');

    const elsewhere = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    await approve(house, 'pavel', elsewhere.card);
    await cardSaying(house, elsewhere, '✅ Cancelled');
    await lift(['lena', 'pavel'], await inChannel('F-2:'));
    await inChannel('F-2 is lifted');
  });

  it('stops a person: what they asked for, what they approved, and what they decide', async () => {
    const large = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    await approve(house, 'pavel', large.card);
    await cardSaying(house, large, 'approved by <@U_PAVEL>');
    const message = await freeze('lena', '@pavel His laptop is gone', 'F-3');
    expect(readWords(message)).toContain('<@U_PAVEL> is frozen.');

    const stopped = await cardSaying(house, large, 'while <@U_PAVEL> is frozen (F-3)');
    await person('lena').presses('Approve', stopped);
    await person('lena').sees.ephemeral(({ text }) => text.includes('<@U_PAVEL> is frozen (F-3)'));
    expect(effects('holdLarge1003')).toBe(0);

    const pavel = person('pavel');
    await pavel.presses('Agree to lift', message);
    await pavel.sees.ephemeral(({ text }) => text === "You can't lift F-3: you are frozen yourself (F-3).");
    await pavel.types('/cancel freeze all To be sure');
    await pavel.sees.ephemeral(({ text }) =>
      text.includes('Nothing was frozen: you are frozen yourself (F-3).'),
    );
    await pavel.presses('Reject', stopped);
    await pavel.sees.ephemeral(({ text }) => text.includes('does not count, because <@U_PAVEL> is frozen'));
    await person('maria').presses('Withdraw', stopped);
    await threadSaying(house, large, 'withdrew');
  });

  it('is nothing for people who are no approvers, nor for approvers who left', async () => {
    const message = await inChannel('F-3:');
    for (const [name, why] of [
      ['tom', 'you are in none of the groups that approve'],
      ['dora', 'your account is deactivated'],
      ['gina', 'you are a guest'],
    ] as const) {
      await person(name).presses('Agree to lift', message);
      await person(name).sees.ephemeral(
        ({ text }) => text.startsWith("You can't lift F-3") && text.includes(why),
      );
      await person(name).types('/cancel freeze all Let me');
      await person(name).sees.ephemeral(
        ({ text }) => text.startsWith('Nothing was frozen: ') && text.includes(why),
      );
    }
    const { rows } = await house.database.sql.query(
      'select refusal from freezes where refusal is not null union all select refusal from lifts where refusal is not null',
    );
    expect(rows.length).toBeGreaterThanOrEqual(8);
  });

  it('is lifted by what is typed too, where nobody finds the message', async () => {
    const lena = person('lena');
    await lena.types('/cancel lift F-3');
    await lena.sees.ephemeral(({ text }) => text.includes('You agreed to lift F-3. One more'));
    await lena.types('/cancel lift f1');
    await lena.sees.ephemeral(({ text }) => text.includes('F-1 was lifted before, so nothing was changed.'));
  });

  it.each([
    ['/cancel freeze all', 'Say why, for everybody to read: `/cancel freeze all Suspicious night`.'],
    ['/cancel freeze shop-xx Suspicious', "I don't know `shop-xx`. Say `all`, an account (`game-world`"],
    ['/cancel freeze @nobody Suspicious', "I don't know `@nobody`"],
    ['/cancel freeze <!channel> Suspicious', "I don't know `&lt;!channel&gt;`"],
    [
      `/cancel freeze all ${'x'.repeat(501)}`,
      'Nothing was frozen yet. Keep the reason within 500 characters',
    ],
    ['/cancel lift', 'Say which freeze: `/cancel lift F-1`'],
    ['/cancel lift F-99', 'There is no freeze F-99.'],
    ['/cancel help', '`/cancel freeze [all|account|@person reason]` – stop at once'],
  ])('%s is answered in a sentence', async (typed, sentence) => {
    const lena = person('lena');
    await lena.types(typed);
    await lena.sees.ephemeral(({ text }) => text.includes(sentence));
    expect(await house.countersign.usecases.listFreezes()).toHaveLength(1);
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});
