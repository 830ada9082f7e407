import { afterAll, beforeAll, expect, it } from 'vitest';
import { createUsecases } from '../../src/usecases/usecases.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

/** A process that is stopped right after the attempt is committed, as by SIGSTOP, and goes on when others have judged. */
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

const later = (seconds: number) => new Date(surroundings.now.getTime() + seconds * 1000);

it.each([
  [14, 'cancelled', 1],
  [15, 'approved', 0],
  [3600, 'approved', 0],
  // A clock that was put back meanwhile says nothing of how long it was.
  [-600, 'approved', 0],
])('after a standstill of %i seconds the request is %s, and %i were sent', async (seconds, state, sent) => {
  surroundings.sent.length = 0;
  const request = await ask(process, `stood-still-${seconds}`);
  await process.usecases.decideOnRequest(
    request.id,
    { type: 'approve', saw: request.digest, note: null },
    PAVEL,
  );

  let isCommitted = false;
  const world = surroundings.world({
    ...process.store,
    async transaction(work) {
      const result = await process.store.transaction(work);
      isCommitted = true;
      return result;
    },
  });
  const stalled = createUsecases({ ...world, now: () => (isCommitted ? later(seconds) : surroundings.now) });
  await stalled.dispatch(request.id);

  expect(surroundings.sent).toHaveLength(sent);
  expect(await process.store.selectRequest(request.id)).toMatchObject({ state });
});
