import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import type { FakeSlack } from '../fakes/slack/server.ts';
import { approve, ask, buttonsOf, cardSaying, threadSaying } from './cast.ts';

const STEP_UP = 'I called the customer on the number that we have on file.';

/** Pavel has a second account; finance is a user group of Slack's, and so is the night watch. */
const settings = {
  groups: { finance: ['S_FINANCE'], risk: ['U_LENA', 'S_RISK'], support: ['U_MARIA', 'U_GINA'] },
  people: [['U_PAVEL', 'U_PAVEL2']],
  policy: {
    deadline: '8h',
    tiers: [
      {
        name: 'turkey',
        accounts: ['shop-tr'],
        approvals: { finance: 1 },
        askers: ['support'],
        deadline: '1h',
      },
      { name: 'ukraine', providers: ['tranzzo'], approvals: { finance: 1 }, step_up: STEP_UP },
      { name: 'subscription', tickets: ['recurring'], approvals: { risk: 1 } },
      { name: 'small', up_to: { PLN: 1000 }, part: false, approvals: { finance: 1 } },
      { name: 'rest', approvals: { finance: 1, risk: 1 } },
    ],
  },
};

function prepare(slack: FakeSlack): void {
  slack.addPerson({ name: 'pavel2' });
  slack.addPerson({ name: 'nina' });
  put(slack, 'S_FINANCE', ['U_PAVEL', 'U_NINA', 'U_GINA', 'U_DORA']);
  put(slack, 'S_RISK', ['U_PAVEL2']);
}

function put({ workspace }: FakeSlack, id: string, users: readonly string[]): void {
  workspace.people.groups.set(id, { id, users });
}

/** What the form says when it opens, without its fields. */
async function opens(house: House, who: string, typed: string): Promise<string> {
  const person = house.slack.person(who);
  await person.types(typed, { in: 'general' });
  return (await person.sees.form()).words;
}

/** What comes of asking with the form filled in. */
async function answerTo(house: House, who: string, account: string, reference: string): Promise<string> {
  const person = house.slack.person(who);
  await person.types(`/cancel ${account} ${reference} Paid twice`, { in: 'general' });
  await (await person.sees.form()).submit();
  return (await person.sees.form(({ words }) => /request was made|channel now/.test(words))).words;
}

