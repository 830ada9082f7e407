import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import type { Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, MARIA, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

describe('a request that is another try of an earlier one', () => {
  const surroundings = new Surroundings();
  let database: TestDatabase;
  let process: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    process = await startProcess(database.url, surroundings);
  });
  afterAll(async () => {
    await process.stop();
    await database.stop();
  });

  async function askAfter({ id, payment }: Request, reason = 'Paid twice'): Promise<Request | undefined> {
    const checked = process.usecases.checkAsk({
      account: 'shop-pl',
      fields: { payment },
      reason,
      follows: id,
    });
    const asked = checked.ok ? await process.usecases.askForCancellation(checked.ask, MARIA) : undefined;
    return asked?.type === 'made' ? asked.request : undefined;
  }

  async function reject({ id }: Request): Promise<void> {
    await process.usecases.decideOnRequest(id, { type: 'reject', note: 'No' }, PAVEL);
  }

  const needless = { type: 'needless' };

  it('names it, under its own digest, and the chain is counted', async () => {
    const first = await ask(process, 'thrice');
    await reject(first);
    const second = await askAfter(first);
    if (second === undefined) throw new Error('it was not made');
    await reject(second);
    const third = await askAfter(second);
    if (third === undefined) throw new Error('it was not made');

    const story = await process.store.selectStory(third.id);
    expect(story.earlier).toMatchObject({ request: { id: second.id }, before: 1 });
    expect(story.earlier?.decisions.map(({ act, note }) => [act, note])).toEqual([['reject', 'No']]);
    expect((await process.store.selectStory(second.id)).followers.map(({ id }) => id)).toEqual([third.id]);
    expect((await process.store.selectStory(first.id)).earlier).toBeNull();
    const verify = await process.store.selectSealed(third.id);
    expect(await verify()).toEqual([]);
  });

  it('is told in the thread of the first, though the job is lost', async () => {
    const first = await ask(process, 'lost-job');
    await reject(first);
    await process.usecases.announce(first.id);
    const isNeglected = async () => {
      const jobs = await process.store.selectNeglected(addSeconds(new Date(), 120));
      return jobs.some((job) => 'request' in job && job.request === first.id);
    };
    expect(await isNeglected()).toBe(false);
    const again = await askAfter(first);
    expect(await isNeglected()).toBe(true);

    await process.usecases.announce(first.id);
    expect(await isNeglected()).toBe(false);
    const posted = await process.store.selectPosted(first.id);
    expect(posted.map(({ kind }) => kind)).toContain(`thread:again:${again?.id}`);
  });

  it('can follow neither an open nor a cancelled one, and nothing is recorded then', async () => {
    const open = await ask(process, 'open');
    const other = { ...open, payment: 'other' };
    await expect(askAfter(other)).rejects.toThrow('is pending, so none can follow it');
    expect(await process.store.selectOpenRequest('shop-pl', 'other')).toBeUndefined();
    expect(await process.usecases.tryToAskAgain(open.id)).toMatchObject(needless);

    await process.usecases.decideOnRequest(open.id, { type: 'approve', saw: open.digest, note: null }, PAVEL);
    await process.usecases.dispatch(open.id);
    await expect(askAfter(other)).rejects.toThrow('is cancelled, so none can follow it');
    expect(await process.usecases.tryToAskAgain(open.id)).toMatchObject(needless);
  });

  it('is one, however many ask at the same moment', async () => {
    const first = await ask(process, 'crowd');
    await reject(first);
    surroundings.meet(5);
    const asked = await Promise.all(Array.from({ length: 5 }, () => askAfter(first)));
    surroundings.door = async () => {};
    expect(asked.filter((request) => request !== undefined)).toHaveLength(1);
    expect((await process.store.selectStory(first.id)).followers).toHaveLength(1);
    const again = await process.usecases.tryToAskAgain(first.id);
    expect(again).toMatchObject({ type: 'already_open', request: { follows: first.id } });
  });
});
