import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_SECONDS } from '../../src/domain/clock.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, buttonsOf, cardSaying, threadSaying } from './cast.ts';
import { deliver, refundPingback } from './reports.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse('socket');
});
afterAll(() => house.stop());

it('calls a person once when the look-ups end, and a later web-hook still settles it', async () => {
  const asked = await ask(house, 'maria', 'game-world', 'bwaiting');
  await approve(house, 'pavel', asked.card);
  await cardSaying(house, asked, 'Accepted by the provider');
  const { rows } = await house.database.sql.query<{ id: string }>('select id from requests');
  const id = rows[0]?.id ?? '';
  const { usecases } = house.countersign;
  const approvals = house.slack.channel('approvals');
  const calls = () => approvals.messages.filter(({ text }) => text.includes('please look at the provider'));

  house.wait(29 * DAY_SECONDS);
  await usecases.lookUpUnsettled(id);
  await usecases.announce(id);
  expect(calls()).toEqual([]);

  house.wait(DAY_SECONDS + 60);
  await usecases.lookUpUnsettled(id);
  await cardSaying(house, asked, 'decides later: a person has to look at the provider');
  const call = await threadSaying(house, asked, 'please look at the provider and record what you found');
  expect(call.text).toContain('<@U_PAVEL> <@U_LENA>');
  expect(call.text).not.toContain('<@U_MARIA>');
  expect(buttonsOf(call)).toEqual(['buttons']);
  await approvals.waitForMessage(
    ({ ts, text }) => ts === asked.headline.ts && text.includes('a person has to look at the provider'),
  );
  const maria = house.slack.person('maria');
  await maria.types('/cancel list unknown');
  await maria.sees.ephemeral(({ text }) => text.includes(asked.name));

  // Somebody orders one more look-up, which brings nothing, and everything runs once more.
  house.wait(DAY_SECONDS);
  await house.database.sql.query('update look_ups set due_at = now() where request_id = $1', [id]);
  await usecases.lookUpUnsettled(id);
  await usecases.announce(id);
  await usecases.tick();
  expect(calls()).toHaveLength(1);

  await deliver(house, refundPingback(house, 'bwaiting'));
  await cardSaying(house, asked, '✅ Cancelled');
  await approvals.waitForMessage(({ ts, text }) => ts === call.ts && !text.includes('please look'));
  expect(buttonsOf(await threadSaying(house, asked, 'still not known'))).toEqual([]);
});
