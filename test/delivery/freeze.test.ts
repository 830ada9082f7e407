import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { LENA, PAVEL } from '../fakes/processes.ts';
import type { Message } from '../fakes/slack/conversations.ts';

let office: PostOffice;
let clerk: Clerk;
beforeEach(async () => {
  office = await openPostOffice();
  clerk = await office.hire();
});
afterEach(() => office.stop());

async function freeze(): Promise<string> {
  const scope = { type: 'all' } as const;
  const frozen = await clerk.usecases.freezeDispatch({ scope, reason: 'Suspicious night' }, PAVEL);
  if (!frozen.counts) throw new Error(frozen.refusal);
  return frozen.freeze.id;
}

const told = () => office.slack.channel('approvals').messages.filter(({ text }) => text.includes('F-1'));
const buttonsOf = ({ blocks }: Message) => blocks.filter(({ type }) => type === 'actions').length;

async function insist(work: () => Promise<void>): Promise<void> {
  await expect.poll(() => work().then(() => 'done', String), { timeout: 20_000 }).toBe('done');
}

it('is told once though the answer of Slack is lost, and edited in place until it is lifted', async () => {
  const id = await freeze();
  office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, 1, 'C_APPROVALS');
  await insist(() => clerk.usecases.announceFreeze(id));
  const [first, ...others] = told();
  expect(others).toEqual([]);
  expect(first?.text).toContain('Agreed: 0 of 2.');

  await clerk.usecases.agreeToLift(id, LENA);
  await insist(() => clerk.usecases.announceFreeze(id));
  expect(told()).toMatchObject([{ ts: first?.ts }]);
  expect(told()[0]?.text).toContain('1 of 2: <@U_LENA>');
  expect(told().map(buttonsOf)).toEqual([1]);

  await clerk.usecases.agreeToLift(id, PAVEL);
  await insist(() => clerk.usecases.announceFreeze(id));
  expect(told()).toMatchObject([{ ts: first?.ts }]);
  expect(told()[0]?.text).toContain('F-1 is lifted');
  expect(told().map(buttonsOf)).toEqual([0]);
});

it('is told anew when somebody deleted the message and there is news', async () => {
  const id = await freeze();
  await clerk.usecases.announceFreeze(id);
  for (const message of told()) office.slack.workspace.conversations.remove(message);
  await clerk.usecases.agreeToLift(id, LENA);
  await clerk.usecases.announceFreeze(id);
  expect(told().at(-1)?.text).toContain('Agreed: 1 of 2');
});

it('is rung for by the tables where its job was lost, and not once Slack shows it', async () => {
  const id = await freeze();
  const later = new Date(office.surroundings.now.getTime() + 61_000);
  const ofFreezes = async () =>
    (await clerk.store.selectNeglected(later)).filter(({ name }) => name === 'freeze');
  expect(await ofFreezes()).toEqual([{ name: 'freeze', freeze: id }]);
  await clerk.usecases.announceFreeze(id);
  expect(await ofFreezes()).toEqual([]);
  await clerk.usecases.agreeToLift(id, LENA);
  expect(await ofFreezes()).toEqual([{ name: 'freeze', freeze: id }]);
  await clerk.usecases.announceFreeze(id);
  expect(await ofFreezes()).toEqual([]);
  const soon = new Date(office.surroundings.now.getTime() + 59_000);
  await clerk.usecases.agreeToLift(id, PAVEL);
  expect((await clerk.store.selectNeglected(soon)).filter(({ name }) => name === 'freeze')).toEqual([]);
});
