import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  CANCELLED,
  ON_HOLD,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

describe('dispatch', () => {
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
    surroundings.answer = async () => CANCELLED;
    surroundings.sent.length = 0;
  });

  function wait(seconds: number): void {
    surroundings.now = new Date(surroundings.now.getTime() + seconds * 1000);
  }

  function answerWith(outcome: Outcome): void {
    surroundings.answer = async () => outcome;
  }

  let payments = 0;
  async function approved(): Promise<string> {
    const { id, digest } = await ask(process, `tx${(payments += 1)}`);
    await process.usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
    return id;
  }

  async function recordOf(id: string) {
    const { rows } = await database.sql.query<{ state: string; attempts: string; outcomes: string[] | null }>(
      `select r.state, (select count(*) from attempts a where a.request_id = r.id) as attempts,
         (select array_agg(o.source || ' ' || o.type order by o.id)
          from outcomes o join attempts a on a.id = o.attempt_id where a.request_id = r.id) as outcomes
       from requests r where r.id = $1`,
      [id],
    );
    return rows[0];
  }

  /** A call whose answer is so long in coming that it counts as interrupted; gives what brings the answer at last. */
  async function interrupted(id: string): Promise<(outcome: Outcome) => Promise<void>> {
    const late = Promise.withResolvers<Outcome>();
    const called = Promise.withResolvers<void>();
    surroundings.answer = () => {
      called.resolve();
      return late.promise;
    };
    const slow = process.usecases.dispatch(id);
    await called.promise;
    wait(31);
    await process.usecases.dispatch(id);
    return async (outcome) => {
      late.resolve(outcome);
      await slow;
    };
  }

  it('commits the attempt before the first byte leaves', async () => {
    const id = await approved();
    let record;
    surroundings.answer = async () => {
      record = await recordOf(id);
      return CANCELLED;
    };
    await process.usecases.dispatch(id);
    expect(record).toEqual({ state: 'sending', attempts: '1', outcomes: null });
    expect(await recordOf(id)).toEqual({ state: 'cancelled', attempts: '1', outcomes: ['answer cancelled'] });
  });

  it('sends once, however often and however many at a time the job comes', async () => {
    const id = await approved();
    await Promise.all(Array.from({ length: 3 }, () => process.usecases.dispatch(id)));
    await process.usecases.dispatch(id);
    expect(surroundings.sent).toHaveLength(1);
    expect((await recordOf(id))?.state).toBe('cancelled');
  });

  it('tries again by itself only what was surely not sent', async () => {
    const id = await approved();
    answerWith({ type: 'not_sent', says: 'Nothing was sent.' });
    await process.usecases.dispatch(id);
    expect((await recordOf(id))?.state).toBe('approved');
    answerWith(CANCELLED);
    await process.usecases.dispatch(id);
    const outcomes = ['answer not_sent', 'answer cancelled'];
    expect(await recordOf(id)).toEqual({ state: 'cancelled', attempts: '2', outcomes });
  });

  it('never sends an unknown one again', async () => {
    const id = await approved();
    answerWith({ type: 'unknown', says: 'No answer.' });
    await process.usecases.dispatch(id);
    for (let day = 1; day <= 40; day += 1) {
      wait(86_400);
      await process.usecases.dispatch(id);
      await process.usecases.lookUpUnsettled(id);
      await process.usecases.tick();
    }
    expect(surroundings.sent).toHaveLength(1);
    expect(await recordOf(id)).toEqual({ state: 'unknown', attempts: '1', outcomes: ['answer unknown'] });
  });

  it('calls an attempt unknown when its process died in between, and not before it surely has', async () => {
    const id = await approved();
    surroundings.answer = () => Promise.reject(new Error('killed'));
    await expect(process.usecases.dispatch(id)).rejects.toThrow('killed');
    wait(29);
    await process.usecases.dispatch(id);
    expect((await recordOf(id))?.state).toBe('sending');
    wait(2);
    await process.usecases.dispatch(id);
    expect(await recordOf(id)).toEqual({
      state: 'unknown',
      attempts: '1',
      outcomes: ['interruption unknown'],
    });
    expect(surroundings.sent).toHaveLength(1);
  });

  it.each([
    [29, 'sending'],
    [3_600, 'unknown'],
  ])(
    'takes an attempt that seems to begin in %i s, because a clock was put back, for %s',
    async (seconds, state) => {
      const id = await approved();
      surroundings.answer = () => Promise.reject(new Error('killed'));
      await expect(process.usecases.dispatch(id)).rejects.toThrow('killed');
      wait(-seconds);
      await process.usecases.dispatch(id);
      expect((await recordOf(id))?.state).toBe(state);
      expect(surroundings.sent).toHaveLength(1);
    },
  );

  it('takes the late answer of an attempt that was called interrupted', async () => {
    const id = await approved();
    const answerLate = await interrupted(id);
    expect((await recordOf(id))?.state).toBe('unknown');
    await answerLate(CANCELLED);
    const outcomes = ['interruption unknown', 'answer cancelled'];
    expect(await recordOf(id)).toEqual({ state: 'cancelled', attempts: '1', outcomes });
  });

  it.each<[string, Partial<Evidence>]>([
    ['was captured', { standing: 'taken' }],
    ['was cancelled elsewhere', { standing: 'cancelled' }],
    ['has another amount', { amount: { minor: 5001n, currency: 'PLN' } }],
    ['has another currency', { amount: { minor: 5000n, currency: 'EUR' } }],
    ['is gone', { standing: 'not_found' }],
  ])('lapses, and sends nothing, when the payment %s after the approval', async (_what, change) => {
    const id = await approved();
    surroundings.evidence = { ...ON_HOLD, ...change };
    await process.usecases.dispatch(id);
    expect(await recordOf(id)).toEqual({ state: 'lapsed', attempts: '0', outcomes: null });
    expect(surroundings.sent).toEqual([]);
  });

  it('waits a quarter of an hour for a provider that cannot be asked, and then lapses', async () => {
    const id = await approved();
    surroundings.evidence = { ...ON_HOLD, standing: 'cannot_tell', amount: null };
    wait(900);
    await process.usecases.dispatch(id);
    expect((await recordOf(id))?.state).toBe('approved');
    wait(1);
    await process.usecases.dispatch(id);
    expect((await recordOf(id))?.state).toBe('lapsed');
    expect(surroundings.sent).toEqual([]);
  });

  it('finds by a look-up that an unknown one was cancelled, and then asks no more', async () => {
    const id = await approved();
    answerWith({ type: 'unknown', says: 'No answer.' });
    await process.usecases.dispatch(id);
    surroundings.evidence = { ...ON_HOLD, standing: 'cancelled' };
    await process.usecases.lookUpUnsettled(id);
    expect((await recordOf(id))?.state).toBe('unknown');
    wait(6);
    await process.usecases.lookUpUnsettled(id);
    const outcomes = ['answer unknown', 'look_up cancelled'];
    expect(await recordOf(id)).toEqual({ state: 'cancelled', attempts: '1', outcomes });
    const { rows } = await database.sql.query('select due_at from look_ups where request_id = $1', [id]);
    expect(rows).toEqual([{ due_at: null }]);
  });

  it('goes back to sending when the proof that nothing left comes late', async () => {
    const id = await approved();
    const answerLate = await interrupted(id);
    await answerLate({ type: 'not_sent', says: 'Nothing was sent.' });
    expect((await recordOf(id))?.state).toBe('approved');
    answerWith(CANCELLED);
    await process.usecases.dispatch(id);
    const outcomes = ['interruption unknown', 'answer not_sent', 'answer cancelled'];
    expect(await recordOf(id)).toEqual({ state: 'cancelled', attempts: '2', outcomes });
  });

  it('keeps what comes too late on record, also when it contradicts the end', async () => {
    const id = await approved();
    const answerLate = await interrupted(id);
    surroundings.evidence = { ...ON_HOLD, standing: 'cancelled' };
    wait(6);
    await process.usecases.lookUpUnsettled(id);
    await answerLate({ type: 'refused', code: '1', says: 'No.' });
    const outcomes = ['interruption unknown', 'look_up cancelled', 'answer refused'];
    expect(await recordOf(id)).toEqual({ state: 'cancelled', attempts: '1', outcomes });
  });
});