describe('a policy of tiers', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('socket', { settings, prepare });
  });
  afterAll(() => house.stop());

  it('is told by the form: which tiers may apply, and who could approve now', async () => {
    const words = await opens(house, 'maria', '/cancel shop-pl holdMedium1002 Paid twice');
    expect(words).toContain(
      [
        '• up to 1\u00a0000.00\u00a0PLN, for whole payments (`small`): 1 of `finance` (<@U_PAVEL>, <@U_NINA>)',
        '• otherwise (`rest`): 1 of `finance` (<@U_PAVEL>, <@U_NINA>) and 1 of `risk` (<@U_PAVEL2>, <@U_LENA>)',
      ].join('\n'),
    );
    expect(words).not.toContain('turkey');
  });

  it('leaves whoever asks out of who could approve, with all their accounts', async () => {
    const words = await opens(house, 'pavel', '/cancel shop-pl holdMedium1002 Paid twice');
    expect(words).toContain('(`small`): 1 of `finance` (<@U_NINA>)');
    expect(words).toContain('1 of `risk` (<@U_LENA>)');
  });

  it('is told later when Slack takes its time, and what was typed meanwhile stays', async () => {
    house.wait(301);
    house.slack.breaks('usergroups.users.list', { type: 'delayed', delayMs: 2_000 });
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-pl holdMedium1002 Paid twice', { in: 'general' });
    const form = await maria.sees.form();
    expect(form.words).toContain('Slack has not said yet who could approve it now.');
    form.fill({ Reason: 'Paid three times' });
    const later = await maria.sees.form(({ words }) =>
      words.includes('(`small`): 1 of `finance` (<@U_PAVEL>'),
    );
    expect(later.view.values['reason']?.['value']).toMatchObject({ value: 'Paid three times' });
  });

  it('leaves a form alone that was sent before Slack had said it', async () => {
    house.wait(301);
    house.slack.breaks('usergroups.users.list', { type: 'delayed', delayMs: 2_000 });
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-pl cardPaid2003 Paid twice', { in: 'general' });
    await (await maria.sees.form()).submit();
    await maria.sees.form(({ words }) => words.includes("can't be cancelled, so no request was made"));
    await house.slack.waitForCall('views.update', ({ answer }) => isConflict(answer));
    const { words } = await maria.sees.form();
    expect(words).toContain("can't be cancelled, so no request was made");
  });

  it('tells with the request who could approve it', async () => {
    const words = await answerTo(house, 'maria', 'shop-pl', 'holdSmall1001');
    expect(words).toMatch(/C-\d+ is in the approvals channel now/);
    expect(words).toContain('1 of `finance` (<@U_PAVEL>, <@U_NINA>)');
  });

  it('asks Slack once who asks', async () => {
    const asked = () =>
      house.slack.calls.filter(({ method, args }) => method === 'users.info' && args['user'] === 'U_MARIA');
    const before = asked().length;
    expect(await answerTo(house, 'maria', 'shop-pl', 'holdMedium1002')).toContain('channel now');
    expect(asked()).toHaveLength(before + 1);
  });

  it('refuses guests and people of other groups than may ask, and keeps that on record', async () => {
    expect(await answerTo(house, 'gina', 'shop-tr', 'T4U_medium')).toContain(
      "You can't ask for a cancellation: only full, active members of this workspace can, and you are a guest.",
    );
    expect(await answerTo(house, 'tom', 'shop-tr', 'T4U_medium')).toContain(
      "You can't ask for this cancellation: only people of `support` can. No request was made.",
    );
    const { rows } = await house.database.sql.query(
      'select account, payment, person_user, why from refused_asks order by id',
    );
    expect(rows).toEqual([
      { account: 'shop-tr', payment: 'T4U_medium', person_user: 'U_GINA', why: 'not_live' },
      { account: 'shop-tr', payment: 'T4U_medium', person_user: 'U_TOM', why: 'not_an_asker' },
    ]);
    const requests = await house.database.sql.query(`select from requests where payment = 'T4U_medium'`);
    expect(requests.rows).toEqual([]);
  });

  it('gives the deadline of its tier, and the version of the policy', async () => {
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_small');
    const { rows } = await house.database.sql.query(
      `select extract(epoch from deadline - requested_at)::int as seconds, rule->>'policy' as policy
       from requests where number = $1`,
      [asked.name.slice(2)],
    );
    expect(rows).toEqual([{ seconds: 3600, policy: house.settings.policy.version }]);
  });

  it('chooses by the kind of ticket', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel game-world brecurring Paid twice', { in: 'general' });
    await (await maria.sees.form()).fill({ ticket: 'Recurring cancellation' }).submit();
    const made = await maria.sees.form(({ words }) => words.includes('in the approvals channel'));
    expect(made.words).toContain('1 of `risk` (<@U_LENA>, <@U_PAVEL2>)');
    expect(made.words).not.toContain('finance');
  });

  it('wants confirmed what it wants confirmed, and says so where it is missing', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1001-unpaid');
    expect(readWords(asked.card)).toContain(STEP_UP);
    const nina = house.slack.person('nina');
    await nina.presses('Approve', asked.card);
    const form = await nina.sees.form(({ words }) => words.includes('This is sent to'));
    await expect(form.submit()).rejects.toThrow(`"${STEP_UP}" is required`);

    // As from a client that does not mind.
    const { source } = form.view;
    if (source.type !== 'modal') throw new Error('a decision is made in a modal');
    const blocks = source.blocks.map((block) => ('label' in block ? { ...block, optional: true } : block));
    house.slack.workspace.views.update(form.view, { ...source, blocks });
    const { errors } = await form.submit();
    expect(errors).toEqual({ step_up: 'Without this your approval does not count.' });

    await form.fill({ [STEP_UP]: 'I confirm this' }).submit();
    await cardSaying(house, asked, '✅ Cancelled');
  });
});

const isConflict = (answer: object | undefined) =>
  answer !== undefined && 'error' in answer && answer.error === 'hash_conflict';

