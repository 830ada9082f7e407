import { afterEach, describe, expect, it } from 'vitest';
import { MESSAGE_A_SECOND, UNPACED } from '../../src/slack/turns.ts';
import { endByClock } from '../../src/usecases/endByClock.ts';
import { openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, PAVEL } from '../fakes/processes.ts';

/** As the app posts to Slack, ten times as fast. */
const TEN_A_SECOND = { ...MESSAGE_A_SECOND, everyMs: MESSAGE_A_SECOND.everyMs / 10 };

let office: PostOffice;
afterEach(() => office.stop());

describe('many requests at once', () => {
  it.each([
    ['at the pace that Slack wants, hardly ever refused', 30, TEN_A_SECOND, 0, 5],
    ['heeding every refusal, where nobody keeps the pace', 8, UNPACED, 1, 50],
  ] as const)(
    'come from two processes, all and once: %s',
    async (_how, count, pace, fewest, most) => {
      office = await openPostOffice({ rateLimits: 10, waitMs: 60_000 });
      const [one, other] = [await office.hire(undefined, pace), await office.hire(undefined, pace)];
      const asking = Array.from({ length: count }, (_one, n) =>
        ask(n % 2 === 0 ? one : other, `payment-${n}`),
      );
      const requests = await Promise.all(asking);
      await Promise.all([one.work(), other.work()]);
      await office.slack.workspace.changes.until(
        () => (requests.every((request) => office.tells(request).includes('card')) ? true : undefined),
        () => `the cards; there are ${office.slack.channel('approvals').messages.length} messages`,
      );

      // What comes before the time that a refusal gave is a complaint, for which the office fails.
      for (const request of requests) expect(office.tells(request)).toEqual(['headline', 'card']);
      expect([...one.faults, ...other.faults]).toEqual([]);
      const refused = office.slack.calls.filter(({ wasLimited }) => wasLimited).length;
      expect(refused).toBeGreaterThanOrEqual(fewest);
      expect(refused).toBeLessThanOrEqual(most);
    },
    120_000,
  );
});

describe('a channel that Slack limits', () => {
  it('is let alone for as long as Slack says, while others are written to, and nothing fails', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    const [busy, done] = [await ask(clerk, 'busy'), await ask(clerk, 'done')];
    await clerk.usecases.announce(done.id);
    await clerk.usecases.decideOnRequest(done.id, { type: 'reject', note: 'No' }, PAVEL);

    const limited = { type: 'rate_limited', retryAfterSeconds: 3 } as const;
    office.slack.breaks('chat.postMessage', limited, 1, 'C_APPROVALS');
    const before = Date.now();
    await clerk.usecases.announce(busy.id).catch(() => undefined);
    await clerk.work();
    const person = await office.slack.waitForCall(
      'chat.postMessage',
      ({ args }) => args['channel'] === 'U_MARIA',
    );
    expect(person.answer).toMatchObject({ ok: true });
    expect(Date.now() - before).toBeLessThan(2500);
    expect(office.tells(busy)).toEqual([]);

    await office.slack.channel('approvals').waitForMessage(({ text }) => text.includes('rejected'));
    await office.slack.workspace.changes.until(
      () => (office.tells(busy).includes('card') ? true : undefined),
      () => 'the card',
    );
    expect(Date.now() - before).toBeGreaterThan(3000);
    expect(office.tells(busy)).toEqual(['headline', 'card']);
    expect(clerk.faults).toEqual([]);
  });

  it('is edited once, however many versions went by meanwhile', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    const request = await ask(clerk, 'overtaken');
    await clerk.usecases.announce(request.id);
    await clerk.work();

    office.slack.breaks('chat.update', { type: 'rate_limited', retryAfterSeconds: 2 });
    for (let version = 2; version <= 5; version += 1) {
      await clerk.store.transaction(async (records) => {
        await records.lockRequest(request.id);
        if (version < 5) await records.moveRequest(request, 'pending');
        else await endByClock(records, request, 'lapsed', 'Captured.', new Date());
        await records.enqueue({ name: 'announce', request: request.id });
      });
    }
    await office.slack
      .channel('approvals')
      .waitForMessage(({ text, thread_ts, ts }) => thread_ts !== ts && text.includes('Lapsed'));
    const edits = office.slack.calls.filter(
      ({ method, answer }) => method === 'chat.update' && answer !== undefined,
    );
    expect(edits).toHaveLength(2);
    expect(clerk.faults).toEqual([]);
  });
});
