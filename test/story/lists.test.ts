import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, cardSaying, threadSaying } from './cast.ts';

const namesIn = ({ text }: Message) => Array.from(text.matchAll(/^\*(C-\d+)\*/gm), ([, name]) => name);

describe('a list with more than fits', () => {
  let house: House;
  const asked: Asked[] = [];
  beforeAll(async () => {
    house = await openHouse('http');
    for (let n = 0; n < 23; n += 1) asked.push(await ask(house, 'maria', 'game-world', `b6${100 + n}`));
  });
  afterAll(() => house.stop());

  it('is turned in place, older and newer, and tells the state as it is then', async () => {
    const tom = house.slack.person('tom');
    const newest = asked.toReversed().map(({ name }) => name);
    await tom.types('/cancel list');
    const first = await tom.sees.ephemeral(({ text }) => text.startsWith('*Open requests*'));
    expect(namesIn(first)).toEqual(newest.slice(0, 10));
    expect(readWords(first)).not.toContain('Newer');

    const shows = (name: string | undefined) => tom.sees.ephemeral((message) => namesIn(message)[0] === name);
    await tom.presses('Older', first);
    const second = await shows(newest[10]);
    expect(namesIn(second)).toEqual(newest.slice(10, 20));
    await tom.presses('Older', second);
    const third = await shows(newest[20]);
    expect(namesIn(third)).toEqual(newest.slice(20));
    expect(readWords(third)).not.toContain('Older');

    await house.slack.person('maria').presses('Withdraw', asked[0]?.card ?? third);
    await cardSaying(house, asked[0] ?? failing(), '↩️ Withdrawn');
    await tom.presses('Newer', third);
    expect(namesIn(await shows(newest[10]))).toEqual(newest.slice(10, 20));
    await tom.presses('Older', await shows(newest[10]));
    expect(namesIn(await shows(newest[20]))).toEqual(newest.slice(20, 22));
    // It was one message all along.
    expect(tom.ephemerals.filter(({ text }) => text.startsWith('*Open requests*'))).toHaveLength(1);
  });

  it('lists what is one’s own, also when it is over', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel list mine');
    const mine = await maria.sees.ephemeral(({ text }) => text.startsWith('*Your requests*'));
    expect(namesIn(mine)).toHaveLength(10);
    await house.slack.person('tom').types('/cancel list mine');
    await house.slack.person('tom').sees.ephemeral(({ text }) => text === '*Your requests*: none.');
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});

describe('finding and showing', () => {
  let house: House;
  let cancelled: Asked;
  let rejected: Asked;
  beforeAll(async () => {
    house = await openHouse('socket');
    const pavel = house.slack.person('pavel');
    rejected = await ask(house, 'maria', 'shop-pl', 'holdSmall1001', 'Paid <!channel> twice');
    await pavel.presses('Reject', rejected.card);
    await (await pavel.sees.form()).fill({ 'Why not?': 'It is <!here> not *his*' }).submit();
    await cardSaying(house, rejected, '🚫 Rejected');

    cancelled = await ask(house, 'tom', 'shop-pl', 'holdSmall1001', 'Really paid twice');
    await house.slack.person('tom').presses('Approve', cancelled.card);
    await house.slack.person('tom').sees.ephemeral(({ text }) => text.includes('yourself'));
    await approve(house, 'pavel', cancelled.card);
    await cardSaying(house, cancelled, '✅ Cancelled');
    await threadSaying(house, cancelled, 'SIBS cancelled the payment');
    await ask(house, 'maria', 'game-world', 'b480');
  });
  afterAll(() => house.stop());

  it('finds every request for a payment, the newest first, also those that are over', async () => {
    const tom = house.slack.person('tom');
    await tom.types('/cancel find holdSmall1001');
    const found = await tom.sees.ephemeral(({ text }) => text.startsWith('*Found for `holdSmall1001`*'));
    expect(namesIn(found)).toEqual([cancelled.name, rejected.name]);
    expect(found.text).toMatch(/<@U_TOM>.*✅ Cancelled[^]*<@U_MARIA>.*🚫 Rejected/);
  });

  it('finds a request by its number', async () => {
    const tom = house.slack.person('tom');
    await tom.types(`/cancel find ${rejected.name.toLowerCase()}`);
    const found = await tom.sees.ephemeral(({ text }) => text.startsWith('*Found for `c-'));
    expect(namesIn(found)).toEqual([rejected.name]);
  });

  it.each([
    ['/cancel find holdsmall1001', 'Nothing was found for `holdsmall1001`'],
    ['/cancel find holdSmall100', 'Nothing was found for `holdSmall100`'],
    ['/cancel find <!channel>', 'Nothing was found for `&lt;!channel&gt;`'],
    [`/cancel find ${'x'.repeat(301)}`, 'Say what to find'],
    [`/cancel find ${'&'.repeat(300)}`, 'Nothing was found for'],
  ])('%s: %s', async (typed, sentence) => {
    const tom = house.slack.person('tom');
    await tom.types(typed);
    await tom.sees.ephemeral(({ text }) => text.startsWith(sentence));
  });

  it('shows the whole story, in order, with refused tries, attempts, the full digest and a link', async () => {
    const lena = house.slack.person('lena');
    await lena.types(`/cancel show ${cancelled.name}`);
    const shown = await lena.sees.ephemeral(({ text }) => text.startsWith(`*${cancelled.name}: cancel`));
    const parts = [
      '✅ Cancelled',
      'Asked by <@U_TOM> at',
      'Really paid twice',
      '*What SIBS said* at',
      '✋ <@U_TOM> tried to approve, which did not count: they had asked for it themselves.',
      '✍️ <@U_PAVEL> approved.',
      '📨 Attempt 1 to tell SIBS began.',
      '✅ SIBS cancelled the payment.',
      'approved by <@U_PAVEL>',
    ];
    for (const words of [shown.text, readWords({ ...shown, text: '' })]) {
      const places = parts.map((part) => words.indexOf(part));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(words).toMatch(/Digest `[0-9a-f]{64}`/);
      expect(words).toContain(
        `<https://acme.slack.com/archives/C_APPROVALS/p${cancelled.headline.ts.replace('.', '')}|`,
      );
    }
  });

  it('shows what people wrote as they wrote it, and pings nobody', async () => {
    const lena = house.slack.person('lena');
    await lena.types(`/cancel show ${rejected.name}`);
    const shown = await lena.sees.ephemeral(({ text }) => text.startsWith(`*${rejected.name}: cancel`));
    expect(shown.text).toContain('Paid &lt;!channel&gt; twice');
    expect(shown.text).toContain('It is &lt;!here&gt; not');
    expect(JSON.stringify(shown)).not.toMatch(/"mrkdwn","text":"[^"]*<!(channel|here)>/);
  });

  it.each(['gina', 'solo', 'stan', 'otto', 'dora'])('shows nothing of the record to %s', async (who) => {
    const person = house.slack.person(who);
    for (const words of ['list', `show ${cancelled.name}`, 'find holdSmall1001', 'summary']) {
      const before = person.ephemerals.length;
      await person.types(`/cancel ${words}`);
      const answer = await person.sees.ephemeral(() => person.ephemerals.length > before);
      expect(answer.text).toMatch(/^Only full, active members of this workspace can see requests, and you/);
      expect(answer.blocks).toEqual([]);
    }
    await person.types('/cancel help');
    await person.sees.ephemeral(({ text }) => text.startsWith('*Nobody cancels a payment alone'));
  });

  it('shows nothing while Slack can’t say who somebody is', async () => {
    const tom = house.slack.person('tom');
    house.slack.breaks('users.info', { type: 'http_500' });
    await tom.types('/cancel find holdSmall1001');
    await tom.sees.ephemeral(({ text }) => text.includes('Slack could not be asked about you'));
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});

function failing(): never {
  throw new Error('it is not there');
}
