/** What people do, with the patience that people have: whoever gets no answer gives up and may try again later. */
import type { Message } from '../fakes/slack/conversations.ts';
import type { Form } from '../fakes/slack/form.ts';
import { type Person, readWords } from '../fakes/slack/person.ts';
import type { FakeSlack } from '../fakes/slack/server.ts';
import type { Gesture } from './model.ts';

/** Does it through Slack. Rejects when Slack or the app gives no answer; what was done may count all the same. */
export async function perform(slack: FakeSlack, gesture: Gesture): Promise<void> {
  if (gesture.act === 'ask') return ask(slack, gesture);
  const card = await slack.channel('approvals').waitForMessage((message) => isAbout(message, gesture));
  if (!hasButtons(card)) throw new Error('there is nothing to press any more');
  const person = slack.person(gesture.person);
  switch (gesture.act) {
    case 'withdraw':
      return person.presses('Withdraw', card);
    case 'approve':
      await person.presses('Approve', card);
      return void (await (await formOf(person)).submit());
    case 'reject':
      await person.presses('Reject', card);
      return void (await (await formOf(person)).fill({ note: 'Not this one' }).submit());
  }
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

async function ask(slack: FakeSlack, { person: who, account, payment }: Gesture): Promise<void> {
  const person = slack.person(who);
  await person.types(`/cancel ${account} ${payment} Paid twice`, { in: 'general' });
  await (await formOf(person)).submit();
}

/** A form that says why not, or that still waits, has no button to send it. */
function isSubmittable({ view: { source } }: Form): boolean {
  return source.type === 'modal' && source.submit !== undefined;
}

function isAbout({ text, thread_ts }: Message, { account, payment }: Gesture): boolean {
  return thread_ts !== undefined && text.includes(` at ${account}, payment \`${payment}\``);
}

function hasButtons(message: Message): boolean {
  return /^Approve$/m.test(readWords(message));
}
