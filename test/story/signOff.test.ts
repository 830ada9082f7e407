import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSeconds, secondsBetween } from '../../src/domain/clock.ts';
import { nextTimeOfDay } from '../../src/domain/timeOfDay.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import { buttonsOf } from './cast.ts';

describe('a summary that finance signs', () => {
  let house: House;
  let first: Message;
  beforeAll(async () => {
    house = await openHouse('socket', {
      settings: { summary: { time: '09:00', zone: 'Europe/Warsaw', reviewers: 'risk' } },
    });
    first = await nextMorning();
  });
  afterAll(() => house.stop());

  /** Lets it become a minute past nine, and finds what came to the finance channel. */
  async function nextMorning(): Promise<Message> {
    const seen = new Set(house.slack.channel('finance').messages.map(({ ts }) => ts));
    const now = addSeconds(new Date(), waited);
    const seconds = secondsBetween(now, nextTimeOfDay('09:01', 'Europe/Warsaw', now));
    house.wait(seconds);
    waited += seconds;
    await house.countersign.usecases.tick();
    return house.slack
      .channel('finance')
      .waitForMessage(({ ts, text }) => !seen.has(ts) && text.includes('Cancellations'));
  }
  let waited = 0;

  const person = (name: string) => house.slack.person(name);
  const shows = (words: string) =>
    house.slack
      .channel('finance')
      .waitForMessage((message) => message.ts === first.ts && readWords(message).includes(words));
  const signOffs = async () =>
    (await house.database.sql.query<object>('select person_user, groups, refusal from sign_offs order by id'))
      .rows;

  it.each([
    ['somebody of another group', 'pavel', 'you are in none of the groups that may (risk)'],
    ['a guest', 'gina', 'you are a guest'],
    ['a leaver', 'dora', 'your account is deactivated'],
    ['somebody from elsewhere', 'stan', 'you are from another organisation'],
  ])('is not signed by %s, who is told why', async (_who, name, why) => {
    await person(name).presses('Reviewed', first);
    await person(name).sees.ephemeral(
      ({ text }) => text.startsWith("You can't review this: ") && text.includes(why),
    );
    expect(await signOffs()).toContainEqual(
      expect.objectContaining({ person_user: `U_${name.toUpperCase()}` }),
    );
    expect(buttonsOf(first)).toEqual(['buttons']);
  });

  it('is carried to the top of the next while it is not signed', async () => {
    const second = await nextMorning();
    expect(second.text.split('\n')[1]).toMatch(/^📋 Nobody has reviewed \*\d days?\*: \d/);
  });

  it('shows who signed it, in place of the button, and keeps that for good', async () => {
    await person('lena').presses('Reviewed', first);
    await person('lena').sees.ephemeral(({ text }) =>
      text.startsWith('✅ It is recorded that you reviewed "Cancellations on '),
    );
    const signed = await shows('✅ Reviewed by <@U_LENA> at ');
    expect(buttonsOf(signed)).toEqual([]);
    expect(signed.text).toContain('Reviewed by <@U_LENA>');
    expect(await signOffs()).toContainEqual({ person_user: 'U_LENA', groups: ['risk'], refusal: null });
  });

  it('answers whoever signs it again in one sentence', async () => {
    await person('lena').presses('Reviewed', first);
    await person('lena').sees.ephemeral(({ text }) =>
      text.startsWith('Nothing was changed for "Cancellations on '),
    );
    expect(await signOffs()).toContainEqual({
      person_user: 'U_LENA',
      groups: ['risk'],
      refusal: 'already_signed_off',
    });
  });

  it('is shown as it was made to whoever asks for its day, with the button until it is signed', async () => {
    const [, day = ''] = /Cancellations on \w+, (\d+ \w+ \d+)/.exec(first.text) ?? [];
    const date = new Date(`${day} UTC`).toISOString().slice(0, 10);
    await person('tom').types(`/cancel summary ${date}`);
    const shown = await person('tom').sees.ephemeral(({ text }) => text.includes('Reviewed by <@U_LENA>'));
    expect(shown.text).toContain(/record head \d+:\w+/.exec(first.text)?.[0]);
  });
});
