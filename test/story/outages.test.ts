import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, cardSaying, find, threadSaying } from './cast.ts';

describe('when something is away', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  it('Slack: the card comes when it is back, and once', async () => {
    const lift = house.slack.breaks('chat.postMessage', { type: 'http_500' }, 2);
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_medium');
    lift();
    const cards = house.slack.channel('approvals').messages.filter(({ text }) => text.includes(asked.name));
    expect(cards).toHaveLength(2);
  });

  it('Slack, after it took headline and card: each is there once, and the card works', async () => {
    house.slack.breaks('chat.postMessage', { type: 'dropped_after' }, 2, house.settings.channels.approvals);
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    await house.slack.waitForCall('conversations.replies');
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(house.simulators.accounts.get('shop-tr')?.effects('T4U_small')).toBe(1);
    const named = house.slack.channel('approvals').messages.filter(({ text }) => text.startsWith(asked.name));
    expect(named.map(({ ts }) => ts)).toEqual([asked.headline.ts, asked.card.ts]);
  });

  it('the card, deleted by somebody: a new one is posted at the next change', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1001-unpaid');
    house.slack.workspace.conversations.remove(asked.card);
    const { rows } = await house.database.sql.query<{ id: string }>(
      'select id from requests where number = $1',
      [asked.name.slice(2)],
    );
    await house.countersign.usecases.decideOnRequest(
      rows[0]?.id ?? '',
      { type: 'withdraw' },
      { team: 'T_ACME', user: 'U_MARIA' },
    );
    await threadSaying(house, asked, 'withdrew');
    const { card } = await find(house, asked.name);
    expect(card.ts).not.toBe(asked.card.ts);
  });

  it('Postgres: nothing is sent, the person is told, and it goes on afterwards', async () => {
    const asked = await ask(house, 'maria', 'hotel-kz', '7777777777');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    const form = await pavel.sees.form(({ words }) => words.includes('This is sent to'));

    const name = new URL(house.database.url).pathname.slice(1);
    const admin = new Client({ connectionString: house.database.ownerUrl.replace(`/${name}`, '/postgres') });
    await admin.connect();
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await form.submit();
    await pavel.sees.directMessage(({ text }) => text.includes('Something went wrong on our side'));
    expect(house.simulators.accounts.get('hotel-kz')?.effects('7777777777')).toBe(0);

    await admin.query(`alter database ${name} allow_connections true`);
    await admin.end();
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(house.simulators.accounts.get('hotel-kz')?.effects('7777777777')).toBe(1);
  });

  it('Slack, for one channel that it limits: forms and answers come all the same', async () => {
    const limited = { type: 'rate_limited', retryAfterSeconds: 30 } as const;
    house.slack.breaks('chat.postMessage', limited, 1, house.settings.channels.approvals);
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-ua order-1002-unpaid Paid twice', { in: 'general' });
    await (await maria.sees.form(({ words }) => words.includes('shop-ua'))).submit();
    await maria.sees.form(({ words }) => words.includes('is in the approvals channel'));
    await house.slack.waitForCall('chat.postMessage', ({ answer }) => answer === undefined);
    await maria.types('/cancel list mine', { in: 'general' });
    await maria.sees.ephemeral(({ text }) => text.includes('C-'));
  });
});
