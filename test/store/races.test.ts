import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/decide.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  LARGE,
  LENA,
  MARIA,
  ON_HOLD,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

/** Two processes against one database, at the same moment. */
let database: TestDatabase;
let surroundings: Surroundings;
let one: Process;
let other: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  surroundings = new Surroundings();
  one = await startProcess(database.url, surroundings);
  other = await startProcess(database.url, surroundings);
});
beforeEach(() => {
  surroundings.door = async () => {};
  surroundings.evidence = ON_HOLD;
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.stop();
});

describe('two approvals at the same moment', () => {
  it('count once where one is needed: the other is told that it is decided, and one job sends', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const request = await ask(one, `both-${round}`);
      const tried = await atOnce(request, [approve(request, PAVEL), approve(request, LENA)]);
      expect(tried.toSorted()).toEqual(['already_decided', 'approved']);
      expect(await jobsOf('dispatch', request)).toBe(1);
      expect(await decisionsOf(request)).toEqual({ counted: 1, refused: 1 });
    }
  });

  it('count both where two are needed, and one job sends', async () => {
    surroundings.evidence = LARGE;
    const request = await ask(one, 'two-needed');
    const tried = await atOnce(request, [approve(request, PAVEL), approve(request, LENA)]);
    expect(tried.toSorted()).toEqual(['approved', 'pending']);
    expect(await jobsOf('dispatch', request)).toBe(1);
  });

  it('by one person in two windows count once, and nothing is sent', async () => {
    surroundings.evidence = LARGE;
    const request = await ask(one, 'two-windows');
    const tried = await atOnce(request, [approve(request, PAVEL), approve(request, PAVEL)]);
    expect(tried.toSorted()).toEqual(['already_approved', 'pending']);
    expect(await jobsOf('dispatch', request)).toBe(0);
  });
});

describe('approving, rejecting and withdrawing at the same moment', () => {
  it('ends in exactly one of them; the others are refused and on record', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const request = await ask(one, `three-${round}`);
      const tried = await atOnce(request, [
        approve(request, PAVEL),
        [{ type: 'withdraw' }, MARIA],
        [{ type: 'reject', note: 'Not so' }, LENA],
      ]);
      const end = tried.find((state) => state !== 'already_decided');
      expect(['approved', 'withdrawn', 'rejected']).toContain(end);
      expect(tried.filter((state) => state === 'already_decided')).toHaveLength(2);
      expect(await decisionsOf(request)).toEqual({ counted: 1, refused: 2 });
      expect(await jobsOf('dispatch', request)).toBe(end === 'approved' ? 1 : 0);
      expect((await one.store.selectRequest(request.id)).state).toBe(end);
    }
  });
});

describe('two who ask for one payment at the same moment', () => {
  it('make one request, and the other is shown it', async () => {
    const asks = [
      [one, MARIA],
      [other, LENA],
    ] as const;
    surroundings.meet(2);
    const asked = await Promise.all(
      asks.map(async ([{ usecases }, person]) => {
        const checked = usecases.checkAsk({
          account: 'shop-pl',
          fields: { payment: 'wanted' },
          reason: 'Mine',
        });
        return checked.ok ? usecases.askForCancellation(checked.ask, person) : { type: 'faulty' as const };
      }),
    );
    expect(asked.map(({ type }) => type).toSorted()).toEqual(['already_open', 'made']);
    const numbers = asked.map((each) => ('request' in each ? each.request.number : null));
    expect(numbers[0]).toBe(numbers[1]);
    const { rows } = await database.sql.query("select 1 from requests where payment = 'wanted'");
    expect(rows).toHaveLength(1);
  });
});

describe('two processes that dispatch one request', () => {
  it('send it once', async () => {
    const request = await ask(one, 'sent-once');
    await one.usecases.decideOnRequest(request.id, ...approve(request, PAVEL));
    surroundings.meet(2);
    await Promise.all([one.usecases.dispatch(request.id), other.usecases.dispatch(request.id)]);
    expect(surroundings.sent).toEqual([request.key]);
    expect((await one.store.selectRequest(request.id)).state).toBe('cancelled');
  });
});

describe('two ticks at the same moment', () => {
  it('make one summary and one job for it', async () => {
    surroundings.now = new Date('2027-01-15T09:00:00Z');
    await Promise.all([one.usecases.tick(), other.usecases.tick(), one.usecases.tick()]);
    const { rows } = await database.sql.query(
      `select (select count(*)::int from summaries where local_date = '2027-01-14') as summaries,
         (select count(*)::int from pgboss.job where name = 'summarise' and data->>'date' = '2027-01-14') as jobs`,
    );
    expect(rows).toEqual([{ summaries: 1, jobs: 1 }]);
  });

  it('let a request expire once', async () => {
    const request = await ask(one, 'overdue');
    surroundings.now = request.deadline;
    await Promise.all([one.usecases.tick(), other.usecases.tick()]);
    expect(await decisionsOf(request)).toEqual({ counted: 1, refused: 0 });
    expect(await one.store.selectRequest(request.id)).toMatchObject({ state: 'expired', version: 2 });
  });
});

describe('a look-up that is due', () => {
  it('is taken by one process, and again only after its lease', async () => {
    const request = await ask(one, 'looked-up');
    const due = new Date('2027-02-01T10:00:00Z');
    const leased = new Date('2027-02-01T10:01:00Z');
    await one.store.scheduleLookUp(request.id, due);

    expect(await one.store.claimLookUp(request.id, new Date(due.getTime() - 1), leased)).toBeUndefined();
    const claims = Array.from({ length: 6 }, (_, n) =>
      (n % 2 === 0 ? one : other).store.claimLookUp(request.id, due, leased),
    );
    expect((await Promise.all(claims)).filter((made) => made !== undefined)).toEqual([0]);
    expect(await other.store.claimLookUp(request.id, leased, new Date(leased.getTime() + 1))).toBe(1);
  });
});

function approve({ digest }: Request, person: Person): readonly [Act, Person] {
  return [{ type: 'approve', saw: digest, note: null }, person];
}

/** Everyone is let in at once, by turns in one process and the other. Tells what became of each act. */
async function atOnce({ id }: Request, acts: readonly (readonly [Act, Person])[]): Promise<string[]> {
  surroundings.meet(acts.length);
  const decided = await Promise.all(
    acts.map(([act, person], n) => (n % 2 === 0 ? one : other).usecases.decideOnRequest(id, act, person)),
  );
  return decided.map(({ verdict }) => (verdict.counts ? verdict.state : verdict.refusal));
}

async function jobsOf(queue: string, { id }: Request): Promise<number> {
  const { rows } = await database.sql.query(
    "select 1 from pgboss.job where name = $1 and data->>'request' = $2",
    [queue, id],
  );
  return rows.length;
}

async function decisionsOf({ id }: Request): Promise<unknown> {
  const { rows } = await database.sql.query(
    `select (count(*) filter (where refusal is null))::int as counted, count(refusal)::int as refused
     from decisions where request_id = $1`,
    [id],
  );
  return rows[0];
}
