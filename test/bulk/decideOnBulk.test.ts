import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bulk } from '../../src/domain/bulk.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { LENA, MARIA, ON_HOLD, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { askInBulk, expectWhole, payments } from './aBulk.ts';

const approval = (saw: string, note: string | null = null) => ({ type: 'approve', saw, note }) as const;

describe('deciding on a bulk', () => {
  let database: TestDatabase;
  let surroundings: Surroundings;
  let one: Process;
  let other: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    surroundings = new Surroundings();
    one = await startProcess(database.url, surroundings);
    other = await startProcess(database.url, surroundings);
    await one.store.transaction((records) => records.introduceKey(surroundings.now));
  });
  beforeEach(() => {
    surroundings.door = async () => {};
    surroundings.now = new Date();
  });
  afterAll(async () => {
    await expectWhole(database);
    await one.stop();
    await other.stop();
    await database.stop();
  });

  let made = 0;
  /** Two lines need one approval, three need two. */
  const ask = (lines: number) => askInBulk(one, payments(lines, `list${(made += 1)}-`));
  async function statesOf({ id }: Bulk): Promise<string[]> {
    return (await one.store.selectLines(id)).map(({ state }) => state);
  }
  async function actsOf({ id }: Bulk): Promise<string[]> {
    return (await one.store.selectBulkActs(id)).map(({ act, refusal }) => `${act} ${refusal ?? 'counts'}`);
  }
  async function decisionsOn({ id }: Bulk): Promise<unknown[]> {
    const { rows } = await database.sql.query<object>(
      `select act, person_user, note, count(*)::int from decisions d join requests r on r.id = d.request_id
       where bulk = $1 group by act, person_user, note order by min(d.id)`,
      [id],
    );
    return rows;
  }

  it('needs the approvals of its total, though each line alone would need fewer', async () => {
    const bulk = await ask(3);
    expect(bulk.rule.needs).toEqual([{ group: 'finance', count: 2 }]);
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest, 'Seen.'), PAVEL);
    expect(await statesOf(bulk)).toEqual(['pending', 'pending', 'pending']);
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), LENA);
    expect(await statesOf(bulk)).toEqual(['approved', 'approved', 'approved']);
    expect(await decisionsOn(bulk)).toEqual([
      { act: 'approve', person_user: 'U_PAVEL', note: 'Seen.', count: 3 },
      { act: 'approve', person_user: 'U_LENA', note: null, count: 3 },
    ]);
  });

  it('counts for all lines or for none: own, unseen, repeated and late acts are on record once, and change nothing', async () => {
    const bulk = await ask(3);
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), MARIA);
    await one.usecases.decideOnBulk(bulk.id, approval('ab'.repeat(32)), PAVEL);
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), PAVEL);
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), PAVEL);
    await one.usecases.decideOnBulk(bulk.id, { type: 'withdraw' }, LENA);
    expect(await statesOf(bulk)).toEqual(['pending', 'pending', 'pending']);
    surroundings.now = new Date(bulk.deadline);
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), LENA);
    expect(await statesOf(bulk)).toEqual(['expired', 'expired', 'expired']);
    expect(await actsOf(bulk)).toEqual([
      'approve own_request',
      'approve request_changed',
      'approve counts',
      'approve already_approved',
      'withdraw not_the_requester',
      'approve expired',
    ]);
  });

  it('is rejected with a reason that stands with every line, and withdrawn by whoever asked', async () => {
    const rejected = await ask(2);
    await one.usecases.decideOnBulk(rejected.id, { type: 'reject', note: 'They paid once.' }, PAVEL);
    expect(await decisionsOn(rejected)).toEqual([
      { act: 'reject', person_user: 'U_PAVEL', note: 'They paid once.', count: 2 },
    ]);
    const withdrawn = await ask(2);
    await one.usecases.decideOnBulk(withdrawn.id, { type: 'withdraw' }, MARIA);
    expect(await statesOf(withdrawn)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('leaves a line alone that ended before, and decides on the others', async () => {
    const bulk = await ask(2);
    const [first] = await one.store.selectLines(bulk.id);
    surroundings.evidenceOf.set(first?.payment ?? '', { ...ON_HOLD, standing: 'taken', says: 'Captured.' });
    await one.usecases.reviewRequest(first?.id ?? '');
    await one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), PAVEL);
    expect(await statesOf(bulk)).toEqual(['lapsed', 'approved']);
  });

  it('is refused to whoever tries a line alone', async () => {
    const bulk = await ask(2);
    const [first] = await one.store.selectLines(bulk.id);
    const saw = first?.digest ?? '';
    await expect(one.usecases.decideOnRequest(first?.id ?? '', approval(saw), PAVEL)).rejects.toThrow(
      /line of a bulk/,
    );
  });

  it('counts once when one person clicks twice at the same moment', async () => {
    const bulk = await ask(3);
    surroundings.meet(2);
    await Promise.all(
      [one, other].map(({ usecases }) => usecases.decideOnBulk(bulk.id, approval(bulk.digest), PAVEL)),
    );
    expect((await actsOf(bulk)).toSorted()).toEqual(['approve already_approved', 'approve counts']);
    expect(await statesOf(bulk)).toEqual(['pending', 'pending', 'pending']);
  });

  it('takes the last two approvals at the same moment, and is sent once', async () => {
    const bulk = await ask(3);
    surroundings.meet(2);
    await Promise.all([
      one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), PAVEL),
      other.usecases.decideOnBulk(bulk.id, approval(bulk.digest), LENA),
    ]);
    expect(await actsOf(bulk)).toEqual(['approve counts', 'approve counts']);
    expect(await statesOf(bulk)).toEqual(['approved', 'approved', 'approved']);
    surroundings.door = async () => {};
    await Promise.all([one.usecases.dispatchBulk(bulk.id), other.usecases.dispatchBulk(bulk.id)]);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const keys = (await one.store.selectLines(bulk.id)).map(({ key }) => key);
    expect(surroundings.sent.filter((key) => keys.includes(key))).toEqual(keys);
  });

  it('is either approved or withdrawn when both happen at the same moment', async () => {
    for (let round = 0; round < 4; round += 1) {
      const bulk = await ask(2);
      surroundings.meet(2);
      await Promise.all([
        one.usecases.decideOnBulk(bulk.id, approval(bulk.digest), PAVEL),
        other.usecases.decideOnBulk(bulk.id, { type: 'withdraw' }, MARIA),
      ]);
      surroundings.door = async () => {};
      const states = new Set(await statesOf(bulk));
      const isApproved = states.has('approved');
      expect([...states]).toEqual([isApproved ? 'approved' : 'withdrawn']);
      expect(await actsOf(bulk)).toEqual(
        isApproved
          ? ['approve counts', 'withdraw already_decided']
          : ['withdraw counts', 'approve already_decided'],
      );
    }
  });
});
