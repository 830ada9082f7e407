import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkFile } from '../../src/domain/bulk.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approveBulk, type Asked, askInBulk, labelsIn, threadSaying } from './cast.ts';

describe('/cancel show of a bulk', () => {
  let house: House;
  let asked: Asked;
  beforeAll(async () => {
    house = await openHouse('socket');
    asked = await askInBulk(house, 'maria', ['holdSmall1001', 'holdLarge1003'], 'Paid <!channel> twice');
  });
  afterAll(() => house.stop());

  async function shows(who: string, what: string, begins = `*${what}: cancel`): Promise<Message> {
    const person = house.slack.person(who);
    const before = person.ephemerals.length;
    await person.types(`/cancel show ${what}`, { in: 'general' });
    return person.sees.ephemeral(({ text }) => person.ephemerals.length > before && text.startsWith(begins));
  }

  /** The app remembers a file right after Slack has it. */
  async function isInThread(file: BulkFile): Promise<void> {
    const kept = async () =>
      (await house.database.sql.query('select from messages where kind = $1', [`file:${file}`])).rowCount;
    await expect.poll(kept, { timeout: 10_000 }).toBe(1);
  }

  it('tells who asked, why, how much and how it stands, and has the buttons that are its reader’s', async () => {
    await isInThread('list');
    const shown = await shows('pavel', asked.name);
    for (const words of [shown.text, readWords({ ...shown, text: '' })]) {
      expect(words).toContain('B-1001: cancel 2 payments at shop-pl');
      expect(words).toContain('⏳ Waiting for approval');
      expect(words).toContain('Lines: 2 waiting for approval');
      expect(words).toContain('decide before');
      expect(words).toMatch(/Asked by <@U_MARIA> at/);
      expect(words).toContain('📎 In its thread: the list.');
      expect(words).toMatch(/Digest `[0-9a-f]{64}`/);
      expect(words).toContain(
        `<https://acme.slack.com/archives/C_APPROVALS/p${asked.headline.ts.replace('.', '')}|`,
      );
    }
    expect(shown.text).toContain('Paid &lt;!channel&gt; twice');
    expect(labelsIn(shown)).toEqual(['Approve', 'Reject']);
    expect(labelsIn(await shows('maria', asked.name))).toEqual(['Withdraw']);
    expect(labelsIn(await shows('tom', asked.name))).toEqual([]);
  });

  it('is named by its lines, of which none has a button of its own', async () => {
    const line = await shows('pavel', 'C-1001');
    expect(line.text).toContain('A line of B-1001, with which it is decided on and sent');
    expect(line.text).toContain(`/archives/C_APPROVALS/p${asked.headline.ts.replace('.', '')}|`);
    expect(labelsIn(line)).toEqual([]);
    const pavel = house.slack.person('pavel');
    await pavel.types('/cancel find holdLarge1003', { in: 'general' });
    const found = await pavel.sees.ephemeral(({ text }) => text.startsWith('*Found for `holdLarge1003`*'));
    expect(found.text).toContain('*C-1002*');
    expect(labelsIn(found)).toEqual([]);
  });

  it('is decided on there, and told there, because no thread is', async () => {
    await house.slack.person('maria').presses('Approve', asked.card);
    await house.slack.person('maria').sees.ephemeral(({ text }) => text.includes('yourself'));
    await approveBulk(house, 'pavel', await shows('pavel', asked.name));
    await house.slack
      .person('pavel')
      .sees.ephemeral(({ text }) => text === 'You approved B-1001; it still needs somebody of `risk`.');
    expect(labelsIn(await shows('pavel', asked.name))).toEqual(['Reject']);
    await approveBulk(house, 'lena', await shows('lena', asked.name));
    await house.slack
      .person('lena')
      .sees.ephemeral(
        ({ text }) => text === 'You approved B-1001; now its payments are sent, one after the other.',
      );
    await threadSaying(house, asked, 'B-1001: 2 of 2 done. 2 cancelled.');
  });

  it('tells all that was done to it in order, refused tries too, and where its files are', async () => {
    await isInThread('settled');
    const shown = await shows('tom', 'b1001', '*B-1001: cancel');
    const parts = [
      '🏁 Done: 2 cancelled',
      'Lines: 2 cancelled',
      'Asked by <@U_MARIA> at',
      '✋ <@U_MARIA> tried to approve, which did not count: they had asked for it themselves.',
      '✍️ <@U_PAVEL> approved all of it.',
      '✍️ <@U_LENA> approved all of it.',
      '📎 In its thread: the list, the final result.',
      'approved by <@U_PAVEL>, <@U_LENA>',
    ];
    for (const words of [shown.text, readWords({ ...shown, text: '' })]) {
      const places = parts.map((part) => words.indexOf(part));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    expect(labelsIn(shown)).toEqual([]);
  });

  it('says so when there is none', async () => {
    const answer = await shows('pavel', 'B-4711', 'There is no bulk B-4711.');
    expect(labelsIn(answer)).toEqual([]);
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});
