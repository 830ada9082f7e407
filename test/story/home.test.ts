import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, cardSaying } from './cast.ts';
import { ASKED, ENDED, sectionOf, seesIn, UNSETTLED, WAITING } from './homes.ts';

describe.each(['socket', 'http'] as const)('a Home, over %s', (transport) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(transport);
  });
  afterAll(() => house.stop());

  it('says so when nothing waits, and opens the form from there', async () => {
    const pavel = house.slack.person('pavel');
    await pavel.opensHome();
    const home = await pavel.sees.home((words) => words.includes('Nothing waits for you.'));
    await pavel.presses('Ask for a cancellation', home);
    const form = await pavel.sees.form();
    expect(form.title).toBe('Cancel a payment');
  });

  it('shows what waits for its reader, and lets them approve there', async () => {
    const [pavel, maria] = [house.slack.person('pavel'), house.slack.person('maria')];
    await pavel.opensHome();
    await maria.opensHome();
    const asked = await ask(house, 'maria', 'shop-pl', 'holdMedium1002', 'Paid twice <!channel> *today*');

    const home = await seesIn(house, 'pavel', WAITING, (words) => words.includes(asked.name));
    expect(sectionOf(home, WAITING)).toMatchObject({ buttons: ['Details', 'Approve', 'Reject'] });
    expect(sectionOf(home, WAITING).words).toContain('Paid twice <!channel> *today*');
    const hers = await seesIn(house, 'maria', ASKED, (words) => words.includes(asked.name));
    expect(sectionOf(hers, WAITING).words).not.toContain(asked.name);
    expect(sectionOf(hers, ASKED).buttons).toEqual(['Details', 'Withdraw']);

    await pavel.presses(`Approve ${asked.name}`, home);
    const form = await pavel.sees.form(({ words }) => words.includes('This is sent to'));
    await form.submit();
    await pavel.sees.directMessage(
      ({ text }) => text === `You approved ${asked.name}; now it is sent to SIBS.`,
    );
    const after = await seesIn(house, 'pavel', ENDED, (words) => words.includes(asked.name));
    expect(sectionOf(after, WAITING).words).not.toContain(asked.name);
    expect(sectionOf(after, ENDED)).toMatchObject({ buttons: ['Details'] });
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdMedium1002')).toBe(1);
    const hersAfter = await seesIn(house, 'maria', ENDED, (words) => words.includes('✅ Cancelled'));
    expect(sectionOf(hersAfter, ASKED).words).not.toContain(asked.name);
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});