describe('who is in a group', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http', { settings, prepare });
  });
  afterAll(() => house.stop());

  it('is asked of Slack again when it decides, also after the form was opened', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdSmall1001');
    const nina = house.slack.person('nina');
    await nina.presses('Approve', asked.card);
    const form = await nina.sees.form(({ words }) => words.includes('This is sent to'));
    put(house.slack, 'S_FINANCE', ['U_PAVEL']);
    await form.submit();
    await nina.sees.ephemeral(({ text }) => text.includes(`${asked.name}: you are in none of the groups`));

    // Who comes to the group may approve at once.
    const tom = house.slack.person('tom');
    put(house.slack, 'S_FINANCE', ['U_PAVEL', 'U_TOM']);
    await approve(house, 'tom', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(tom.ephemerals).toEqual([]);
    prepareAgain(house);
  });

  it('refuses everybody when Slack can not be asked, with a sentence that says so', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    const lift = house.slack.breaks(
      'usergroups.users.list',
      { type: 'refused', error: 'internal_error' },
      99,
    );
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', asked.card);
    const form = await pavel.sees.form(({ words }) => words.includes('This is sent to'));
    await form.submit();
    await pavel.sees.ephemeral(({ text }) =>
      text.includes('Slack could not be asked which groups you are in'),
    );
    lift();
    await house.slack.person('maria').presses('Withdraw', asked.card);
    await cardSaying(house, asked, '*↩️ Withdrawn*');
  });

  it('takes two accounts of one person for one: for whoever asks, and for whoever approves', async () => {
    const own = await ask(house, 'pavel2', 'shop-pl', 'holdMedium1002');
    expect(own.card.text).not.toContain('<@U_PAVEL>');
    const pavel = house.slack.person('pavel');
    await pavel.presses('Approve', own.card);
    await pavel.sees.ephemeral(({ text }) => text.includes(`You asked for ${own.name} yourself`));
    await pavel.presses('Withdraw', own.card);
    await cardSaying(house, own, '*↩️ Withdrawn*');

    const large = await ask(house, 'maria', 'shop-pl', 'holdLarge1003');
    await approve(house, 'pavel', large.card);
    const half = await cardSaying(house, large, '1 of 2: <@U_PAVEL>');
    const again = house.slack.person('pavel2');
    await again.presses('Approve', half);
    await again.sees.ephemeral(({ text }) => text.includes(`You approved ${large.name} already`));
    const call = await threadSaying(house, large, '<@U_PAVEL> approved');
    expect(call.text).toContain('<@U_LENA> please approve');
    expect(call.text).not.toContain('<@U_PAVEL2>');
    await approve(house, 'lena', half);
    const done = await cardSaying(house, large, '✅ Cancelled');
    expect(buttonsOf(done)).toEqual([]);
  });

  it('alarms once when it is too few, refuses what nobody could approve, and says when it is enough', async () => {
    const finance = house.slack.channel('finance');
    const alarms = () => finance.messages.filter(({ text }) => text.includes('left in `finance`'));
    put(house.slack, 'S_FINANCE', ['U_GINA', 'U_DORA']);
    house.wait(301);
    for (let minute = 0; minute < 3; minute += 1) await house.countersign.usecases.tick();
    expect(alarms().map(({ text }) => text)).toEqual([
      '🚨 *Too few full, active members are left in `finance`:* nobody could approve what falls under `turkey` or ' +
        '`ukraine` or `small` or `rest`. Such requests are refused, and those that wait will expire. ' +
        'Please put people into the group.',
    ]);

    expect(await answerTo(house, 'maria', 'shop-ua', 'order-1002-unpaid')).toContain(
      'Nobody could approve this now, so no request was made. It needs 1 of `finance`, and besides you there are too ' +
        'few full, active members in `finance`.',
    );
    prepareAgain(house);
    // Whoever comes to the group counts at once.
    expect(await answerTo(house, 'maria', 'shop-ua', 'order-1002-unpaid')).toContain('channel now');
    house.wait(301);
    await house.countersign.usecases.tick();
    await finance.waitForMessage(({ text }) =>
      text.startsWith('✅ *There are enough people for `finance` again.*'),
    );
    await house.countersign.usecases.tick();
    expect(alarms()).toHaveLength(1);
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});

function prepareAgain({ slack }: House): void {
  put(slack, 'S_FINANCE', ['U_PAVEL', 'U_NINA', 'U_GINA', 'U_DORA']);
}

describe('a policy that Slack has too few people for', () => {
  it.each([
    ['with too few in it', ['U_PAVEL'], 'policy.tiers[0].approvals.finance (pairs) asks for more people'],
    ['with one person in it who has two accounts', ['U_PAVEL', 'U_PAVEL2'], '(pairs) asks for more people'],
    ['that is not there', undefined, '(pairs) asks for more people'],
  ])('is refused at the start: a user group %s', async (_what, users, fault) => {
    const tiers = [{ name: 'pairs', approvals: { finance: 2 } }];
    const opening = openHouse('socket', {
      settings: { groups: { finance: ['S_FINANCE'] }, people: settings.people, policy: { tiers } },
      prepare: (slack) => users && put(slack, 'S_FINANCE', users),
    });
    await expect(opening).rejects.toThrow(fault);
  });
});
