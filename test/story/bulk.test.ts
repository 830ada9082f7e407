import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';

const LIST = ['holdSmall1001', 'holdMedium1002', 'holdLarge1003'];

describe('many payments at once', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  const person = (name: string) => house.slack.person(name);
  const effects = (reference: string) => house.simulators.accounts.get('shop-pl')?.effects(reference);
  const inChannel = (words: string) =>
    house.slack.channel('approvals').waitForMessage((message) => readWords(message).includes(words));
  const fileCalled = (name: string) =>
    house.slack.workspace.changes.until(
      () => house.slack.files.find((file) => file.name === name)?.text,
      () => `the file ${name}; there are ${house.slack.files.map((file) => file.name).join(', ')}`,
    );

  async function fillIn(list: readonly string[]) {
    await person('maria').types('/cancel bulk shop-pl');
    const form = await person('maria').sees.form();
    return form.fill({ list: list.join('\n'), reason: 'The shop was closed' });
  }

  async function approve(who: string, card: Message): Promise<void> {
    await person(who).presses('Approve', card);
    const form = await person(who).sees.form(({ words }) => words.includes('one after the other'));
    await form.submit();
  }

  it('wants to know at which account', async () => {
    await person('maria').types('/cancel bulk');
    await person('maria').sees.ephemeral(({ text }) => text.includes('Name the account'));
  });

  it('tells all that is wrong with a list at once, and keeps what was typed', async () => {
    const form = await fillIn([LIST[0] ?? '', 'not a payment!', LIST[0] ?? '', '%%%']);
    await form.submit();
    const again = await person('maria').sees.form(({ words }) => words.includes('Line 2'));
    expect(again.words).toContain('Line 3 (holdSmall1001): It is the same payment as in line 1.');
    expect(again.words).toContain('Line 4');
    again.fill({ list: LIST.join('\n') });
    await again.submit();
    await person('maria').sees.form(({ words }) => words.includes('3 payments are being looked up'));
  });

  it('takes a file instead, and says why one can’t be read', async () => {
    await person('maria').types('/cancel bulk shop-pl');
    const form = await person('maria').sees.form(({ words }) => words.includes('Or a CSV file'));
    const both = { list: LIST.join('\n'), file: house.slack.giveFile('tx1'), reason: 'The shop was closed' };
    await form.fill(both).submit();
    const again = await person('maria').sees.form(({ words }) => words.includes('but not both'));
    await again
      .fill({ list: '', file: house.slack.apiUrl.replace('/api/', '/files-pri/none'), reason: both.reason })
      .submit();
    const unread = await person('maria').sees.form(({ words }) => words.includes('could not be read'));
    const many = Array.from({ length: 1001 }, (_, index) => `hold${index}`).join('\r\n');
    await unread.fill({ file: house.slack.giveFile(`transaction_id\r\n${many}`) }).submit();
    const tooMany = await person('maria').sees.form(({ words }) => words.includes('It has 1001 payments'));
    await tooMany.close();
  });

  it('is one card, which the requester can’t approve', async () => {
    await person('maria').sees.directMessage(({ text }) => text.includes('✅ B-1001 with 3 payments'));
    const card = await inChannel('The complete list is the file in this thread.');
    expect(card.text).toContain('B-1001: cancel 3 payments at shop-pl');
    const list = await fileCalled('B-1001-list.csv');
    for (const payment of LIST) expect(list).toContain(payment);

    await person('maria').presses('Approve', card);
    await person('maria').sees.ephemeral(({ text }) => text.includes('You asked for B-1001 yourself'));
    expect(LIST.map(effects)).toEqual([0, 0, 0]);
  });

  it('is sent one by one when enough second people approved, and ends with a file of what came of it', async () => {
    const card = await inChannel('The complete list is the file in this thread.');
    await approve('pavel', card);
    await inChannel('<@U_PAVEL> approved all of it.');
    await approve('lena', card);
    await inChannel('B-1001: 3 of 3 done. 3 cancelled.');
    expect(LIST.map(effects)).toEqual([1, 1, 1]);

    const result = await fileCalled('B-1001-settled.csv');
    for (const payment of LIST) expect(result).toMatch(new RegExp(`${payment}.*cancelled`));
    await inChannel('🏁 Done: 3 cancelled');
    await person('maria').sees.directMessage(({ text }) => text.includes('🏁 Done: 3 cancelled'));
  });
});
