import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';

describe('a list in a file', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http');
  });
  afterAll(() => house.stop());

  async function give(text: string) {
    const maria = house.slack.person('maria');
    await maria.types('/cancel bulk shop-pl');
    const form = await maria.sees.form();
    await form.fill({ file: house.slack.giveFile(text), reason: 'The shop was closed' }).submit();
    return maria;
  }

  it('is read like one that is pasted, with columns by their names', async () => {
    const maria = await give(
      '\ufeffAmount of the part;Transaction id\r\n10.50;holdSmall1001\r\n;blikOpen1004\r\n',
    );
    await maria.sees.form(({ words }) => words.includes('2 payments are being looked up'));
    await maria.sees.directMessage(({ text }) => text.includes('✅ B-1001 with 2 payments'));
    const { rows } = await house.database.sql.query(
      'select payment, partial, amount_minor::int as minor from requests order by number',
    );
    expect(rows).toEqual([
      { payment: 'holdSmall1001', partial: true, minor: 1050 },
      { payment: 'blikOpen1004', partial: false, minor: 7500 },
    ]);
  });

  it('tells all its faults by its own lines', async () => {
    const maria = await give('transaction_id,scope\nholdLarge1003,whole\nholdLarge1003,10.50\n!!,\n');
    const again = await maria.sees.form(({ words }) => words.includes('Line 4'));
    expect(again.words).toContain("Line 3 (holdLarge1003): How much can't be “10.50”");
  });
});
