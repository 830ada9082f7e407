import { afterEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { approve, ask, type Asked, buttonsOf, cardSaying, threadSaying } from './cast.ts';

const HOUR = 3600;

let house: House;
afterEach(() => house.stop());

async function openWith(reminders: object): Promise<void> {
  house = await openHouse('socket', { settings: { reminders } });
}

/** Lets the time pass, and then the clock strike. */
async function pass(hours: number): Promise<void> {
  house.wait(hours * HOUR + 1);
  await house.countersign.usecases.tick();
}

/** Without waiting for the bell, which rings once in two minutes at most. */
async function announce(): Promise<void> {
  const { rows } = await house.database.sql.query<{ id: string }>('select id from requests');
  await house.countersign.usecases.announce(rows[0]?.id ?? '');
}

/** What stands in the request's thread with these words. */
function inThread({ headline }: Asked, words: string): readonly Message[] {
  return house.slack
    .channel('approvals')
    .messages.filter(({ thread_ts, text }) => thread_ts === headline.ts && text.includes(words));
}

/** What a clock shows in UTC in so many minutes. */
const timeIn = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
const mentionsIn = ({ text }: Message) => Array.from(text.matchAll(/<@(\w+)>/g), ([, user]) => user);

describe('a request that nobody decides', () => {
  it('pings its approvers once, with buttons that work until it is decided', async () => {
    await openWith({ after: '1h' });
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    await house.countersign.usecases.tick();
    expect(inThread(asked, '⏰')).toEqual([]);

    await pass(1);
    const reminder = await threadSaying(house, asked, '⏰ This still waits for a decision');
    expect(mentionsIn(reminder)).toEqual(expect.arrayContaining(['U_PAVEL', 'U_LENA']));
    expect(mentionsIn(reminder)).not.toContain('U_MARIA');
    await pass(3);
    await house.countersign.usecases.tick();

    const lena = house.slack.person('lena');
    await lena.presses('Reject', reminder);
    const form = await lena.sees.form(({ words }) => words.includes('Why not?'));
    await form.fill({ 'Why not?': 'No' }).submit();
    await cardSaying(house, asked, '🚫 Rejected');
    const over = await threadSaying(house, asked, '⏰ Whoever could decide was reminded.');
    expect([over.ts, buttonsOf(over), mentionsIn(over)]).toEqual([reminder.ts, [], []]);
    expect(inThread(asked, '⏰')).toHaveLength(1);
    expect(inThread(asked, '🚨')).toEqual([]);
  });

  it('pings only those whose approval is still missing', async () => {
    await openWith({ after: '1h' });
    const asked = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, 'approved by <@U_PAVEL>');
    await pass(1);
    const reminder = await threadSaying(house, asked, '⏰');
    expect(mentionsIn(reminder)).toEqual(['U_LENA']);
    await approve(house, 'lena', reminder);
    await cardSaying(house, asked, '✅ Cancelled');
  });

  it('is escalated to people of a list of their own, and those who may not approve are told so', async () => {
    await openWith({
      after: '1h',
      escalate_after: '3h',
      escalate_to: ['U_MARIA', 'U_PAVEL', 'U_LENA', 'U_TOM'],
    });
    const asked = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, 'approved by <@U_PAVEL>');
    await pass(3);
    const escalation = await threadSaying(house, asked, '🚨');
    expect(escalation.text).toContain('<@U_LENA> please approve or reject it.');
    expect(escalation.text).toContain(
      "<@U_TOM> please see that somebody does: the approval that is missing can't come from you.",
    );
    expect(mentionsIn(escalation)).toEqual(['U_LENA', 'U_TOM']);
    expect(buttonsOf(escalation)).toEqual(['buttons']);
    expect(inThread(asked, '⏰')).toHaveLength(1);

    await approve(house, 'lena', escalation);
    await cardSaying(house, asked, '✅ Cancelled');
    const over = await threadSaying(house, asked, '🚨 This was escalated.');
    expect([over.ts, buttonsOf(over)]).toEqual([escalation.ts, []]);
  });

  it('pings nobody in quiet hours, but at their end', async () => {
    await openWith({ after: '1h', quiet: `${timeIn(30)}-${timeIn(120)} UTC` });
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    await pass(1.5);
    await announce();
    expect(inThread(asked, '⏰')).toEqual([]);
    await pass(0.6);
    await announce();
    expect(inThread(asked, '⏰')).toHaveLength(1);
  });

  it('pings nobody where the settings say nothing of it', async () => {
    house = await openHouse('socket');
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    await pass(7);
    await house.slack.person('pavel').presses('Reject', asked.card);
    expect(inThread(asked, '⏰')).toEqual([]);
  });
});
