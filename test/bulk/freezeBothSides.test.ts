/** A freeze that is made while a bulk is under way: kept by the app without PostgreSQL, and by PostgreSQL without the app. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bulk } from '../../src/domain/bulk.ts';
import type { Scope } from '../../src/domain/freeze.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  CANCELLED,
  LENA,
  MARIA,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';
import { askInBulk, expectWhole, payments } from './aBulk.ts';

const TOM = { team: 'T_HOME', user: 'U_TOM' };
const OLGA = { team: 'T_HOME', user: 'U_OLGA' };

const scopes: readonly Scope[] = [
  { type: 'all' },
  { type: 'account', account: 'shop-pl' },
  { type: 'person', users: [MARIA.user] },
  { type: 'person', users: [PAVEL.user] },
];

let database: TestDatabase;
let surroundings: Surroundings;
let process: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  surroundings = new Surroundings();
  process = await startProcess(database.url, surroundings);
  await process.store.transaction((records) => records.introduceKey(surroundings.now));
});
beforeEach(() => {
  surroundings.door = async () => {};
  surroundings.answer = async () => CANCELLED;
  surroundings.now = new Date();
});
afterAll(async () => {
  await expectWhole(database);
  await process.stop();
  await database.stop();
});

let made = 0;
/** Four lines, approved by two. */
async function approved(): Promise<Bulk> {
  const bulk = await askInBulk(process, payments(4, `frozen${(made += 1)}-`));
  const approval = { type: 'approve', saw: bulk.digest, note: null } as const;
  for (const person of [PAVEL, LENA]) await process.usecases.decideOnBulk(bulk.id, approval, person);
  return bulk;
}
async function freeze(scope: Scope): Promise<void> {
  const frozen = await process.usecases.freezeDispatch({ scope, reason: 'Suspicious night' }, TOM);
  if (!frozen.counts) throw new Error(frozen.refusal);
}
async function lift(): Promise<void> {
  for (const { id } of await process.usecases.listFreezes())
    for (const person of [TOM, OLGA]) await process.usecases.agreeToLift(id, person);
}
const statesOf = async ({ id }: Bulk) => (await process.store.selectLines(id)).map(({ state }) => state);

describe.each(scopes)('a freeze of %j', (scope) => {
  /** The second line's call or look-up is when it is committed. */
  async function sendUntilFrozen(bulk: Bulk, during: 'call' | 'look-up'): Promise<void> {
    const [, second] = await process.store.selectLines(bulk.id);
    if (during === 'call') {
      surroundings.answer = async (payment) => {
        if (payment === second?.payment) await freeze(scope);
        return CANCELLED;
      };
    } else {
      const before = surroundings.lookedUp.length;
      surroundings.door = async () => {
        if (surroundings.lookedUp.length < before + 1) return;
        surroundings.door = async () => {};
        await freeze(scope);
      };
    }
    await process.usecases.dispatchBulk(bulk.id);
  }

  it.each([
    ['call', ['cancelled', 'cancelled', 'approved', 'approved']],
    ['look-up', ['cancelled', 'approved', 'approved', 'approved']],
  ] as const)(
    'during the second line’s %s stops the rest, by the app alone, until two lift it',
    async (during, states) => {
      const bulk = await approved();
      await database.sql.query('alter table attempts disable trigger attempts_heed_freezes');
      await sendUntilFrozen(bulk, during);
      expect(await statesOf(bulk)).toEqual(states);
      surroundings.now = new Date(surroundings.now.getTime() + 20_000);
      await process.usecases.dispatchBulk(bulk.id);
      expect(await statesOf(bulk)).toEqual(states);
      await database.sql.query('alter table attempts enable always trigger attempts_heed_freezes');

      await lift();
      surroundings.now = new Date(surroundings.now.getTime() + 20_000);
      await process.usecases.dispatchBulk(bulk.id);
      expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    },
  );

  it('during the second line’s call stops the rest, by PostgreSQL alone', async () => {
    const bulk = await approved();
    await sendUntilFrozen(bulk, 'call');
    const [, , third] = await process.store.selectLines(bulk.id);
    const unjudged = process.store.transaction(async (records) => {
      await records.lockRequest(third?.id ?? '');
      await records.insertAttempt(third?.id ?? '', surroundings.now);
    });
    await expect(unjudged).rejects.toThrow(/the freeze F-\d+ stops this request/);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'approved', 'approved']);
    await lift();
  });
});
