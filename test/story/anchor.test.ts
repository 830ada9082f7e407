import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSeconds, secondsBetween } from '../../src/domain/clock.ts';
import { nextTimeOfDay } from '../../src/domain/timeOfDay.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import { freeTables } from '../record/superuser.ts';
import { ask } from './cast.ts';
import { callOperator, type Operator } from './verifying.ts';

const HEAD = /record head (\d+):([0-9a-f]{64})/;
/** Slack tells at most two hundred messages at once. */
const CHATTER = 230;

function hasPicture({ blocks }: Message): boolean {
  return blocks.some(({ type }) => type === 'image');
}

describe('the heads in the finance channel', () => {
  let house: House;
  let operator: Operator;
  let waited = 0;
  const finance = () => house.slack.channel('finance');
  const summaries = () => finance().messages.filter((message) => HEAD.test(message.text));

  beforeAll(async () => {
    const summary = {
      time: '09:00',
      zone: 'Europe/Warsaw',
      weekly: 'monday',
      monthly: true,
      reviewers: 'risk',
    };
    house = await openHouse('socket', { settings: { summary } });
    operator = await callOperator(house);
    await mornings(1);
    await ask(house, 'maria', 'hotel-kz', '7777777777');
    await mornings(1);
    for (let n = 0; n < CHATTER; n += 1)
      house.slack.workspace.conversations.post({
        channel: finance().id,
        user: 'U_TOM',
        text: `Hello ${n}`,
        blocks: [],
      });
    // Any eight days have a Monday.
    await mornings(8);
    await finance().waitForMessage(({ text }) => text.includes('one summary for 8 days'));
    const { rows } = await house.database.sql.query<{ made: string; weeks: string }>(
      `select (select count(*) from roll_ups) as weeks,
         (select count(*) from summaries) + (select count(*) from roll_ups) as made`,
    );
    if (rows[0]?.weeks === '0') throw new Error('eight days have a Monday, and no week was summarised');
    await house.slack.workspace.changes.until(
      () => (summaries().length === Number(rows[0]?.made) ? true : undefined),
      () => `${rows[0]?.made} summaries; there are ${summaries().length}`,
    );
  });
  afterAll(async () => {
    await operator.stop();
    await house.stop();
  });

  /** So many days pass, of which only the last sees a process run. */
  async function mornings(days: number): Promise<void> {
    for (let day = 0; day < days; day += 1) {
      const now = addSeconds(new Date(), waited);
      const seconds = secondsBetween(now, nextTimeOfDay('09:01', 'Europe/Warsaw', now));
      house.wait(seconds);
      waited += seconds;
    }
    const before = summaries().length;
    await house.countersign.usecases.tick();
    await house.slack.workspace.changes.until(
      () => (summaries().length > before ? true : undefined),
      () => 'a summary',
    );
  }

  const shows = (wanted: Message, isWanted: (message: Message) => boolean) =>
    finance().waitForMessage((message) => message.ts === wanted.ts && isWanted(message));
  it('are all compared: of days, of several days in one, of weeks and months, and beyond a page of chatter', async () => {
    const { out, err, status } = await operator.verify(['--slack']);
    expect(err).toBe('');
    expect(out).toContain(` ${summaries().length} were compared.`);
    expect(summaries().length).toBeGreaterThanOrEqual(4);
    expect(status).toBe(0);
  });

  it('stay when a message is edited, to show its picture and who signed it off', async () => {
    const [first] = summaries();
    if (first === undefined) throw new Error('there is no summary');
    const pictured = await shows(first, hasPicture);
    await house.slack.person('lena').presses('Reviewed', pictured);
    const signed = await shows(first, (message) => readWords(message).includes('Reviewed by <@U_LENA>'));
    expect(hasPicture(signed)).toBe(true);
    expect(HEAD.exec(signed.text)?.[0]).toBe(HEAD.exec(first.text)?.[0]);
  });

  it('are not taken back by an edit, whatever somebody made of the rows', async () => {
    const second = summaries().findLast(({ blocks }) => blocks.some(({ type }) => type === 'actions'));
    if (second === undefined) throw new Error('there is no summary to sign off');
    await freeTables(house.database.sql);
    const figures = `jsonb_set(figures, '{head}', '{"seq": 1, "hash": "${'ab'.repeat(32)}"}')`;
    const { rows } = await house.database.sql.query<{ figures: unknown }>(
      'select figures from summaries where ts = $1',
      [second.ts],
    );
    await house.database.sql.query(`update summaries set figures = ${figures} where ts = $1`, [second.ts]);
    await house.slack.person('lena').presses('Reviewed', second);
    await house.slack.workspace.changes.until(
      () => house.logged.find((line) => line.includes('and its row another')),
      () => 'a line in the log',
    );
    await shows(
      second,
      ({ text, blocks }) => HEAD.exec(text)?.[0] === HEAD.exec(second.text)?.[0] && blocks.length > 0,
    );
    expect(await operator.verify(['--slack'])).toMatchObject({ status: 1 });
    await house.database.sql.query('update summaries set figures = $2 where ts = $1', [
      second.ts,
      JSON.stringify(rows[0]?.figures),
    ]);
    await house.database.sql.query('set session_replication_role = default');
  });
});
