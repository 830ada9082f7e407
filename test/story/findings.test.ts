import { afterEach, beforeEach, expect, it } from 'vitest';
import { cancellationEvent, signSibsWebhook } from '../../sandbox/sibsWebhook.ts';
import { type House, openHouse } from '../fakes/house.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import type { Form } from '../fakes/slack/form.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, type Asked, buttonsOf, cardSaying, threadSaying } from './cast.ts';
import { deliver, refundPingback } from './reports.ts';

/** What nobody could learn by asking, and a person finds at the provider. Each story has a house of its own. */
let house: House;
beforeEach(async () => {
  house = await openHouse('socket');
});
afterEach(() => house.stop());

const BUTTON = 'Record what you found';
const FOUND = 'What did you find?';
const REFERENCE = 'Reference of the cancellation';
const NOTE = 'Where did you look, and what does it say there?';
const NOT_CANCELLED = 'It was not cancelled, and nothing is under way';

/** Asked by Maria, approved by Pavel, and then this is how it stands. */
async function unsettled(account: string, reference: string, state: string) {
  const asked = await ask(house, 'maria', account, reference);
  await approve(house, 'pavel', asked.card);
  return { asked, card: await cardSaying(house, asked, state) };
}

const atSibs = () => unsettled('shop-pl', 'holdDropped4002', 'Outcome unknown');
const atPaymentwall = () => unsettled('game-world', 'bwaiting', 'Accepted by the provider');

async function openForm(who: string, on: Message): Promise<Form> {
  const person = house.slack.person(who);
  await person.presses(BUTTON, on);
  return person.sees.form(({ words }) => words.includes(FOUND));
}

async function rowsOf({ name }: Asked) {
  const { rows } = await house.database.sql.query<{ id: string; key: string; amount_minor: string }>(
    'select id, key, amount_minor from requests where number = $1',
    [name.slice(2)],
  );
  const { id = '', key = '', amount_minor = '' } = rows[0] ?? {};
  const decisions = await house.database.sql.query(
    `select act, person_user, refusal from decisions where request_id = $1 and act like 'find%' order by id`,
    [id],
  );
  const outcomes = await house.database.sql.query(
    `select o.source, o.type, o.reference from outcomes o join attempts a on a.id = o.attempt_id
     where a.request_id = $1 order by o.id`,
    [id],
  );
  return { id, key, amount_minor, decisions: decisions.rows, outcomes: outcomes.rows };
}

it('SIBS: done and then silent; a second person looks, and everybody is told who found what', async () => {
  const { asked, card } = await atSibs();
  const { id } = await rowsOf(asked);
  house.wait(6);
  await house.countersign.usecases.lookUpUnsettled(id);

  const form = await openForm('lena', card);
  expect(form.words).toContain('SIBS said last');
  expect(form.words).toContain('On hold');
  expect(form.words).toContain('asks anew');
  form.fill({ [FOUND]: NOT_CANCELLED, [REFERENCE]: 'tx-9', [NOTE]: '  ' });
  expect((await form.submit()).errors).toEqual({
    reference: 'What was not cancelled has no such reference; put it into the note.',
    note: 'Say where you looked and what it says there.',
  });
  form.fill({
    [FOUND]: 'It was cancelled',
    [REFERENCE]: 'Jan Kowalski',
    [NOTE]: 'Gone <!channel>, says the back office',
  });
  expect((await form.submit()).errors).toEqual({
    reference: 'A reference is up to 100 letters, digits and ._:#/- signs.',
  });
  expect(await form.fill({ [REFERENCE]: 'tx-9' }).submit()).toEqual({ closed: true });

  const done = await cardSaying(house, asked, '✅ Cancelled');
  expect(readWords(done)).toMatch(/Found by\*?\n<@U_LENA>, .*: it was cancelled/);
  expect(buttonsOf(done)).toEqual([]);
  const told = await threadSaying(
    house,
    asked,
    '<@U_LENA> looked at SIBS and found that the payment was cancelled',
  );
  expect(told.text).toContain('`tx-9`');
  const maria = house.slack.person('maria');
  await maria.sees.directMessage(
    ({ text }) => text.includes('✅ Cancelled. Found by <@U_LENA>.') && text.includes('says the back office'),
  );
  // The requester hears of it after the thread, which has told it once.
  const { messages } = house.slack.channel('approvals');
  expect(messages.filter(({ text }) => text.includes('as a person found'))).toEqual([]);
  await maria.types(`/cancel show ${asked.name}`);
  await maria.sees.ephemeral(
    ({ text }) => text.includes('<@U_LENA> looked at SIBS') && text.includes('says the back office'),
  );

  expect(await rowsOf(asked)).toMatchObject({
    decisions: [{ act: 'find_cancelled', person_user: 'U_LENA', refusal: null }],
    outcomes: [
      { source: 'answer', type: 'unknown' },
      { source: 'person', type: 'cancelled', reference: 'tx-9' },
    ],
  });
  expect(house.simulators.accounts.get('shop-pl')?.effects('holdDropped4002')).toBe(1);
});

