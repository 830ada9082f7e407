import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import type { Request } from '../../src/domain/request.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, PAVEL } from '../fakes/processes.ts';
import type { Message } from '../fakes/slack/conversations.ts';

let office: PostOffice;
let clerk: Clerk;
let request: Request;
beforeEach(async () => {
  office = await openPostOffice();
  clerk = await office.hire();
  request = await ask(clerk, 'payment-1');
  await clerk.usecases.announce(request.id);
  // So that nothing but the clock rings.
  await office.database.sql.query(`delete from pgboss.job where name = 'announce'`);
});
afterEach(() => office.stop());

const approvals = () => office.slack.channel('approvals');
const isCard = ({ ts, thread_ts }: Message) => thread_ts !== undefined && thread_ts !== ts;
const cards = () => approvals().messages.filter(isCard);
const headlines = () => approvals().messages.filter((message) => !isCard(message));

function remove(messages: readonly Message[]): void {
  for (const message of messages) office.slack.workspace.conversations.remove(message);
}

/** Lets so many minutes go by, at the end of which the clock ticks. */
async function pass(minutes: number): Promise<void> {
  office.surroundings.now = addSeconds(office.surroundings.now, minutes * 60);
  await clerk.usecases.tick();
}

const calls = (method: string) => office.slack.calls.filter((call) => call.method === method);

describe('what somebody deleted in Slack while the request is open', () => {
  it('the card: comes back with its buttons after some minutes, and nothing else is decided', async () => {
    const before = await office.readRecord();
    const [old] = cards();
    remove(cards());
    await clerk.work();
    await pass(6);
    const card = await approvals().waitForMessage(isCard);
    expect(card.blocks.map(({ type }) => type)).toContain('actions');
    expect(card.ts).not.toBe(old?.ts);
    expect(office.tells(request)).toEqual(['headline', 'card']);
    expect(await office.readRecord()).toEqual(before);
  });

  it('the headline: begins anew with its thread, and the old card goes', async () => {
    const [old] = headlines();
    remove(headlines());
    await clerk.work();
    await pass(6);
    const card = await approvals().waitForMessage(
      (message) => isCard(message) && message.thread_ts !== old?.ts,
    );
    expect(cards()).toEqual([card]);
    expect(headlines().map(({ ts }) => ts)).toEqual([card.thread_ts]);
  });

  it('both, and the answer to the new headline is lost', async () => {
    remove([...cards(), ...headlines()]);
    office.slack.breaks('chat.postMessage', { type: 'dropped_after' });
    await clerk.work();
    await pass(6);
    await approvals().waitForMessage(isCard);
    expect(office.tells(request)).toEqual(['headline', 'card']);
  });

  it('the headline of an unknown outcome: the whole story is told anew, though a post of it fails', async () => {
    office.surroundings.answer = async () => ({ type: 'unknown', says: 'No answer.' });
    await clerk.usecases.decideOnRequest(
      request.id,
      { type: 'approve', saw: request.digest, note: null },
      PAVEL,
    );
    await clerk.usecases.dispatch(request.id);
    await clerk.usecases.announce(request.id);
    const story = office.tells(request);
    remove(headlines());
    office.slack.breaks('chat.postMessage', { type: 'delayed', delayMs: 0 });
    office.slack.breaks('chat.postMessage', { type: 'dropped_before' });
    office.surroundings.now = addSeconds(office.surroundings.now, 360);
    await expect(clerk.usecases.announce(request.id)).rejects.toThrow('fetch failed');
    await clerk.usecases.announce(request.id);
    expect(story).toHaveLength(4);
    expect(office.tells(request)).toEqual(story);
    expect(approvals().messages).toHaveLength(4);
  });

  it('is not looked for every minute, and not at all once the request is over', async () => {
    await pass(4);
    await clerk.usecases.announce(request.id);
    expect(calls('conversations.replies')).toHaveLength(0);
    await pass(2);
    await clerk.usecases.announce(request.id);
    expect(calls('conversations.replies')).toHaveLength(1);
    await clerk.usecases.announce(request.id);
    expect(calls('conversations.replies')).toHaveLength(1);

    await clerk.usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    remove(cards());
    await clerk.usecases.announce(request.id);
    await pass(60);
    await clerk.usecases.announce(request.id);
    expect(calls('conversations.replies')).toHaveLength(1);
  });

  it('is taken to stand where the app can not look', async () => {
    office.slack.breaks('conversations.replies', { type: 'refused', error: 'missing_scope' }, 99);
    await pass(6);
    await clerk.usecases.announce(request.id);
    expect(office.tells(request)).toEqual(['headline', 'card']);
  });
});

describe('Slack is away for minutes', () => {
  it('and the queue forgot: the clock rings, and all comes once', async () => {
    const lift = office.slack.breaks('chat.postMessage', { type: 'http_500' }, Infinity);
    const late = await ask(clerk, 'payment-2');
    for (let minute = 0; minute < 3; minute += 1) {
      await expect(clerk.usecases.announce(late.id)).rejects.toThrow('500');
      await pass(1);
    }
    await office.database.sql.query(`delete from pgboss.job where name = 'announce'`);
    lift();
    await clerk.work();
    await pass(1);
    await approvals().waitForMessage((message) => isCard(message) && message.text.includes('C-1002'));
    expect(office.tells(late)).toEqual(['headline', 'card']);
  });
});
