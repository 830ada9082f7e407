import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import type { Request } from '../../src/domain/request.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, PAVEL } from '../fakes/processes.ts';

const REMINDER = '⏰ This still waits for a decision, and expires at';
const ESCALATION = '🚨 Nobody has decided on this after the reminder, and it expires at';

let office: PostOffice;
beforeEach(async () => {
  office = await openPostOffice();
  office.surroundings.reminding = { afterSeconds: 3600, escalateAfterSeconds: 7200, quiet: null };
});
afterEach(() => office.stop());

/** A request that nobody decided on for so long; its card stands. */
async function waiting(clerk: Clerk, seconds: number): Promise<Request> {
  const request = await ask(clerk, 'payment-1');
  await clerk.usecases.announce(request.id);
  office.surroundings.now = addSeconds(new Date(), seconds);
  return request;
}

function remindersOf(request: Request): readonly string[] {
  return office
    .tells(request)
    .flatMap((told) => [REMINDER, ESCALATION].filter((text) => told.startsWith(text)));
}

const loseAnswers = (count: number) =>
  office.slack.breaks('chat.postMessage', { type: 'dropped_after' }, count, 'C_APPROVALS');

describe('a reminder', () => {
  it('comes once, and so does its escalation, though every answer is lost', async () => {
    const clerk = await office.hire();
    const request = await waiting(clerk, 7200);
    loseAnswers(Infinity);
    for (let tries = 0; tries < 2; tries += 1)
      await expect(clerk.usecases.announce(request.id)).rejects.toThrow('fetch failed');
    await clerk.usecases.announce(request.id);
    await clerk.usecases.announce(request.id);
    expect(remindersOf(request)).toEqual([REMINDER, ESCALATION]);
  });

  it('comes once from processes that are told at the same moment', async () => {
    const clerks = [await office.hire(), await office.hire(), await office.hire()];
    const [first] = clerks;
    if (first === undefined) throw new Error('nobody was hired');
    const request = await waiting(first, 7200);
    await Promise.all(clerks.map(({ usecases }) => usecases.announce(request.id)));
    expect(remindersOf(request)).toEqual([REMINDER, ESCALATION]);
  });

  it('of which the answer was lost loses its buttons too when the request was decided meanwhile', async () => {
    const clerk = await office.hire();
    const request = await waiting(clerk, 3600);
    loseAnswers(1);
    await expect(clerk.usecases.announce(request.id)).rejects.toThrow('fetch failed');
    await clerk.usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    await clerk.usecases.announce(request.id);
    const reminder = office.slack.channel('approvals').messages.find(({ text }) => text.startsWith('⏰'));
    expect(reminder?.text).toBe('⏰ Whoever could decide was reminded.');
    expect(reminder?.blocks.map(({ type }) => type)).toEqual(['section']);
  });

  it('that did not arrive before the request was decided does not come any more', async () => {
    const clerk = await office.hire();
    const request = await waiting(clerk, 3600);
    office.slack.breaks('chat.postMessage', { type: 'dropped_before' }, 1, 'C_APPROVALS');
    await expect(clerk.usecases.announce(request.id)).rejects.toThrow('fetch failed');
    await clerk.usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    await clerk.usecases.announce(request.id);
    expect(office.slack.channel('approvals').messages.filter(({ text }) => text.startsWith('⏰'))).toEqual(
      [],
    );
    const { rows } = await office.database.sql.query('select from deliveries');
    expect(rows).toEqual([]);
  });
});
