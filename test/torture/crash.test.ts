import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { perform } from './gestures.ts';
import type { Gesture } from './model.ts';
import { GROUPS } from './plan.ts';
import { comeToRest } from './rest.ts';
import { arm } from './strike.ts';
import { openWorld, type World } from './world.ts';

/** Real processes, one of which is killed with -9 at exactly this step, and never gets to say goodbye. */
describe('a process that is killed', () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
    world = await openWorld({ databaseUrl: database.url, size: 3, groups: GROUPS });
  });
  afterAll(async () => {
    await world.stop();
    await database.stop();
  });

  async function act(gesture: Gesture): Promise<void> {
    world.gestures.push(gesture);
    await perform(world.slack, gesture).catch(() => undefined);
  }

  async function stateOf(payment: string): Promise<string | undefined> {
    const { requests } = await world.readRecord();
    return requests.find((request) => request.payment === payment)?.state;
  }

  it.each([
    ['before the decision is recorded', 'T4U_small', 'postgres', 'insert into decisions', true, 'pending', 0],
    [
      'between the record of the decision and its commit',
      'T4U_medium',
      'postgres',
      'pgboss.job',
      true,
      'pending',
      0,
    ],
    [
      'before the attempt is recorded',
      '7777777771',
      'postgres',
      'insert into attempts',
      true,
      'cancelled',
      1,
    ],
    [
      'after the attempt is committed, before it sends',
      'T4U_slow',
      'provider',
      'type=Cancel',
      true,
      'unknown',
      0,
    ],
    [
      'after the provider did it, before it answers',
      'order-1001-unpaid',
      'provider',
      '/cancel',
      false,
      'cancelled',
      1,
    ],
    [
      'after the answer, before that is recorded',
      'order-1002-unpaid',
      'postgres',
      'insert into outcomes',
      true,
      'cancelled',
      1,
    ],
  ] as const)('%s', async (_when, payment, on, step, loses, state, effects) => {
    const account = accountOf(payment);
    await act({ person: 'U_MARIA', act: 'ask', account, payment });
    await expect.poll(() => stateOf(payment)).toBe('pending');
    await comeToRest(world, world.now());
    const fault = { kind: 'kill', on, at: 1, loses, seconds: 0 } as const;
    const armed = arm(world, undefined, fault, (chunk) => chunk.includes(step));
    await act({ person: 'U_PAVEL', act: 'approve', account, payment });
    await expect.poll(() => armed.hasStruck, { timeout: 10_000 }).toBe(true);
    await armed.lift();

    const { unrest } = await comeToRest(world, world.now(), 35);
    expect(unrest).toEqual([]);
    await expect
      .poll(
        async () => {
          await world.pass(20);
          return stateOf(payment);
        },
        { timeout: 8_000, interval: 500 },
      )
      .toBe(state);
    expect(world.simulators.accounts.get(account)?.effects(payment)).toBe(effects);
    expect(world.judge(await world.readRecord())).toEqual([]);
  });
});

function accountOf(payment: string): string {
  if (payment.startsWith('T4U')) return 'shop-tr';
  return payment.startsWith('order') ? 'shop-ua' : 'hotel-kz';
}
