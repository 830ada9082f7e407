import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds, DAY_SECONDS } from '../../src/domain/clock.ts';
import { openPostOffice, type PostOffice } from '../fakes/postOffice.ts';

/** Nine in Warsaw, on the 19th. */
const NINE = new Date('2026-11-19T08:00:00Z');

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
});
afterEach(() => office.stop());

/** What else comes stands in their threads. */
const summaries = () =>
  office.slack.channel('finance').messages.filter(({ ts, thread_ts }) => (thread_ts ?? ts) === ts);
const posted = () => summaries().map(({ text }) => text.split('\n')[0]);
async function until(count: number): Promise<void> {
  await expect.poll(posted, { timeout: 15_000 }).toHaveLength(count);
}
const later = (days: number) => addSeconds(NINE, days * DAY_SECONDS);

describe('the summary in the finance channel', () => {
  it('comes once, though several processes are at it at the same moment', async () => {
    const clerks = [await office.hire(), await office.hire()];
    for (const clerk of clerks) await clerk.work();
    office.surroundings.now = NINE;
    await Promise.all(clerks.map(({ usecases }) => usecases.tick()));
    await until(1);
    office.surroundings.now = later(1);
    await Promise.all(clerks.map(({ usecases }) => usecases.tick()));
    await until(2);
    expect(posted()).toEqual([
      '*Cancellations on Wednesday, 18 November 2026*',
      '*Cancellations on Thursday, 19 November 2026*',
    ]);
    expect(clerks.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('does not come in a burst when Slack is back after days: one catches up on all of them', async () => {
    const clerk = await office.hire();
    await clerk.work();
    office.surroundings.now = NINE;
    await clerk.usecases.tick();
    await until(1);

    const comesBack = office.slack.breaks('auth.test', { type: 'refused', error: 'internal_error' }, 99);
    for (const days of [1, 2, 3]) {
      office.surroundings.now = later(days);
      await expect(clerk.usecases.tick()).rejects.toThrow('acts of the clock failed');
    }
    comesBack();
    await clerk.usecases.tick();
    await until(2);
    const { text } = summaries()[1] ?? { text: '' };
    expect(text).toContain('from Thursday, 19 November 2026 to Saturday, 21 November 2026');
    expect(text).toContain('This is one summary for 3 days');
    expect(text).toContain('Nobody has reviewed *1 day*: 18 Nov');
    const { rows } = await office.database.sql.query(
      'select first_date::text as first, local_date::text as last from summaries order by local_date',
    );
    expect(rows).toEqual([
      { first: '2026-11-18', last: '2026-11-18' },
      { first: '2026-11-19', last: '2026-11-21' },
    ]);
  });

  it('shows its sign-off also when the job that should bring it there was lost', async () => {
    const clerk = await office.hire();
    office.surroundings.now = NINE;
    await clerk.usecases.tick();
    await clerk.usecases.postSummary('day', '2026-11-18');
    const of = { channel: 'C_FINANCE', date: '2026-11-18' };
    await clerk.usecases.signOffSummary(of, { team: 'T_HOME', user: 'U_LENA' });
    expect(await clerk.store.selectNeglected(NINE)).not.toContainEqual(
      expect.objectContaining({ date: of.date }),
    );
    expect(await clerk.store.selectNeglected(later(1))).toContainEqual({
      name: 'summarise',
      kind: 'day',
      date: of.date,
    });

    office.slack.breaks('chat.update', { type: 'dropped_after' });
    await expect(clerk.usecases.postSummary('day', of.date)).rejects.toThrow(/fetch failed|socket/);
    await clerk.usecases.postSummary('day', of.date);
    expect(summaries().map(({ text }) => text.split('\n')[1])).toEqual([
      expect.stringContaining('✅ Reviewed by <@U_LENA>'),
    ]);
    expect(await clerk.store.selectNeglected(later(1))).not.toContainEqual(
      expect.objectContaining({ date: of.date }),
    );
  });

  it('stays signed off where somebody deleted the message', async () => {
    const clerk = await office.hire();
    office.surroundings.now = NINE;
    await clerk.usecases.tick();
    await clerk.usecases.postSummary('day', '2026-11-18');
    const of = { channel: 'C_FINANCE', date: '2026-11-18' };
    office.slack.breaks('chat.update', { type: 'refused', error: 'message_not_found' });
    await clerk.usecases.signOffSummary(of, { team: 'T_HOME', user: 'U_LENA' });
    await clerk.usecases.postSummary('day', of.date);
    const summary = await clerk.store.selectSummary({ ...of, kind: 'day' });
    expect(summary).toMatchObject({ signOff: { person: { user: 'U_LENA' } }, showsSignOff: true });
    expect(posted()).toHaveLength(1);
  });
});
