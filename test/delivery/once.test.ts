import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import type { Board } from '../../src/usecases/ports.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, LARGE, LENA, PAVEL } from '../fakes/processes.ts';

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
});
afterEach(() => office.stop());

const WHOLE_STORY = [
  'headline',
  'card',
  '✍️ <@U_PAVEL> approved',
  '✍️ <@U_LENA> approved',
  '✅ SIBS cancelled the payment',
];

/** A request that was approved by two and cancelled, of which nothing is in Slack yet. */
async function live(clerk: Clerk): Promise<Request> {
  office.surroundings.evidence = LARGE;
  const request = await ask(clerk, 'payment-1');
  for (const person of [PAVEL, LENA]) {
    await clerk.usecases.decideOnRequest(
      request.id,
      { type: 'approve', saw: request.digest, note: null },
      person,
    );
  }
  await clerk.usecases.dispatch(request.id);
  return request;
}

/** Tries until it succeeds, as the queue does, and counts the failures. */
async function insist(work: () => Promise<void>): Promise<number> {
  for (let failed = 0; failed < 20; failed += 1) {
    const isDone = await work().then(
      () => true,
      () => false,
    );
    if (isDone) return failed;
  }
  throw new Error('it never succeeds');
}

describe('every answer is lost', () => {
  it(
    'of the messages of a request: each comes once, in order, and nothing else is decided',
    { timeout: 60_000 },
    async () => {
      const clerk = await office.hire();
      const request = await live(clerk);
      const before = await office.readRecord();
      office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, Infinity, 'C_APPROVALS');

      expect(await insist(() => clerk.usecases.announce(request.id))).toBe(WHOLE_STORY.length);
      expect(office.tells(request)).toEqual(WHOLE_STORY);
      expect(await office.readRecord()).toEqual(before);

      await clerk.usecases.announce(request.id);
      expect(office.tells(request)).toEqual(WHOLE_STORY);
    },
  );
});

describe('one message that does not come through', () => {
  it.each(['dropped_before', 'http_500'] as const)(
    'because of %s is posted anew, in its place',
    async (type) => {
      const clerk = await office.hire();
      const request = await live(clerk);
      const lift = office.slack.breaks('chat.postMessage', { type }, 1, 'C_APPROVALS');
      expect(await insist(() => clerk.usecases.announce(request.id))).toBe(1);
      lift();
      expect(office.tells(request)).toEqual(WHOLE_STORY);
    },
  );
});
