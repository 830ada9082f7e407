import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import type { Request } from '../../src/domain/request.ts';
import { Later } from '../../src/usecases/later.ts';
import type { Place } from '../../src/usecases/posting.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, PAVEL } from '../fakes/processes.ts';
import { readWords } from '../fakes/slack/person.ts';

/** The lock on a request's messages goes with its connection, and the work that held it goes on. */
let office: PostOffice;
let slow: Clerk;
let other: Clerk;
let request: Request;
/** What the slow one does right before and right after its next call to Slack. */
let before: () => Promise<void>;
let after: () => Promise<void>;
beforeEach(async () => {
  before = after = async () => {};
  office = await openPostOffice();
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    await before();
    const result = await call();
    await after();
    return result;
  };
  slow = await office.hire((board) => ({
    editCard: (at, story) => around(() => board.editCard(at, story)),
    postCard: (headline: Place, story, delivery) => around(() => board.postCard(headline, story, delivery)),
  }));
  other = await office.hire();
  request = await ask(slow, 'payment-1');
});
afterEach(() => office.stop());

const cutAll = () =>
  office.database.sql.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name = 'countersign'`,
  );
const cards = () =>
  office.slack
    .channel('approvals')
    .messages.filter(({ ts, thread_ts }) => thread_ts !== undefined && thread_ts !== ts);
const shown = () => cards().map((card) => readWords(card));

/**
 * The slow one is in the middle of it when its lock is lost and the other shows what came after. Whatever failed comes
 * back, as the queue sees to it, and so does what the tables ring for.
 */
async function overtaken(when: 'before' | 'after'): Promise<void> {
  const meanwhile = async () => {
    before = after = async () => {};
    await cutAll();
    await other.usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    await insist(other);
  };
  if (when === 'before') before = meanwhile;
  else after = meanwhile;
  const failure = await slow.usecases.announce(request.id).catch((error: unknown) => error);
  if (failure !== undefined) await insist(slow);
  const neglected = await other.store.selectNeglected(new Date(Date.now() + 3_600_000));
  if (neglected.some(({ name }) => name === 'announce')) await insist(other);
}

/** As the queue does with a job that failed or has to come later. */
async function insist({ usecases }: Clerk): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await usecases.announce(request.id);
    } catch (error) {
      if (tries === 5) throw error;
      if (error instanceof Later) await setTimeout(error.afterSeconds * 1000);
    }
  }
}

describe.each(['before', 'after'] as const)('a process whose lock is lost %s its call to Slack', (when) => {
  it('leaves no card that shows less than the record', async () => {
    await slow.usecases.announce(request.id);
    await slow.store.transaction(async (records) => void (await records.moveRequest(request, 'pending')));
    await overtaken(when);
    expect(shown()[0]).toContain('Rejected');
    expect(shown()[0]).not.toMatch(/^Approve$/m);
  });

  it('leaves one card', async () => {
    await overtaken(when);
    expect(office.tells(request).filter((one) => one === 'card')).toEqual(['card']);
    expect(shown()[0]).toContain('Rejected');
  });
});

describe('a process that is killed while its edit is on its way', () => {
  it('leaves no card that shows less than the record, though the edit arrives after its death', async () => {
    await slow.usecases.announce(request.id);
    await slow.store.transaction(async (records) => void (await records.moveRequest(request, 'pending')));
    const sent = Promise.withResolvers<void>();
    const arrives = Promise.withResolvers<void>();
    before = async () => {
      sent.resolve();
      await arrives.promise;
    };
    // Nobody hears of it again, while this test looks.
    const over = Promise.withResolvers<void>();
    after = () => over.promise;
    void slow.usecases.announce(request.id).catch(() => undefined);
    await sent.promise;

    await cutAll();
    await other.usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    const mending = insist(other);
    await setTimeout(500);
    arrives.resolve();
    await mending;
    expect(shown()[0]).toContain('Rejected');
    over.resolve();
  });
});