it('is not settled by the requester, a stranger or a guest, and each try is on record', async () => {
  const { asked, card } = await atSibs();
  for (const [who, sentence] of [
    ['maria', 'You asked for C-1001 yourself, so someone else has to say what became of it.'],
    ['tom', 'you are in none of the groups'],
    ['gina', 'you are a guest'],
  ] as const) {
    const person = house.slack.person(who);
    await person.presses(BUTTON, card);
    await person.sees.ephemeral(({ text }) => text.includes(sentence));
  }
  expect((await rowsOf(asked)).decisions).toEqual([
    { act: 'find', person_user: 'U_MARIA', refusal: 'own_request' },
    { act: 'find', person_user: 'U_TOM', refusal: 'not_an_approver' },
    { act: 'find', person_user: 'U_GINA', refusal: 'not_live' },
  ]);
  await cardSaying(house, asked, 'Outcome unknown');
});

it('Paymentwall: a ticket that came to nothing ends as refused; a later refund is an alarm, and it may be asked anew', async () => {
  const { asked, card } = await atPaymentwall();
  const form = await openForm('pavel', card);
  await form.fill({ [FOUND]: NOT_CANCELLED, [NOTE]: 'No such ticket in the merchant area' }).submit();

  const done = await cardSaying(house, asked, '⛔ Not cancelled');
  expect(readWords(done)).toContain('it was not cancelled');
  await threadSaying(house, asked, 'Nothing is sent again');
  await house.slack
    .person('maria')
    .sees.directMessage(({ text }) => text.includes('Found by <@U_PAVEL>. No such ticket'));
  expect((await rowsOf(asked)).decisions).toEqual([
    { act: 'find_refused', person_user: 'U_PAVEL', refusal: null },
  ]);

  await deliver(house, refundPingback(house, 'bwaiting'));
  await house.slack
    .channel('finance')
    .waitForMessage(({ text }) => text.includes('`bwaiting` at `game-world`'));
  await cardSaying(house, asked, '⛔ Not cancelled');
  const again = await ask(house, 'maria', 'game-world', 'bwaiting');
  expect(again.name).not.toBe(asked.name);
  expect(house.simulators.accounts.get('game-world')?.effects('bwaiting')).toBe(1);
});

it('tells the finder that a web-hook was faster, and records the late finding', async () => {
  const { asked, card } = await atSibs();
  const form = await openForm('pavel', card);
  const { key, amount_minor } = await rowsOf(asked);
  const account = { webhook_key: house.simulators.variables['SIBS_WEBHOOK_KEY'] ?? '' };
  const event = cancellationEvent(`holdDropped4002Cancelled${amount_minor}`, key, '101778');
  await deliver(house, signSibsWebhook(account, 'shop-pl', event));
  await cardSaying(house, asked, '✅ Cancelled');

  await form.fill({ [FOUND]: NOT_CANCELLED, [NOTE]: 'The hold is still there' }).submit();
  await house.slack
    .person('pavel')
    .sees.ephemeral(({ text }) => text.includes('needs nobody to look at the provider (✅ Cancelled)'));
  expect((await rowsOf(asked)).decisions).toEqual([
    { act: 'find_refused', person_user: 'U_PAVEL', refusal: 'already_settled' },
  ]);
});

it('takes no form that was open for more than an hour', async () => {
  const { asked, card } = await atSibs();
  const form = await openForm('pavel', card);
  house.wait(3601);
  await form.fill({ [FOUND]: 'It was cancelled', [NOTE]: 'It was gone an hour ago' }).submit();
  await house.slack
    .person('pavel')
    .sees.ephemeral(({ text }) => text.includes('your form was open for more than an hour'));
  expect((await rowsOf(asked)).decisions).toEqual([
    { act: 'find_cancelled', person_user: 'U_PAVEL', refusal: 'form_expired' },
  ]);
  await cardSaying(house, asked, 'Outcome unknown');
});
