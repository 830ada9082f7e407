import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, LARGE, LENA, PAVEL } from '../fakes/processes.ts';
import { readWords } from '../fakes/slack/person.ts';

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
      office.slack.person('maria').writes('Good morning', { in: 'approvals' });
      office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, Infinity, 'C_APPROVALS');

      expect(await insist(() => clerk.usecases.announce(request.id))).toBe(WHOLE_STORY.length);
      expect(office.tells(request)).toEqual(WHOLE_STORY);
      expect(await office.readRecord()).toEqual(before);

      await clerk.usecases.announce(request.id);
      expect(office.tells(request)).toEqual(WHOLE_STORY);
    },
  );
});

describe('one post that does not come through', () => {
  it.each([
    ['dropped_before', 0],
    ['http_500', 1],
    ['dropped_before', 2],
    ['http_500', 3],
    ['dropped_before', 4],
  ] as const)('because of %s, after %i others, is made anew in its place', async (type, others) => {
    const clerk = await office.hire();
    const request = await live(clerk);
    office.slack.breaks('chat.postMessage', { type: 'delayed', delayMs: 0 }, others, 'C_APPROVALS');
    office.slack.breaks('chat.postMessage', { type }, 1, 'C_APPROVALS');
    expect(await insist(() => clerk.usecases.announce(request.id))).toBe(1);
    expect(office.tells(request)).toEqual(WHOLE_STORY);
  });
});

describe('a process that dies', () => {
  /** Announces with a process that stops for ever at its n-th post, and is cut off from the database. */
  async function dieAt(n: number, moment: 'before the post' | 'after the post'): Promise<Request> {
    const { promise: death, reject: bury } = Promise.withResolvers<never>();
    const reached = Promise.withResolvers<void>();
    let posts = 0;
    async function dying<T>(post: () => Promise<T>): Promise<T> {
      posts += 1;
      if (posts < n) return post();
      if (moment === 'after the post') await post();
      reached.resolve();
      return death;
    }
    const victim = await office.hire((board) => ({
      postHeadline: (...given) => dying(() => board.postHeadline(...given)),
      postCard: (...given) => dying(() => board.postCard(...given)),
      postToThread: (...given) => dying(() => board.postToThread(...given)),
    }));
    const request = await live(victim);
    const dead = victim.usecases.announce(request.id).catch(() => undefined);
    await reached.promise;
    await office.database.sql.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    burials.push(async () => {
      bury(new Error('dead'));
      await dead;
    });
    return request;
  }
  const burials: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const bury of burials.splice(0)) await bury();
  });

  it.each([
    [1, 'before the post'],
    [1, 'after the post'],
    [2, 'before the post'],
    [2, 'after the post'],
    [4, 'after the post'],
  ] as const)('at message %i, %s: the next one goes on from there', async (n, moment) => {
    const request = await dieAt(n, moment);
    const before = await office.readRecord();
    const heir = await office.hire();
    await heir.usecases.announce(request.id);
    expect(office.tells(request)).toEqual(WHOLE_STORY);
    expect(await office.readRecord()).toEqual(before);
  });
});

const finance = () => office.slack.channel('finance').messages.map(({ text }) => text.split('\n')[0]);

describe('a message whose answer was lost, of a request that went on meanwhile', () => {
  it.each([
    ['headline', 1],
    ['card', 2],
  ])('is found again, and shows the newest: the %s', async (_kind, tries) => {
    const clerk = await office.hire();
    const request = await ask(clerk, 'payment-1');
    const lift = office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, Infinity, 'C_APPROVALS');
    // Each try gets one message further.
    for (let n = 0; n < tries; n += 1)
      await expect(clerk.usecases.announce(request.id)).rejects.toThrow('fetch failed');
    lift();
    await clerk.usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    await clerk.usecases.announce(request.id);

    expect(office.tells(request).slice(0, 2)).toEqual(['headline', 'card']);
    for (const message of office.slack.channel('approvals').messages.slice(0, 2)) {
      expect(readWords(message)).toContain('Rejected');
      expect(readWords(message)).not.toMatch(/^Approve$/m);
    }
  });
});

describe('what goes to the finance channel', () => {
  const notice = {
    id: 'n1',
    payment: 'p1',
    meaning: 'cancelled',
    reference: null,
    says: 'Cancelled.',
  } as const;

  it('the alarm comes once, though its answer is lost', async () => {
    const clerk = await office.hire();
    await clerk.store.transaction((records) => records.insertNotice('shop-pl', notice, new Date(), true));
    office.slack.breaks('chat.postMessage', { type: 'dropped_after' });
    expect(await insist(() => clerk.usecases.raiseAlarm('shop-pl', 'n1'))).toBe(1);
    await clerk.usecases.raiseAlarm('shop-pl', 'n1');
    expect(finance()).toEqual([expect.stringContaining('nobody approved that here')]);
  });

  it('the summary comes once, though its answer is lost', async () => {
    const clerk = await office.hire();
    const day = await clerk.store.selectDay('2026-11-18', 'UTC');
    const now = new Date();
    const wanted = { channel: 'C_FINANCE', now, acceptedSeconds: 86_400, mute: [] };
    const figures = await clerk.store.selectFigures({ ...day, dueAt: now }, wanted);
    await clerk.store.transaction((records) => records.insertSummary('C_FINANCE', figures, true));
    office.slack.breaks('chat.postMessage', { type: 'dropped_after' });
    expect(await insist(() => clerk.usecases.postSummary('day', '2026-11-18'))).toBe(1);
    await clerk.usecases.postSummary('day', '2026-11-18');
    expect(finance()).toEqual(['*Cancellations on Wednesday, 18 November 2026*']);
  });
});

describe('an app that can not look whether a post arrived', () => {
  it('posts anew, because twice is better than never', async () => {
    const clerk = await office.hire();
    const request = await live(clerk);
    const lift = office.slack.breaks(
      'conversations.history',
      { type: 'refused', error: 'missing_scope' },
      99,
    );
    office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, 1, 'C_APPROVALS');
    expect(await insist(() => clerk.usecases.announce(request.id))).toBe(1);
    lift();
    expect(office.tells(request)).toEqual(['headline', ...WHOLE_STORY]);
  });

  it('tells the requester twice, rather than reading direct messages', async () => {
    const clerk = await office.hire();
    const request = await live(clerk);
    office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, 1, 'U_MARIA');
    expect(await insist(() => clerk.usecases.announce(request.id))).toBe(1);
    await clerk.usecases.announce(request.id);
    const direct = office.slack.workspace.conversations.messages.filter(
      ({ channel }) => channel === 'D_MARIA',
    );
    expect(direct).toHaveLength(2);
  });
});
