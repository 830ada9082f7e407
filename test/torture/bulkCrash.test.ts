import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { perform } from './gestures.ts';
import { GROUPS } from './plan.ts';
import { askUnknowns, comeToRest } from './rest.ts';
import { arm } from './strike.ts';
import type { Gesture } from './witness.ts';
import { openWorld, type World } from './world.ts';

const PATIENCE = { timeout: 15_000 };

/** As crash.test.ts, in the middle of a bulk: after the second line's attempt is committed, and before its answer is. */
describe('a process that is killed while it sends the second of a bulk’s lines', () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
    world = await openWorld({ database, size: 2, groups: GROUPS, bulk: { pace: '100/s' } });
  });
  afterAll(async () => {
    await world.stop();
    await database.stop();
  });

  async function act(gesture: Gesture): Promise<void> {
    world.gestures.push(gesture);
    await perform(world.slack, gesture);
  }
  async function statesOf(list: readonly string[]): Promise<(string | undefined)[]> {
    const { requests } = await world.readRecord();
    return list.map((payment) => requests.find((request) => request.payment === payment)?.state);
  }
  const effectsOf = (account: string, list: readonly string[]) =>
    list.map((payment) => world.simulators.accounts.get(account)?.effects(payment));
  const attemptsOf = async (list: readonly string[]) => {
    const { requests, attempts } = await world.readRecord();
    return list.map((payment) => {
      const line = requests.find((request) => request.payment === payment)?.id;
      return attempts.filter(({ request }) => request === line).length;
    });
  };
  const running = () => world.crew.members.filter(({ isRunning }) => isRunning).length;

  it.each([
    [
      'and nothing arrived: it stays unknown',
      'hotel-kz',
      ['7777777771', '7777777777', '7777777779'],
      'lost',
      ['cancelled', 'unknown', 'cancelled'],
      [1, 0, 1],
    ],
    [
      'and it arrived: a look-up tells',
      'shop-ua',
      ['order-1001-unpaid', 'order-1002-unpaid', 'order-1003-unpaid'],
      'arrives',
      ['cancelled', 'cancelled', 'cancelled'],
      [1, 1, 1],
    ],
  ] as const)('%s', { timeout: 60_000 }, async (_what, account, list, fate, states, effects) => {
    const bulk = { account, payment: list.join('\n') };
    await act({ person: 'U_MARIA', act: 'ask', ...bulk });
    await expect.poll(() => statesOf(list), PATIENCE).toEqual(['pending', 'pending', 'pending']);
    await act({ person: 'U_PAVEL', act: 'approve', ...bulk });

    const fault = { kind: 'kill', on: 'provider', at: 2, loses: fate === 'lost', seconds: 0 } as const;
    const armed = arm(world, undefined, fault, (chunk) => chunk.includes('/cancel'));
    await act({ person: 'U_LENA', act: 'approve', ...bulk });
    await expect.poll(() => armed.hasStruck, PATIENCE).toBe(true);
    await armed.lift();
    expect(await statesOf(list)).toEqual(['cancelled', 'sending', 'approved']);

    // The other process is alone with it: it sends the third, and does not send the second again.
    await world.pass(130);
    const unknownOrLookedUp: unknown = expect.stringMatching(/^(unknown|cancelled)$/);
    await expect.poll(() => statesOf(list), PATIENCE).toEqual(['cancelled', unknownOrLookedUp, 'cancelled']);
    expect(running()).toBe(1);
    await world.crew.reviveAll();
    expect((await comeToRest(world, world.now(), { stepSeconds: 20, patienceMs: 4_000 })).unrest).toEqual([]);
    await askUnknowns(world);

    expect(await statesOf(list)).toEqual(states);
    expect(effectsOf(account, list)).toEqual(effects);
    expect(await attemptsOf(list)).toEqual([1, 1, 1]);
    expect(world.judge(await world.readRecord())).toEqual([]);
  });
});
