/** What people do, with the patience that people have: whoever gets no answer gives up and may try again later. */
import type { Message } from '../fakes/slack/conversations.ts';
import type { Form } from '../fakes/slack/form.ts';
import { type Person, readWords } from '../fakes/slack/person.ts';
import type { FakeSlack } from '../fakes/slack/server.ts';
import { type AboutFreezes, type AboutPayments, type Gesture, paymentsOf } from './witness.ts';

/** Does it through Slack. Rejects when Slack or the app gives no answer; what was done may count all the same. */
export async function perform(slack: FakeSlack, gesture: Gesture): Promise<void> {
  const person = slack.person(gesture.person);
  switch (gesture.act) {
    case 'ask':
      return isOfBulk(gesture) ? askInBulk(person, gesture) : ask(person, gesture);
    case 'freeze':
      return freeze(slack, gesture);
    case 'lift':
      return lift(slack, person);
    case 'go_on':
      return person.presses('Go on', await inThreadOf(slack, gesture, 'Go on'));
    case 'stop':
      return person.presses('Stop here', await inThreadOf(slack, gesture, 'Stop here'));
    case 'withdraw':
      return person.presses('Withdraw', await openCard(slack, gesture));
    case 'approve':
      await person.presses('Approve', await openCard(slack, gesture));
      return void (await (await formOf(person)).submit());
    case 'reject':
      await person.presses('Reject', await openCard(slack, gesture));
      return void (await (await formOf(person)).fill({ note: 'Not this one' }).submit());
  }
}

async function openCard(slack: FakeSlack, gesture: AboutPayments): Promise<Message> {
  const card = await findCard(slack, gesture);
  if (!hasButton(card, 'Approve')) throw new Error('there is nothing to press any more');
  return card;
}

function findCard(slack: FakeSlack, gesture: AboutPayments): Promise<Message> {
  return slack.channel('approvals').waitForMessage((message) => isCardOf(message, gesture));
}

/** What else stands in the thread of a bulk, and has this button. */
async function inThreadOf(slack: FakeSlack, gesture: AboutPayments, button: string): Promise<Message> {
  const { thread_ts: thread } = await findCard(slack, gesture);
  return slack
    .channel('approvals')
    .waitForMessage((message) => message.thread_ts === thread && hasButton(message, button));
}

/** Whoever is told privately why not stops waiting for a form. */
async function formOf(person: Person): Promise<Form> {
  const before = person.ephemerals.length;
  const form = person.sees.form(isSubmittable);
  const told = person.sees.ephemeral(() => person.ephemerals.length > before);
  told.catch(() => undefined);
  form.catch(() => undefined);
  const first = await Promise.race([form, told]);
  if (!('view' in first)) throw new Error(first.text);
  return first;
}

async function ask(person: Person, { account, payment }: AboutPayments): Promise<void> {
  await person.types(`/cancel ${account} ${payment} Paid twice`, { in: 'general' });
  await (await formOf(person)).submit();
}

/** If some of it can't be cancelled, the others are asked for. */
async function askInBulk(person: Person, { account, payment: list }: AboutPayments): Promise<void> {
  const before = new Set(person.directMessages.map(({ ts }) => ts));
  await person.types(`/cancel bulk ${account}`, { in: 'general' });
  await (await formOf(person)).fill({ list, reason: 'The shop was closed' }).submit();
  const told = await person.sees.directMessage(
    ({ ts, text }) => !before.has(ts) && /B-\d+ with|can't be cancelled/.test(text),
  );
  const others = /^Ask for the other \d+$/m.exec(readWords(told))?.[0];
  if (others !== undefined) await person.presses(others, told);
}

async function freeze(slack: FakeSlack, { person: who, what }: AboutFreezes): Promise<void> {
  const person = slack.person(who);
  const named = what.startsWith('U_') ? `@${slack.person(what).name}` : what;
  await answered(person, () => person.types(`/cancel freeze ${named} Suspicious night`));
}

/** Whatever stands. */
async function lift(slack: FakeSlack, person: Person): Promise<void> {
  const standing = slack
    .channel('approvals')
    .messages.filter((message) => hasButton(message, 'Agree to lift'));
  if (standing.length === 0) throw new Error('there is nothing to lift');
  for (const message of standing) await answered(person, () => person.presses('Agree to lift', message));
}

/** Waits until the person is told something privately. */
async function answered(person: Person, act: () => Promise<unknown>): Promise<void> {
  const before = person.ephemerals.length;
  await act();
  await person.sees.ephemeral(() => person.ephemerals.length > before);
}

/** A form that says why not, or that still waits, has no button to send it. */
function isSubmittable({ view: { source } }: Form): boolean {
  return source.type === 'modal' && source.submit !== undefined;
}

/** The card of a bulk shows the first of its payments, and theirs are few enough that it shows all. */
function isCardOf(message: Message, gesture: AboutPayments): boolean {
  const { text, thread_ts: thread } = message;
  const { account, payment } = gesture;
  if (thread === undefined) return false;
  if (!isOfBulk(gesture)) return text.includes(` at ${account}, payment \`${payment}\``);
  const words = readWords(message);
  const shown = paymentsOf(gesture).filter((one) => words.includes(`\`${one}\``));
  return / payments? at /.test(text) && words.includes('The complete list') && shown.length > 0;
}

function isOfBulk(gesture: AboutPayments): boolean {
  return paymentsOf(gesture).length > 1;
}

function hasButton(message: Message, label: string): boolean {
  return readWords(message).split('\n').includes(label);
}
