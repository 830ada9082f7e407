import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { createKeyring } from '../../src/record/keys.ts';
import { verify } from '../../src/record/verify.ts';
import { createPool } from '../../src/store/pool.ts';
import { withRecordSource } from '../../src/store/recordSource.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  LENA,
  ON_HOLD,
  PAVEL,
  type Process,
  SECRET,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

/** Two processes against one database, at the moment of a freeze. */
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
  surroundings.sent.length = 0;
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.stop();
});

const ROUNDS = Array.from({ length: 15 }, (_one, round) => round);

async function askAndApprove(payment: string): Promise<Request> {
  const request = await ask(one, payment);
  const act = { type: 'approve', saw: request.digest, note: null } as const;
  await one.usecases.decideOnRequest(request.id, act, PAVEL);
  return request;
}

const freezeAll = ({ usecases }: Process) =>
  usecases.freezeDispatch({ scope: { type: 'all' }, reason: 'Suspicious night' }, PAVEL);

async function liftEverything(): Promise<void> {
  for (const { id } of await one.usecases.listFreezes())
    for (const person of [PAVEL, LENA]) await one.usecases.agreeToLift(id, person);
}

/** Which came first in the chain, where the order can't be changed afterwards. */
async function orderOf(request: Request, freeze: number): Promise<string> {
  const { rows } = await database.sql.query<{ type: string }>(
    `select body::jsonb->>'type' as type from chain
     where request_id = $1 and body::jsonb->>'type' = 'attempt'
       or body::jsonb->>'type' = 'freeze' and body::jsonb #> '{data,freeze}' = to_jsonb($2::int)
     order by seq`,
    [request.id, freeze],
  );
  return rows.map(({ type }) => type).join(' ');
}

/** Both stand at the same door: at Slack's answer who Pavel is, and at the provider's last look-up. */
async function freezeWhileDispatching(payment: string): Promise<string> {
  const request = await askAndApprove(payment);
  surroundings.sent.length = 0;
  surroundings.meet(2);
  const [frozen] = await Promise.all([freezeAll(one), other.usecases.dispatch(request.id)]);
  surroundings.door = async () => {};

  const isSent = surroundings.sent.length === 1;
  const order = await orderOf(request, frozen.counts ? frozen.freeze.number : 0);
  expect(order).toBe(isSent ? 'attempt freeze' : 'freeze');
  expect((await one.store.selectRequest(request.id)).state).toBe(isSent ? 'cancelled' : 'approved');
  await one.usecases.dispatch(request.id);
  expect(surroundings.sent.length).toBe(isSent ? 1 : 0);
  await liftEverything();
  return order;
}
const ORDERS = ['freeze', 'attempt freeze'];

describe('a freeze and a dispatch at the same moment', () => {
  it('end in an attempt that was there first, or in none: what is sent was sent before the freeze', async () => {
    for (const round of ROUNDS) expect(ORDERS).toContain(await freezeWhileDispatching(`night-${round}`));
  });

  it('let the approval that is made at that moment count before it, or not at all', async () => {
    for (const round of ROUNDS) {
      const request = await ask(one, `approval-${round}`);
      surroundings.meet(2);
      const act = { type: 'approve', saw: request.digest, note: null } as const;
      const [{ verdict }, frozen] = await Promise.all([
        other.usecases.decideOnRequest(request.id, act, LENA),
        freezeAll(one),
      ]);
      surroundings.door = async () => {};
      expect(frozen.counts).toBe(true);
      expect(verdict.counts || verdict.refusal).toBe(verdict.counts || 'frozen');
      await other.usecases.dispatch(request.id);
      expect(surroundings.sent).toEqual([]);
      await liftEverything();
    }
  });

  it('are kept apart by the app also where Postgres does not', async () => {
    await database.sql.query('drop trigger attempts_heed_freezes on attempts');
    for (const round of ROUNDS) expect(ORDERS).toContain(await freezeWhileDispatching(`alone-${round}`));
  });
});

it('leave a record that keeps the law', async () => {
  const pool = createPool(database.url, () => undefined);
  const report = await withRecordSource(pool, (source) => verify(source, createKeyring([SECRET])));
  await pool.end();
  expect(report.faults).toEqual([]);
});

describe('two agreements at the same moment', () => {
  it('lift it where they are by two people', async () => {
    await freezeAll(one);
    const [freeze] = await one.usecases.listFreezes();
    const id = freeze?.id ?? '';
    surroundings.meet(2);
    await Promise.all([one.usecases.agreeToLift(id, PAVEL), other.usecases.agreeToLift(id, LENA)]);
    expect(await one.usecases.listFreezes()).toEqual([]);
  });

  it('count once where they are by one', async () => {
    await freezeAll(one);
    const [freeze] = await one.usecases.listFreezes();
    const id = freeze?.id ?? '';
    surroundings.meet(2);
    const tried = await Promise.all([
      one.usecases.agreeToLift(id, PAVEL),
      other.usecases.agreeToLift(id, PAVEL),
    ]);
    expect(tried.map((lifted) => (lifted.counts ? 'counts' : lifted.refusal)).toSorted()).toEqual([
      'already_agreed',
      'counts',
    ]);
    expect(await one.usecases.listFreezes()).toMatchObject([{ id, lifts: [{ person: PAVEL }] }]);
  });

  it('and two freezes at the same moment are numbered one after the other', async () => {
    surroundings.meet(2);
    const frozen = await Promise.all([freezeAll(one), freezeAll(other)]);
    const numbers = frozen.map((each) => (each.counts ? each.freeze.number : 0));
    expect(Math.abs((numbers[0] ?? 0) - (numbers[1] ?? 0))).toBe(1);
  });
});
