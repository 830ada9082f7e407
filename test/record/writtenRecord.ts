/** A record that Countersign itself wrote, with something of everything in it, and always the same numbers. */
import type { Scope } from '../../src/domain/freeze.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, LARGE, LENA, MARIA, ON_HOLD, PAVEL, startProcess, Surroundings } from '../fakes/processes.ts';

const ALARM = {
  id: 'notice-1',
  payment: 'tx9',
  meaning: 'cancelled',
  reference: 'r9',
  says: 'Cancelled in the back office.',
} as const;

function approve(saw: string, note: string | null = null) {
  return { type: 'approve', saw, note } as const;
}

/** Nobody is connected to it, so that it can be copied. */
export async function writeRecord(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  const surroundings = new Surroundings();
  const process = await startProcess(database.url, surroundings);
  const { store, usecases } = process;
  function at(time: string): void {
    surroundings.now = new Date(`2026-11-20T${time}Z`);
  }
  async function freezeAndLift(scope: Scope, by: Person, lifters: readonly Person[]): Promise<void> {
    const frozen = await usecases.freezeDispatch({ scope, reason: 'Suspicious night.' }, by);
    for (const person of lifters) if (frozen.counts) await usecases.agreeToLift(frozen.freeze.id, person);
  }
  function answer(outcome: Outcome): void {
    surroundings.answer = async () => outcome;
  }

  at('08:00:00');
  await store.transaction((records) => records.introduceKey(surroundings.now));

  // C-1001: cancelled, after Maria tried to approve it herself.
  const first = await ask(process, 'tx1');
  await usecases.decideOnRequest(first.id, approve(first.digest), MARIA);
  await usecases.decideOnRequest(first.id, approve(first.digest, 'Seen the invoice.'), PAVEL);
  await usecases.dispatch(first.id);
  await usecases.tick();

  // C-1002: two approvals, a call that did not leave, one that nobody answered, and a look-up that settled it.
  at('10:00:00');
  surroundings.evidence = LARGE;
  const second = await ask(process, 'tx2');
  await usecases.decideOnRequest(second.id, approve(second.digest), PAVEL);
  await usecases.decideOnRequest(second.id, approve(second.digest), LENA);
  answer({ type: 'not_sent', says: 'The connection was refused.' });
  await usecases.dispatch(second.id);
  answer({ type: 'unknown', says: 'No answer.' });
  await usecases.dispatch(second.id);
  at('10:01:00');
  surroundings.evidence = { ...ON_HOLD, standing: 'cancelled' };
  await usecases.lookUpUnsettled(second.id);
  await usecases.tick();

  // C-1003 is rejected, C-1004 refused by the provider, C-1005 waits for a second approval.
  surroundings.evidence = ON_HOLD;
  const third = await ask(process, 'tx3');
  await usecases.decideOnRequest(third.id, { type: 'reject', note: 'It was paid once.' }, PAVEL);
  const fourth = await ask(process, 'tx4');
  await usecases.decideOnRequest(fourth.id, approve(fourth.digest), PAVEL);
  answer({ type: 'refused', code: '17', says: 'Too late.' });
  await usecases.dispatch(fourth.id);
  surroundings.evidence = LARGE;
  const fifth = await ask(process, 'tx5');
  await usecases.decideOnRequest(fifth.id, approve(fifth.digest), PAVEL);
  await store.transaction(async (records) => {
    await records.insertNotice('shop-pl', ALARM, surroundings.now, true);
    await records.insertNotice('shop-pl', { ...ALARM, id: 'notice-2' }, surroundings.now, false);
  });

  // F-1 is lifted by two, and F-2 stands: Pavel, who approved C-1005, is frozen.
  await freezeAndLift({ type: 'account', account: 'shop-tr' }, PAVEL, [LENA, PAVEL]);
  await freezeAndLift({ type: 'person', users: [PAVEL.user] }, LENA, []);
  await usecases.tick();

  await process.stop();
  await database.sql.end();
  return database;
}
