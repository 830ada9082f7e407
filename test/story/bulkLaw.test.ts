/** The four eyes on a bulk, by every door that Slack has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import type { Form } from '../fakes/slack/form.ts';
import { readWords } from '../fakes/slack/person.ts';
import type { FakeSlack } from '../fakes/slack/server.ts';

const STEP_UP = 'I called the shop.';

/** Maria and Pavel have a second account each; finance is a user group of Slack's. */
const settings = {
  groups: { finance: ['S_FINANCE'] },
  people: [
    ['U_MARIA', 'U_MARIA2'],
    ['U_PAVEL', 'U_PAVEL2'],
  ],
  policy: { deadline: '8h', tiers: [{ approvals: { finance: 2 }, step_up: STEP_UP }] },
  ticket: { pattern: 'HELP-\\d+', hint: 'a number such as HELP-4711', required: true },
};

const FINANCE = ['U_MARIA', 'U_MARIA2', 'U_PAVEL', 'U_PAVEL2', 'U_LENA', 'U_NINA'];

function prepare(slack: FakeSlack): void {
  for (const name of ['maria2', 'pavel2', 'nina']) slack.addPerson({ name });
  put(slack, FINANCE);
}

function put({ workspace }: FakeSlack, users: readonly string[]): void {
  workspace.people.groups.set('S_FINANCE', { id: 'S_FINANCE', users });
}

const isToApprove = ({ words }: Form) => words.includes('one after the other');

describe('a bulk', () => {
  let house: House;
  let card: Message;
  beforeAll(async () => {
    house = await openHouse('socket', { settings, prepare });
  });
  afterAll(() => house.stop());

  const person = (name: string) => house.slack.person(name);
  const inChannel = (words: string) =>
    house.slack.channel('approvals').waitForMessage((message) => readWords(message).includes(words));
  async function formOf(who: string): Promise<Form> {
    await person(who).presses('Approve', card);
    return (await person(who).sees.form(isToApprove)).fill({ [STEP_UP]: 'I confirm this' });
  }
  /** What a person alone is told of what they did. */
  async function answerTo(who: string, act: () => Promise<unknown>): Promise<string> {
    const before = person(who).ephemerals.length;
    await act();
    return (await person(who).sees.ephemeral(() => person(who).ephemerals.length > before)).text;
  }
  async function approvals(): Promise<unknown[]> {
    const { rows } = await house.database.sql.query<object>(
      `select person_user, count(*)::int as lines from decisions where act = 'approve' and refusal is null
       group by person_user order by min(id)`,
    );
    return rows;
  }

  it('is asked for with a ticket as the house wants it, which its card and every line have', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel bulk shop-pl');
    const form = await maria.sees.form();
    form.fill({ list: 'holdSmall1001\nholdMedium1002', reason: 'The shop was closed' });
    await expect(form.submit()).rejects.toThrow('"Ticket" is required');
    await form.fill({ request_ticket: 'CHAT-4711' }).submit();
    const again = await maria.sees.form(({ words }) => words.includes('This is not a ticket'));
    await again.fill({ request_ticket: 'HELP-4711' }).submit();
    card = await inChannel('The complete list is the file in this thread.');
    expect(readWords(card)).toContain('*Ticket*\n`HELP-4711`');
    const { rows } = await house.database.sql.query('select distinct ticket from requests');
    expect(rows).toEqual([{ ticket: 'HELP-4711' }]);
  });

  it.each(['maria', 'maria2'])('is not approved by the button of whoever asked, as %s', async (who) => {
    const told = await answerTo(who, () => person(who).presses('Approve', card));
    expect(told).toContain('You asked for B-1001 yourself');
    expect(await approvals()).toEqual([]);
  });

  it.each(['maria', 'maria2'])('is not approved by a form that never opened for them, as %s', async (who) => {
    const { source, values } = (await formOf('pavel')).view;
    const { views } = house.slack.workspace;
    const stolen = views.openWith(views.makeTrigger(person(who).id), source);
    const confirmed = values['step_up']?.['value'];
    if (confirmed === undefined) throw new Error('nothing was confirmed');
    views.type(stolen, 'step_up', 'value', confirmed);
    const form = await person(who).sees.form(isToApprove);
    expect(await answerTo(who, () => form.submit())).toContain('You asked for B-1001 yourself');
    expect(await approvals()).toEqual([]);
  });

  it('is not approved without what its tier wants confirmed, also by a client that does not mind', async () => {
    await person('nina').presses('Approve', card);
    const form = await person('nina').sees.form(isToApprove);
    await expect(form.submit()).rejects.toThrow(`"${STEP_UP}" is required`);
    const { source } = form.view;
    if (source.type !== 'modal') throw new Error('a decision is made in a modal');
    const blocks = source.blocks.map((block) => ('label' in block ? { ...block, optional: true } : block));
    house.slack.workspace.views.update(form.view, { ...source, blocks });
    expect((await form.submit()).errors).toEqual({ step_up: 'Without this your approval does not count.' });

    // Nor where the form does not even ask.
    const without = blocks.filter(({ block_id }) => block_id !== 'step_up');
    house.slack.workspace.views.update(form.view, { ...source, blocks: without });
    const told = await answerTo('nina', () => form.submit());
    expect(told).toContain('because you did not confirm what its form asks');
    expect(await approvals()).toEqual([]);
  });

  it.each<[string, () => void, string]>([
    ['has left', () => become({ deleted: true }), 'only full, active members'],
    ['is a guest by now', () => become({ is_restricted: true }), 'only full, active members'],
    [
      'was taken out of the group',
      () =>
        put(
          house.slack,
          FINANCE.filter((user) => user !== 'U_NINA'),
        ),
      'you are in none of the groups',
    ],
  ])('is not approved by somebody who %s since the form opened', async (_what, change, words) => {
    const form = await formOf('nina');
    change();
    expect(await answerTo('nina', () => form.submit())).toContain(words);
    expect(await approvals()).toEqual([]);
    become({ deleted: false, is_restricted: false });
    put(house.slack, FINANCE);
  });

  function become(fields: { readonly deleted?: boolean; readonly is_restricted?: boolean }): void {
    const { users } = house.slack.workspace.people;
    users.set('U_NINA', { ...person('nina').user, ...fields });
  }

  it('counts two accounts of one person once, and is sent when somebody else approves too', async () => {
    const asOther = await formOf('pavel2');
    await (await formOf('pavel')).submit();
    await inChannel('<@U_PAVEL> approved all of it.');
    expect(await answerTo('pavel2', () => asOther.submit())).toContain('You approved B-1001 already');
    expect(await approvals()).toEqual([{ person_user: 'U_PAVEL', lines: 2 }]);

    await (await formOf('lena')).submit();
    await inChannel('🏁 Done: 2 cancelled');
    const { simulators } = house;
    const effects = ['holdSmall1001', 'holdMedium1002'].map((payment) =>
      simulators.accounts.get('shop-pl')?.effects(payment),
    );
    expect(effects).toEqual([1, 1]);
  });
});
