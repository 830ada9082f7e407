import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, cardSaying } from './cast.ts';

describe('the summary', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
    const done = await ask(house, 'maria', 'shop-pl', 'holdMedium1002');
    await approve(house, 'pavel', done.card);
    await cardSaying(house, done, '✅ Cancelled');
    const unknown = await ask(house, 'maria', 'shop-pl', 'holdDropped4002');
    await approve(house, 'pavel', unknown.card);
    await cardSaying(house, unknown, '❓ Outcome unknown');
    const rejected = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    await house.slack.person('maria').presses('Approve', rejected.card);
    await house.slack.person('maria').presses('Withdraw', rejected.card);
    await cardSaying(house, rejected, 'Withdrawn');
    await ask(house, 'maria', 'hotel-kz', '7777777777');
  });
  afterAll(() => house.stop());

  it('is shown to whoever asks: what waits first, unknown before all, money per currency, and it adds up', async () => {
    const tom = house.slack.person('tom');
    await tom.types('/cancel summary');
    const { text } = await tom.sees.ephemeral((message) => message.text.includes('Cancellations on'));
    const lines = text.replaceAll('\u00a0', ' ').split('\n');
    // The first tick may have summarised yesterday by now, and then there is something to compare with.
    const told = lines
      .filter((line) => !/^📋 Nobody|^In brackets/.test(line))
      .map((line) => line.replace(/ {2}\(.*\)$/, ''));
    expect(told.slice(1)).toEqual([
      '*Waits on somebody: 1*',
      '❓ Outcome unknown: *1*',
      expect.stringMatching(/^• \*C-1002\*  ·  `shop-pl`  ·  .* PLN  ·  since /),
      '📝 Opened: *4*',
      '✍️ Approved: *2*',
      '✅ Cancelled: *1*',
      '↩️ Withdrawn: *1*',
      '*Money*',
      '`shop-pl`: cancelled *480.00 PLN* (1)',
      '`shop-tr`: withdrawn *49.90 TRY* (1)',
      expect.stringMatching(/^Time to decision: half within \d+ s, the slowest \d+ s \(C-100[12]\)$/),
      'Largest: *C-1001* 480.00 PLN at `shop-pl`, cancelled, *C-1003* 49.90 TRY at `shop-tr`, withdrawn',
      // Whether the withdrawal or the try to approve came first.
      expect.stringMatching(/^Refused tries: \*1\* \(1 (self-approval|after the decision)\)$/),
      'carried in 0 + opened 4 = ended 2 + carried out 2',
      expect.stringContaining('Europe/Warsaw; as known at '),
      expect.stringMatching(/^record head \d+:/),
    ]);
  });

  it('says of a quiet day that it was one', async () => {
    const tom = house.slack.person('tom');
    await tom.types('/cancel summary 2020-02-29');
    await tom.sees.ephemeral(
      ({ text }) => text.includes('Saturday, 29 February 2020') && text.includes('opened 0 = ended 0'),
    );
  });

  it('comes to the finance channel once a day, at its hour, however many processes run', async () => {
    const another = await house.startAnother();
    const both = [house.countersign, another];
    const { rows } = await house.database.sql.query<{ early: string; late: string }>(
      `with tomorrow as (select (now() at time zone 'Europe/Warsaw')::date + 1 as day)
       select extract(epoch from (day + time '08:58') at time zone 'Europe/Warsaw' - now())::int as early,
              extract(epoch from (day + time '09:01') at time zone 'Europe/Warsaw' - now())::int as late from tomorrow`,
    );
    const finance = house.slack.channel('finance');
    const before = finance.messages.length;

    house.wait(Number(rows[0]?.early));
    await Promise.all(both.map(({ usecases }) => usecases.tick()));
    expect(finance.messages.slice(before).filter(({ text }) => text.includes('opened 4 ='))).toEqual([]);

    house.wait(Number(rows[0]?.late) - Number(rows[0]?.early));
    await Promise.all(both.map(({ usecases }) => usecases.tick()));
    const message = await finance.waitForMessage(({ text }) => text.includes('opened 4 ='));
    expect(readWords(message)).toContain('Refused tries: *1*');
    const [, seq, hash] = /record head (\d+):([0-9a-f]{64})/.exec(readWords(message)) ?? [];
    const chained = await house.database.sql.query<{ hash: string }>(
      "select encode(hash, 'hex') as hash from chain where seq = $1",
      [seq],
    );
    expect(chained.rows).toEqual([{ hash }]);
    const [day] = (
      await house.database.sql.query<{ day: string }>(`select max(local_date)::text as day from summaries`)
    ).rows;
    await Promise.all(
      both.flatMap(({ usecases }) => [usecases.tick(), usecases.postSummary('day', day?.day ?? '')]),
    );
    expect(finance.messages.filter(({ text }) => text.includes('opened 4 ='))).toHaveLength(1);
  });
});
