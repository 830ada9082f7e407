import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../fakes/database.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { freeTables } from '../record/superuser.ts';
import { plantRequest } from '../store/planting.ts';
import { approve, ask, cardSaying } from './cast.ts';
import { callOperator, type Operator } from './verifying.ts';

/** What an operator types, against a story with Slack. */
describe('countersign verify', () => {
  let house: House;
  let operator: Operator;
  beforeAll(async () => {
    house = await openHouse('socket');
    const done = await ask(house, 'maria', 'shop-pl', 'holdMedium1002');
    await approve(house, 'pavel', done.card);
    await cardSaying(house, done, '✅ Cancelled');
    // Now or twelve hours later it is past nine, when the summary is due.
    await house.countersign.usecases.tick();
    house.wait(43_200);
    await house.countersign.usecases.tick();
    await house.slack.channel('finance').waitForMessage(({ text }) => text.includes('record head'));

    operator = await callOperator(house);
  });
  afterAll(async () => {
    await operator.stop();
    await house.stop();
  });
  const verify: Operator['verify'] = (options, changes) => operator.verify(options, changes);

  it('says that the record is whole, and how far the heads in Slack reach', async () => {
    const { status, out, err } = await verify(['--slack']);
    expect(err).toBe('');
    expect(out).toMatch(/^The record is whole: \d+ entries and \d+ rows about 1 requests say the same/);
    expect(out).toMatch(
      /The newest head that was posted in Slack is that of entry \d+, .* [12] were compared\.$/m,
    );
    expect(status).toBe(0);
  });

  it('believes no head that somebody else posted', async () => {
    const finance = house.slack.channel('finance');
    house.slack.workspace.conversations.post({
      channel: finance.id,
      user: 'U_TOM',
      text: `record head 1:${'ab'.repeat(32)}`,
      blocks: [],
    });
    expect(await verify(['--slack'])).toMatchObject({ status: 0 });
  });

  it('ends with 1 for a record that is broken, in words or as JSON', async () => {
    const database = await createTestDatabase();
    await freeTables(database.sql);
    await plantRequest(database.sql);
    await database.sql.query('truncate chain');
    const changes = { DATABASE_URL: database.url };
    expect(await verify([], changes)).toMatchObject({
      status: 1,
      out: 'The record is broken. First: row C-1001 of requests (C-1001): it has no entry.\n',
    });
    const { status, out } = await verify(['--json'], changes);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ faultCount: 1, faults: [{ says: 'it has no entry' }] });
    await database.stop();
  });

  it('names the date of a head in Slack that the record has not', async () => {
    const database = await createTestDatabase();
    const { status, out } = await verify(['--slack'], { DATABASE_URL: database.url });
    expect(out).toMatch(
      /^The record is broken. First: head of entry \d+, posted in Slack \d{4}-\d\d-\d\d \d\d:\d\d UTC: the chain is empty\.$/m,
    );
    expect(status).toBe(1);
    await database.stop();
  });

  it.each([
    [
      'without a key',
      { COUNTERSIGN_RECORD_KEY: '' },
      'set COUNTERSIGN_RECORD_KEY to the key that wrote the record.',
    ],
    ['with half a key', { COUNTERSIGN_RECORD_KEY: 'c5c5' }, 'must be 64 hex digits.'],
    ['without a database', { DATABASE_URL: 'postgres://127.0.0.1:1/none' }, 'ECONNREFUSED'],
    ['with no database named', { DATABASE_URL: '', COUNTERSIGN_DATA: 'none' }, 'There is no record'],
  ])('ends with 2 and a sentence %s', async (_how, changes, sentence) => {
    const { status, out, err } = await verify([], changes);
    expect(err).toMatch(/^The record could not be checked: .*\n$/);
    expect(err).toContain(sentence);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('ends with 2 when Slack does not know the token', async () => {
    const { status, err } = await verify(['--slack'], { SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect(err).toContain('invalid_auth');
    expect(status).toBe(2);
  });
});
