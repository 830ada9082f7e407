/** What people do again and again in the stories. */
import { z } from 'zod';
import type { House } from '../fakes/house.ts';
import { elementsOf } from '../fakes/slack/blocks.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import type { Form } from '../fakes/slack/form.ts';
import { readWords } from '../fakes/slack/person.ts';

export interface Asked {
  readonly headline: Message;
  readonly card: Message;
  /** C-1001 */
  readonly name: string;
}

/** Asks with the form filled in from the command, and finds what came of it in the approvals channel. */
export async function ask(
  house: House,
  who: string,
  account: string,
  reference: string,
  reason = 'Paid twice',
): Promise<Asked> {
  const person = house.slack.person(who);
  await person.types(`/cancel ${account} ${reference} ${reason}`, { in: 'general' });
  const form = await person.sees.form();
  await form.submit();
  const made = await person.sees.form(({ words }) => /C-\d+ is in the approvals channel/.test(words));
  const name = /C-\d+/.exec(made.words)?.[0] ?? '';
  return { name, ...(await find(house, name)) };
}

/** The newest card of a request, and the headline that it hangs on. */
export async function find({ slack }: House, name: string): Promise<Omit<Asked, 'name'>> {
  const channel = slack.channel('approvals');
  const card = await channel.waitForMessage(({ text, thread_ts, ts }) => {
    const isReply = thread_ts !== undefined && thread_ts !== ts;
    return isReply && text.startsWith(`${name}:`) && text.includes('payment');
  });
  const headline = await channel.waitForMessage(({ ts }) => ts === card.thread_ts);
  return { headline, card };
}

/** Presses Approve, looks at what will be sent, and approves. */
export async function approve({ slack }: House, who: string, card: Message): Promise<void> {
  const person = slack.person(who);
  await person.presses('Approve', card);
  const form = await person.sees.form(({ words }) => words.includes('This is sent to'));
  await form.submit();
}

/** The card as it is as soon as it says this. */
export function cardSaying({ slack }: House, { card }: Asked, words: string): Promise<Message> {
  return slack
    .channel('approvals')
    .waitForMessage((message) => message.ts === card.ts && readWords(message).includes(words));
}

/** The message in the request's thread that says this. */
export function threadSaying({ slack }: House, { headline }: Asked, words: string): Promise<Message> {
  return slack
    .channel('approvals')
    .waitForMessage((message) => message.thread_ts === headline.ts && readWords(message).includes(words));
}

/** What is to be decided or found; asking again is no answer to anything. */
export function buttonsOf(message: Message): string[] {
  return message.blocks.flatMap((block) => {
    const asks =
      block.type === 'actions' && block.elements.every(({ action_id }) => action_id === 'ask_again');
    return block.type === 'actions' && !asks ? ['buttons'] : [];
  });
}

/** What can be pressed there. */
export function labelsIn({ blocks }: Message): string[] {
  return blocks.flatMap((block) =>
    elementsOf(block).map((element) => (element.type === 'button' ? element.text.text : '')),
  );
}

/** Asks for many payments with a list that is pasted, and finds the card that came of it. */
export async function askInBulk(
  { slack }: House,
  who: string,
  list: readonly string[],
  reason = 'The shop was closed',
): Promise<Asked> {
  const person = slack.person(who);
  await person.types('/cancel bulk shop-pl', { in: 'general' });
  const form = await person.sees.form(({ words }) => words.includes('Or a CSV file'));
  await form.fill({ list: list.join('\n'), reason }).submit();
  const channel = slack.channel('approvals');
  const card = await channel.waitForMessage(
    (message) => message.text.includes(sayList(list)) && message.text.includes('The complete list'),
  );
  const headline = await channel.waitForMessage(({ ts }) => ts === card.thread_ts);
  return { headline, card, name: /B-\d+/.exec(card.text)?.[0] ?? '' };
}

function sayList(list: readonly string[]): string {
  return list.length === 1 ? 'cancel 1 payment' : `cancel ${list.length} payments`;
}

/** Presses Approve under a bulk, looks at what will be sent, and approves. */
export async function approveBulk({ slack }: House, who: string, message: Message): Promise<void> {
  const person = slack.person(who);
  await person.presses('Approve', message);
  const form = await person.sees.form(({ words }) => words.includes('one after the other'));
  await form.submit();
}

const Filled = z.object({
  value: z.object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
  }),
});

/** What stands in the fields of a form. */
export function filledIn({ view }: Form): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(view.values).map(([block, state]) => {
      const { value } = Filled.parse(state);
      return [block, value.value ?? value.selected_option?.value];
    }),
  );
}
