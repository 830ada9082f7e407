import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, ON_HOLD, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

describe('news of an attempt that nobody knows the outcome of', () => {
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
  beforeEach(() => {
    surroundings.now = new Date('2026-11-19T10:00:00Z');
    surroundings.evidence = ON_HOLD;
    surroundings.answer = async () => ({ type: 'unknown', says: 'No answer.' });
  });

  function wait(seconds: number): void {
    surroundings.now = new Date(surroundings.now.getTime() + seconds * 1000);
  }

  let payments = 0;
  async function unknown(): Promise<string> {
    const { id, digest } = await ask(process, `tx${(payments += 1)}`);
    await process.usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
    await process.usecases.dispatch(id);
    return id;
  }

  async function lookUpOf(id: string) {
    const { rows } = await database.sql.query<{
      made: number;
      due_at: Date | null;
      silent_since: Date | null;
    }>('select made, due_at, silent_since from look_ups where request_id = $1', [id]);
    return rows[0];
  }

  it('is not forgotten by a look-up that was on its way when it came', async () => {
    const id = await unknown();
    wait(6);
    surroundings.door = async () => {
      await process.store.bringLookUpForward(id, surroundings.now);
    };
    await process.usecases.lookUpUnsettled(id);
    surroundings.door = async () => undefined;
    expect((await lookUpOf(id))?.due_at).toEqual(new Date('2026-11-19T10:01:06Z'));
  });

  it('has the provider asked once a minute at the most', async () => {
    const id = await unknown();
    wait(6);
    await process.usecases.lookUpUnsettled(id);
    await process.store.bringLookUpForward(id, surroundings.now);
    surroundings.evidence = { ...ON_HOLD, standing: 'cancelled' };
    await process.usecases.lookUpUnsettled(id);
    expect((await process.store.selectRequest(id)).state).toBe('unknown');
    wait(60);
    await process.usecases.lookUpUnsettled(id);
    expect((await process.store.selectRequest(id)).state).toBe('cancelled');
  });

  it('is remembered to be lacking since the first look-up that brought nothing usable, until one did', async () => {
    const id = await unknown();
    surroundings.evidence = { ...ON_HOLD, standing: 'cannot_tell' };
    for (const seconds of [6, 16]) {
      wait(seconds);
      await process.usecases.lookUpUnsettled(id);
    }
    expect((await lookUpOf(id))?.silent_since).toEqual(new Date('2026-11-19T10:00:06Z'));
    surroundings.evidence = ON_HOLD;
    wait(61);
    await process.usecases.lookUpUnsettled(id);
    expect(await lookUpOf(id)).toMatchObject({ made: 3, silent_since: null });
  });

  it('never uses up the look-ups of the ordinary way', async () => {
    const id = await unknown();
    for (let news = 0; news < 100; news += 1) {
      wait(61);
      await process.store.bringLookUpForward(id, surroundings.now);
      await process.usecases.lookUpUnsettled(id);
    }
    const { made, due_at } = (await lookUpOf(id)) ?? { made: -1, due_at: null };
    expect(made).toBeLessThanOrEqual(1);
    expect(due_at?.getTime()).toBeGreaterThan(surroundings.now.getTime());
  });
});