describe('in a Home', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket');
  });
  afterAll(() => house.stop());

  it('waits for those only who are still needed, and not for a second of the same group', async () => {
    const [pavel, lena] = [house.slack.person('pavel'), house.slack.person('lena')];
    await Promise.all([pavel.opensHome(), lena.opensHome()]);
    const asked = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    const home = await seesIn(house, 'pavel', WAITING, (words) => words.includes(asked.name));
    await seesIn(house, 'lena', WAITING, (words) => words.includes(asked.name));

    await pavel.presses(`Approve ${asked.name}`, home);
    await (await pavel.sees.form(({ words }) => words.includes('This is sent to'))).submit();
    await pavel.sees.directMessage(({ text }) =>
      text.includes(`${asked.name}; it still needs somebody of \`risk\``),
    );
    await seesIn(house, 'pavel', WAITING, (words) => !words.includes(asked.name));
    const lenas = await seesIn(house, 'lena', WAITING, (words) => words.includes(asked.name));

    await lena.presses(`Reject ${asked.name}`, lenas);
    await (await lena.sees.form()).fill({ 'Why not?': 'Ask the customer first' }).submit();
    await lena.sees.directMessage(({ text }) => text === `You rejected ${asked.name}; nothing was sent.`);
    await seesIn(house, 'lena', ENDED, (words) => words.includes('🚫 Rejected'));
  });

  it('shows an unknown outcome to whoever may say what became of it, and takes that there', async () => {
    const [pavel, maria] = [house.slack.person('pavel'), house.slack.person('maria')];
    await Promise.all([pavel.opensHome(), maria.opensHome()]);
    const asked = await ask(house, 'maria', 'shop-pl', 'holdDropped4002');
    await approve(house, 'lena', asked.card);
    const home = await seesIn(house, 'pavel', UNSETTLED, (words) => words.includes('Outcome unknown'));
    expect(sectionOf(home, UNSETTLED).buttons).toEqual(['Details', 'Record what you found']);
    const hers = await seesIn(house, 'maria', UNSETTLED, (words) => words.includes(asked.name));
    expect(sectionOf(hers, UNSETTLED).buttons).toEqual(['Details']);

    await pavel.presses(`Record what you found ${asked.name}`, home);
    const form = await pavel.sees.form(({ words }) => words.includes('What did you find?'));
    await form.fill({ found: 'It was cancelled', note: 'Back office: reversed' }).submit();
    await pavel.sees.directMessage(({ text }) => text.includes(`the payment of ${asked.name} was cancelled`));
    await seesIn(house, 'pavel', UNSETTLED, (words) => !words.includes(asked.name));
  });

  it('lets the requester withdraw, and tells others why their click does not count', async () => {
    const [maria, tom] = [house.slack.person('maria'), house.slack.person('tom')];
    await maria.opensHome();
    const asked = await ask(house, 'maria', 'hotel-kz', '7777777771');
    const home = await seesIn(house, 'maria', ASKED, (words) => words.includes(asked.name));

    await house.slack.person('pavel').opensHome();
    const pavels = await seesIn(house, 'pavel', WAITING, (words) => words.includes(asked.name));
    await tom.presses(`Approve ${asked.name}`, pavels);
    await tom.sees.directMessage(({ text }) => text.includes('you are in none of the groups'));

    // Slack lets no Home be shown for a while, so that Pavel's stays as it was.
    const mend = house.slack.breaks('views.publish', { type: 'refused', error: 'internal_error' }, 1000);
    await maria.presses(`Withdraw ${asked.name}`, home);
    await cardSaying(house, asked, '↩️ Withdrawn');
    await house.slack.person('pavel').presses(`Approve ${asked.name}`, pavels);
    await house.slack
      .person('pavel')
      .sees.directMessage(({ text }) => text.startsWith(`${asked.name} is not waiting for a decision`));
    mend();
    await seesIn(house, 'maria', ENDED, (words) => words.includes('↩️ Withdrawn'));
    await seesIn(house, 'pavel', WAITING, (words) => !words.includes(asked.name));
  });

  it('tells the whole story in a form behind Details', async () => {
    const pavel = house.slack.person('pavel');
    await pavel.opensHome();
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    const home = await seesIn(house, 'pavel', WAITING, (words) => words.includes(asked.name));
    await pavel.presses(`Details ${asked.name}`, home);
    const form = await pavel.sees.form(({ words }) => words.includes('Paid twice'));
    expect(form.title).toBe(asked.name);
  });

  it.each(['gina', 'solo', 'stan', 'otto', 'dora'])('shows nothing to %s', async (who) => {
    const person = house.slack.person(who);
    await person.opensHome();
    const home = await person.sees.home();
    expect(readWords(home)).toMatch(
      /^Only full, active members of this workspace can see requests here, and you/,
    );
    expect(home.source.blocks).toHaveLength(1);
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});

describe('a Home with more than fits', () => {
  let house: House;
  const asked: Asked[] = [];
  beforeAll(async () => {
    house = await openHouse('socket');
    for (let n = 0; n < 12; n += 1) asked.push(await ask(house, 'maria', 'game-world', `b7${100 + n}`));
  });
  afterAll(() => house.stop());

  it('is paged with buttons, and stays at its page while things change', async () => {
    const maria = house.slack.person('maria');
    const names = () =>
      Array.from(
        sectionOf(maria.home ?? failing(), ASKED).words.matchAll(/\*(C-\d+)\*/g),
        ([, name]) => name,
      );
    await maria.opensHome();
    const first = await maria.sees.home();
    const newest = asked.toReversed().map(({ name }) => name);
    expect(names()).toEqual(newest.slice(0, 5));

    await maria.presses('More', first);
    const second = await maria.sees.home(() => names()[0] === newest[5]);
    expect(names()).toEqual(newest.slice(5, 10));

    await ask(house, 'maria', 'game-world', 'b7200');
    const withdrawn = asked.at(-6);
    await maria.presses('Withdraw', withdrawn?.card ?? failing());
    const changed = await maria.sees.home(() => !names().includes(withdrawn?.name ?? ''));
    expect(names()).toEqual(newest.slice(6, 11));
    expect(second.id).toBe(changed.id);

    await maria.presses('Back', changed);
    const back = await maria.sees.home(() => names()[0] === newest[0]);
    expect(names()).toEqual(newest.slice(0, 5));
    await maria.presses('Back', back);
    await maria.sees.home(() => names()[1] === newest[0]);
    expect(sectionOf(maria.home ?? failing(), ASKED).buttons).not.toContain('Back');
    expect(house.slack.complaints).toEqual([]);
  });
});

function failing(): never {
  throw new Error('it is not there');
}
