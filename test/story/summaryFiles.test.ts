import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/domain/csv.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { approve, ask, cardSaying } from './cast.ts';

function picturesIn({ blocks }: Message) {
  return blocks.flatMap((block) => (block.type === 'image' ? [block] : []));
}

/** A day with what every figure counts, summarised the morning after. */
describe('the files of a summary', () => {
  let house: House;
  let posted: Message;
  const finance = () => house.slack.channel('finance');
  const fileEnding = (end: string) =>
    house.slack.workspace.changes.until(
      () => house.slack.files.find(({ name, thread }) => thread === posted.ts && name.endsWith(end)),
      () => `a file ${end}; there are ${house.slack.files.map(({ name }) => name).join(', ')}`,
    );

  beforeAll(async () => {
    // Due as soon as the day is over, at whatever hour the test runs.
    const summary = { time: '00:00', zone: 'Europe/Warsaw' };
    house = await openHouse('socket', { settings: { summary } });
    const done = await ask(house, 'maria', 'shop-pl', 'holdMedium1002');
    await approve(house, 'pavel', done.card);
    await cardSaying(house, done, '✅ Cancelled');
    const refused = await ask(house, 'maria', 'shop-pl', 'holdCaptured2001');
    await approve(house, 'pavel', refused.card);
    await cardSaying(house, refused, '⛔ Refused');
    await ask(house, 'maria', 'hotel-kz', '7777777777', '=1+1');
    // Slack needs a while for both.
    house.slack.lagFiles({ processing: 2, sharing: 1 });
    house.wait(86_400);
    await house.countersign.usecases.tick();
    posted = await finance().waitForMessage(({ text }) => text.includes('opened 3 ='));
  });
  afterAll(() => house.stop());

  it('follow it: the picture into the message, once Slack can show it, and into the thread', async () => {
    const shown = await finance().waitForMessage(
      (message) => message.ts === posted.ts && picturesIn(message).length > 0,
    );
    const [picture] = picturesIn(shown);
    expect(picture?.alt_text.replaceAll('\u00a0', ' ')).toContain(
      'Ended: 1 cancelled and 1 refused. Cancelled money: 480.00 PLN.',
    );
    const file = await fileEnding('.png');
    expect(picture?.slack_file).toEqual({ id: file.id });
    expect(file.thread).toBe(posted.ts);
    expect(file.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect({ ...shown, blocks: [], edited: undefined }).toMatchObject({ text: posted.text });
  });

  it('list every request of the day for a spreadsheet, and add up to the message', async () => {
    const { text, thread } = await fileEnding('.csv');
    expect(thread).toBe(posted.ts);
    const [heading = [], ...rows] = readCsv(text).map(({ cells }) => cells);
    const lines = rows.map((cells) => Object.fromEntries(heading.map((name, index) => [name, cells[index]])));
    expect(lines[1]?.['refusal_code']).toMatch(/\S/);
    expect(lines).toMatchObject([
      {
        request: 'C-1001',
        account: 'shop-pl',
        payment: 'holdMedium1002',
        amount: '480.00',
        currency: 'PLN',
        opened: 'yes',
        ended_as: 'cancelled',
        requester: 'U_MARIA',
        approved_by: 'U_PAVEL',
        refusal_code: '',
      },
      { request: 'C-1002', ended_as: 'refused' },
      { request: 'C-1003', ended_as: '', state_now: 'expired', approved_by: '' },
    ]);
    expect(text).not.toContain('=1+1');
    expect(posted.text).toContain('carried in 0 + opened 3 = ended 2 + carried out 1');
  });

  it('come once, however often the queue rings for them', async () => {
    const { rows } = await house.database.sql.query<{ date: string }>(
      `select local_date::text as date from summaries order by local_date desc limit 1`,
    );
    const date = rows[0]?.date ?? '';
    await fileEnding('.csv');
    await Promise.all([1, 2].map(() => house.countersign.usecases.shareSummaryFiles('day', date)));
    const thread = finance().messages.filter(
      ({ thread_ts, ts }) => thread_ts === posted.ts && ts !== posted.ts,
    );
    expect(thread).toHaveLength(2);
    expect(house.slack.complaints).toEqual([]);
  });
});
