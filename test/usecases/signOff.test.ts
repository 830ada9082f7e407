import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { somebodyWaitsFor } from '../store/waiting.ts';
import { LENA, MARIA, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

const OF = { channel: 'C_FINANCE', date: '2026-11-18' };

let database: TestDatabase;
let surroundings: Surroundings;
let processes: readonly [Process, Process];
beforeEach(async () => {
  database = await createTestDatabase();
  surroundings = new Surroundings();
  surroundings.now = new Date('2026-11-19T08:00:00Z');
  processes = [
    await startProcess(database.url, surroundings),
    await startProcess(database.url, surroundings),
  ];
  await processes[0].usecases.tick();
});
afterEach(async () => {
  for (const process of processes) await process.stop();
  await database.stop();
});

const signed = async () =>
  (
    await database.sql.query<{ user: string; refusal: string | null }>(
      'select person_user as user, refusal from sign_offs order by refusal nulls first',
    )
  ).rows;

it('of two people who sign a day off at the same moment, one does, and the other is told', async () => {
  const [{ store }, { usecases }] = processes;
  let late: ReturnType<typeof usecases.signOffSummary> | undefined;
  await store.transaction(async (records) => {
    await records.lockSummary(OF.channel, OF.date);
    late = usecases.signOffSummary(OF, PAVEL);
    await somebodyWaitsFor(database.sql, 'transactionid');
    const signedAt = surroundings.now;
    await records.insertSignOff({ ...OF, person: LENA, groups: ['finance'], signedAt, refusal: null });
  });
  expect(await late).toMatchObject({
    refusal: 'already_signed_off',
    signOff: { person: LENA, signedAt: surroundings.now },
  });
  expect((await signed()).map(({ refusal }) => refusal)).toEqual([null, 'already_signed_off']);
});

it('a frozen person signs nothing off, and that they tried is on record', async () => {
  const [{ usecases }] = processes;
  const scope = { type: 'person', users: ['U_LENA'] } as const;
  await usecases.freezeDispatch({ scope, reason: 'Her laptop is gone' }, PAVEL);
  expect(await usecases.signOffSummary(OF, LENA)).toMatchObject({ counts: false, refusal: 'frozen' });
  expect(await usecases.signOffSummary(OF, MARIA)).toMatchObject({ counts: true });
  expect(await signed()).toEqual([
    { user: 'U_MARIA', refusal: null },
    { user: 'U_LENA', refusal: 'frozen' },
  ]);
});

it('a day that no summary has can not be signed off', async () => {
  const none = { ...OF, date: '2026-11-19' };
  await expect(processes[0].usecases.signOffSummary(none, LENA)).rejects.toThrow(
    'has no summary of 2026-11-19',
  );
  expect(await signed()).toEqual([]);
});
