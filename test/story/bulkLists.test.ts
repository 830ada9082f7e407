import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { approveBulk, ask, type Asked, askInBulk, threadSaying } from './cast.ts';
import { ASKED, sectionOf, seesIn, UNSETTLED, WAITING } from './homes.ts';

const namesIn = ({ text }: Message) => Array.from(text.matchAll(/^\*([BC]-\d+)\*/gm), ([, name]) => name);
const saysBulk = (words: string) => words.includes('B-1001');
const saysNoBulk = (words: string) => !words.includes('B-1001');

describe('a bulk among requests', () => {
  let house: House;
  let single: Asked;
  let bulk: Asked;
  beforeAll(async () => {
    house = await openHouse('socket');
    await house.slack.person('pavel').opensHome();
    await house.slack.person('lena').opensHome();
    await house.slack.person('maria').opensHome();
    single = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    bulk = await askInBulk(
      house,
      'maria',
      ['holdSmall1001', 'holdLarge1003'],
      'The shop <!channel> was closed',
    );
  });
  afterAll(() => house.stop());

  const sees = (who: string, section: string, isWanted: (words: string) => boolean) =>
    seesIn(house, who, section, isWanted);

  async function lists(who: string, typed: string): Promise<Message> {
    const person = house.slack.person(who);
    const before = person.ephemerals.length;
    await person.types(`/cancel ${typed}`);
    return person.sees.ephemeral(({ text }) => person.ephemerals.length > before && text.startsWith('*'));
  }

  it('is one row in Home, with the buttons of its reader, soon after it was asked for', async () => {
    const home = await sees('pavel', WAITING, saysBulk);
    const { words, buttons } = sectionOf(home, WAITING);
    expect(words).toContain('2 payments');
    expect(words).toContain('The shop <!channel> was closed');
    expect(words).not.toContain('C-1002');
    expect(buttons).toEqual(['Details', 'Approve', 'Reject', 'Details', 'Approve', 'Reject']);
    const hers = await sees('maria', ASKED, saysBulk);
    expect(sectionOf(hers, ASKED).buttons).toEqual(['Details', 'Withdraw', 'Details', 'Withdraw']);
    expect(sectionOf(hers, WAITING).words).not.toContain('B-1001');
  });

  it('is one row in lists, and found by its number', async () => {
    for (const list of ['list', 'list pending', 'list mine']) {
      expect(namesIn(await lists('maria', list))).toEqual([bulk.name, single.name]);
    }
    expect(namesIn(await lists('tom', 'find b1001'))).toEqual([bulk.name]);
    const { text } = await lists('tom', 'list');
    expect(text).toMatch(/\*B-1001\* .*`shop-pl` 2 payments .*<@U_MARIA>.*⏳ Waiting for approval/);
  });

  it('tells its whole story behind Details', async () => {
    const home = await sees('pavel', WAITING, saysBulk);
    const pavel = house.slack.person('pavel');
    await pavel.presses('Details B-1001', home);
    const form = await pavel.sees.form(({ words }) => words.includes('was closed'));
    expect(form.title).toBe('B-1001');
    await form.close();
  });

  it('is approved from there, and waits for nobody whose approval is there', async () => {
    const [pavel, lena] = [house.slack.person('pavel'), house.slack.person('lena')];
    const home = await sees('pavel', WAITING, saysBulk);
    await pavel.presses('Approve B-1001', home);
    await (await pavel.sees.form(({ words }) => words.includes('one after the other'))).submit();
    await pavel.sees.directMessage(({ text }) => text.includes('B-1001; it still needs somebody of `risk`'));
    await sees('pavel', WAITING, saysNoBulk);
    const lenas = await sees('lena', WAITING, saysBulk);

    await lena.presses('Approve B-1001', lenas);
    await (await lena.sees.form(({ words }) => words.includes('one after the other'))).submit();
    await threadSaying(house, bulk, 'B-1001: 2 of 2 done. 2 cancelled.');
    await sees('lena', WAITING, saysNoBulk);
    await sees('maria', ASKED, saysNoBulk);
    expect(namesIn(await lists('tom', 'list'))).toEqual([single.name]);
    expect((await lists('maria', 'list mine')).text).toMatch(/\*B-1001\*.*🏁 Done: 2 cancelled/);
  });

  it('is withdrawn from there', async () => {
    await askInBulk(house, 'maria', ['holdMedium1002']);
    const hers = await sees('maria', ASKED, (words) => words.includes('B-1002'));
    await house.slack.person('maria').presses('Withdraw B-1002', hers);
    await sees('maria', ASKED, (words) => !words.includes('B-1002'));
    expect(house.slack.complaints).toEqual([]);
  });
});

describe('a bulk that was halted', () => {
  let house: House;
  let bulk: Asked;
  beforeAll(async () => {
    house = await openHouse('socket', { settings: { bulk: { pause_after: 1 } } });
    await house.slack.person('pavel').opensHome();
    bulk = await askInBulk(house, 'maria', ['holdDropped4002', 'holdSmall1001']);
  });
  afterAll(() => house.stop());

  it('waits in Home for whoever may let it go on', async () => {
    const pavel = house.slack.person('pavel');
    await approveBulk(house, 'pavel', bulk.card);
    await threadSaying(house, bulk, '⏸️');
    const home = await seesIn(house, 'pavel', WAITING, (words) => words.includes('⏸️ Halted'));
    expect(sectionOf(home, WAITING).buttons).toEqual(['Details', 'Go on', 'Stop here']);
    await pavel.presses('Go on B-1001', home);
    await threadSaying(house, bulk, 'B-1001: 2 of 2 done.');
    await seesIn(house, 'pavel', WAITING, saysNoBulk);
    await seesIn(house, 'pavel', UNSETTLED, (words) => words.includes('C-1001'));
    expect(house.slack.complaints).toEqual([]);
  });
});
