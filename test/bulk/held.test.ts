import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bulk } from '../../src/domain/bulk.ts';
import type { Person } from '../../src/domain/person.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { LENA, MARIA, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { askInBulk, expectWhole, payments } from './aBulk.ts';

const TOM = { team: 'T_HOME', user: 'U_TOM' };
const OLGA = { team: 'T_HOME', user: 'U_OLGA' };

describe('a bulk that a freeze, or one person with two accounts, is against', () => {
  let database: TestDatabase;
  let surroundings: Surroundings;
  const processes: Process[] = [];
  let process: Process;

  /** A process that reads its settings anew. */
  async function restartWith(aliases: readonly (readonly string[])[]): Promise<void> {
    surroundings.aliases = aliases;
    process = await startProcess(database.url, surroundings);
    processes.push(process);
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    surroundings = new Surroundings();
    await restartWith([]);
    await process.store.transaction((records) => records.introduceKey(surroundings.now));
  });
  beforeEach(async () => {
    surroundings.now = new Date();
    surroundings.sent.length = 0;
    if (surroundings.aliases.length > 0) await restartWith([]);
  });
  afterAll(async () => {
    await expectWhole(database);
    for (const one of processes) await one.stop();
    await database.stop();
  });

  let made = 0;
  const ask = () => askInBulk(process, payments(3, `held${(made += 1)}-`));
  const approve = async ({ id, digest }: Bulk, person: Person) =>
    (await process.usecases.decideOnBulk(id, { type: 'approve', saw: digest, note: null }, person)).verdict;
  const goOn = async ({ id, digest }: Bulk, person: Person) =>
    (await process.usecases.steerBulk(id, { type: 'go_on', saw: digest }, person)).refusal;
  const stop = async ({ id }: Bulk, person: Person) =>
    (await process.usecases.steerBulk(id, { type: 'stop' }, person)).refusal;
  const statesOf = async ({ id }: Bulk) => (await process.store.selectLines(id)).map(({ state }) => state);

  async function frozen(scope: Parameters<Process['usecases']['freezeDispatch']>[0]['scope']) {
    const freezing = await process.usecases.freezeDispatch({ scope, reason: 'Suspicious night' }, TOM);
    if (!freezing.counts) throw new Error(freezing.refusal);
    const { id } = freezing.freeze;
    return async () => {
      for (const person of [TOM, OLGA]) await process.usecases.agreeToLift(id, person);
    };
  }

  it('is neither approved nor sent under a freeze of its account, and goes on after it', async () => {
    const bulk = await ask();
    await approve(bulk, PAVEL);
    const lift = await frozen({ type: 'account', account: 'shop-pl' });
    expect(await approve(bulk, LENA)).toEqual({ counts: false, refusal: 'frozen' });
    await lift();
    await approve(bulk, LENA);

    const liftAgain = await frozen({ type: 'all' });
    await process.usecases.dispatchBulk(bulk.id);
    expect(surroundings.sent).toEqual([]);
    expect(await statesOf(bulk)).toEqual(['approved', 'approved', 'approved']);
    await liftAgain();
    await process.usecases.dispatchBulk(bulk.id);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('halts under a freeze that lasts, and no word to go on counts before the end of that', async () => {
    const bulk = await ask();
    await approve(bulk, PAVEL);
    await approve(bulk, LENA);
    const lift = await frozen({ type: 'person', users: ['U_PAVEL'] });
    surroundings.now = new Date(surroundings.now.getTime() + 16 * 60_000);
    await process.usecases.dispatchBulk(bulk.id);
    expect((await process.store.selectBulkActs(bulk.id)).at(-1)).toMatchObject({
      act: 'pause',
      why: 'standstill',
    });
    expect(await goOn(bulk, LENA)).toBe('frozen');
    expect(await stop(bulk, PAVEL)).toBe('frozen');
    await lift();
    expect(await goOn(bulk, LENA)).toBeUndefined();
    await process.usecases.dispatchBulk(bulk.id);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('is stopped by whoever asked for it also when they are frozen', async () => {
    const bulk = await ask();
    await approve(bulk, PAVEL);
    await approve(bulk, LENA);
    const lift = await frozen({ type: 'person', users: ['U_MARIA'] });
    expect(await stop(bulk, MARIA)).toBeUndefined();
    expect(await statesOf(bulk)).toEqual(['lapsed', 'lapsed', 'lapsed']);
    await lift();
  });

  it('is not approved by another account of whoever asked, nor twice by one person', async () => {
    const bulk = await ask();
    await restartWith([
      ['U_MARIA', 'U_TOM'],
      ['U_PAVEL', 'U_OLGA'],
    ]);
    expect(await approve(bulk, TOM)).toEqual({ counts: false, refusal: 'own_request' });
    await approve(bulk, PAVEL);
    expect(await approve(bulk, OLGA)).toEqual({ counts: false, refusal: 'already_approved' });
    const { rows } = await database.sql.query(
      'select person_user, alias_user from bulk_acts where bulk_id = $1 order by id',
      [bulk.id],
    );
    expect(rows).toEqual([
      { person_user: 'U_MARIA', alias_user: 'U_TOM' },
      { person_user: 'U_PAVEL', alias_user: null },
      { person_user: 'U_PAVEL', alias_user: 'U_OLGA' },
    ]);
  });

  it('lapses where one person counted twice, because that was declared only afterwards', async () => {
    const bulk = await ask();
    await approve(bulk, PAVEL);
    await restartWith([['U_MARIA', 'U_PAVEL']]);
    expect(await approve(bulk, LENA)).toEqual({ counts: false, refusal: 'already_decided' });
    expect(await statesOf(bulk)).toEqual(['lapsed', 'lapsed', 'lapsed']);
  });
});
