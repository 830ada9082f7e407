import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, MARIA, ON_HOLD, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

describe('a provider that takes cancellations until 22:00 in Istanbul', () => {
  const surroundings = new Surroundings();
  let database: TestDatabase;
  let process: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    process = await startProcess(database.url, surroundings);
    surroundings.windows.set('shop-pl', {
      cutOff: { time: '22:00', zone: 'Europe/Istanbul' },
      holdSeconds: null,
    });
  });
  afterAll(async () => {
    await process.stop();
    await database.stop();
  });
  beforeEach(() => {
    surroundings.now = new Date('2026-11-20T15:00:00Z');
    surroundings.evidence = { ...ON_HOLD, madeAt: '2026-11-20T08:00:00Z' };
    surroundings.sent.length = 0;
  });

  it('gives a request no deadline beyond that', async () => {
    const request = await ask(process, 'in-time');
    expect([request.closesAt, request.deadline].map((date) => date?.toISOString())).toEqual([
      '2026-11-20T19:00:00.000Z',
      '2026-11-20T19:00:00.000Z',
    ]);
  });

  it('is not asked for what was paid on an earlier day', async () => {
    surroundings.evidence = { ...ON_HOLD, madeAt: '2026-11-19T08:00:00Z' };
    const checked = process.usecases.checkAsk({
      account: 'shop-pl',
      fields: { payment: 'late' },
      reason: 'Twice',
    });
    const asked = checked.ok ? await process.usecases.askForCancellation(checked.ask, MARIA) : undefined;
    expect(asked).toEqual({ type: 'closed', at: new Date('2026-11-19T19:00:00Z') });
  });

  it('is told nothing that was approved before and would arrive after', async () => {
    const { id, digest } = await ask(process, 'too-late');
    surroundings.now = new Date('2026-11-20T18:59:59Z');
    await process.usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
    surroundings.now = new Date('2026-11-20T19:00:00Z');
    await process.usecases.dispatch(id);
    expect((await process.store.selectRequest(id)).state).toBe('lapsed');
    expect(surroundings.sent).toEqual([]);
  });

  it('is told nothing when the window closes while it is asked once more', async () => {
    const { id, digest } = await ask(process, 'slow-look-up');
    surroundings.now = new Date('2026-11-20T18:59:59Z');
    await process.usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
    surroundings.door = async () => {
      surroundings.now = new Date('2026-11-20T19:00:10Z');
    };
    await process.usecases.dispatch(id);
    surroundings.door = async () => undefined;
    expect((await process.store.selectRequest(id)).state).toBe('lapsed');
    expect(surroundings.sent).toEqual([]);
  });

  it('lets nobody approve afterwards', async () => {
    const { id, digest } = await ask(process, 'approved-late');
    surroundings.now = new Date('2026-11-20T19:00:00Z');
    const act = { type: 'approve', saw: digest, note: null } as const;
    const { verdict, request } = await process.usecases.decideOnRequest(id, act, PAVEL);
    expect([verdict, request.state]).toEqual([{ counts: false, refusal: 'expired' }, 'expired']);
  });
});
