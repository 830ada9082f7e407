import { afterEach, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { approveBulk, type Asked, askInBulk, buttonsOf, threadSaying } from './cast.ts';

const HOUR = 3600;
const LIST = ['holdSmall1001', 'holdLarge1003'];

let house: House;
afterEach(() => house.stop());

async function openWith(reminders: object): Promise<Asked> {
  house = await openHouse('socket', { settings: { reminders } });
  return askInBulk(house, 'maria', LIST);
}

/** Lets the time pass, and then the clock strike. */
async function pass(hours: number): Promise<void> {
  house.wait(hours * HOUR + 1);
  await house.countersign.usecases.tick();
}

/** Without waiting for the bell, which rings once in two minutes at most. */
async function announce(): Promise<void> {
  const { rows } = await house.database.sql.query<{ id: string }>('select id from bulks');
  await house.countersign.usecases.announceBulk(rows[0]?.id ?? '');
}

function inThread({ headline }: Asked, words: string): readonly Message[] {
  return house.slack
    .channel('approvals')
    .messages.filter(({ thread_ts, text }) => thread_ts === headline.ts && text.includes(words));
}

const mentionsIn = ({ text }: Message) => Array.from(text.matchAll(/<@(\w+)>/g), ([, user]) => user);
/** What a clock shows in UTC in so many minutes. */
const timeIn = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);

describe('a bulk that nobody decides', () => {
  it('pings its approvers once for all of it, with buttons that work until it is decided', async () => {
    const asked = await openWith({ after: '1h' });
    await house.countersign.usecases.tick();
    await announce();
    expect(inThread(asked, '⏰')).toEqual([]);

    await pass(1);
    const reminder = await threadSaying(house, asked, '⏰ This still waits for a decision');
    expect(mentionsIn(reminder)).toEqual(expect.arrayContaining(['U_PAVEL', 'U_LENA']));
    expect(mentionsIn(reminder)).not.toContain('U_MARIA');
    await pass(1);
    await announce();
    expect(inThread(asked, '⏰')).toHaveLength(1);

    await approveBulk(house, 'pavel', reminder);
    await threadSaying(house, asked, '<@U_PAVEL> approved all of it.');
    await approveBulk(house, 'lena', reminder);
    const over = await threadSaying(house, asked, '⏰ Whoever could decide was reminded.');
    expect([over.ts, buttonsOf(over), mentionsIn(over)]).toEqual([reminder.ts, [], []]);
    expect(house.slack.complaints).toEqual([]);
  });

  it('is escalated once, to those whose approval is missing and to others who are told so', async () => {
    const asked = await openWith({
      after: '1h',
      escalate_after: '3h',
      escalate_to: ['U_MARIA', 'U_LENA', 'U_TOM'],
    });
    await approveBulk(house, 'pavel', asked.card);
    await threadSaying(house, asked, '<@U_PAVEL> approved all of it.');
    await pass(3);
    const escalation = await threadSaying(house, asked, '🚨');
    expect(mentionsIn(escalation)).toEqual(['U_LENA', 'U_TOM']);
    expect(escalation.text).toContain('<@U_LENA> please approve or reject it.');
    await pass(1);
    await announce();
    expect(inThread(asked, '🚨')).toHaveLength(1);

    await approveBulk(house, 'lena', escalation);
    const escalated = await threadSaying(house, asked, '🚨 This was escalated.');
    expect([escalated.ts, buttonsOf(escalated)]).toEqual([escalation.ts, []]);
  });

  it('pings nobody in quiet hours, nor under a freeze, but after them', async () => {
    const asked = await openWith({ after: '1h', quiet: `${timeIn(30)}-${timeIn(120)} UTC` });
    await pass(1.5);
    await announce();
    expect(inThread(asked, '⏰')).toEqual([]);
    await house.slack.person('pavel').types('/cancel freeze all Suspicious night');
    await house.slack.person('pavel').sees.ephemeral(({ text }) => text.includes('F-1'));
    await pass(0.6);
    await announce();
    expect(inThread(asked, '⏰')).toEqual([]);
    const [pavel, lena] = [house.slack.person('pavel'), house.slack.person('lena')];
    await pavel.types('/cancel lift F-1');
    await pavel.sees.ephemeral(({ text }) => text.includes('One more approver has to agree'));
    await lena.types('/cancel lift F-1');
    await lena.sees.ephemeral(({ text }) => text === '✅ F-1 is lifted.');
    await announce();
    expect(inThread(asked, '⏰')).toHaveLength(1);
  });
});
