import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyChain } from './chain.ts';
import { perform } from './gestures.ts';
import { type Pair, startPair } from './pair.ts';
import { GROUPS } from './plan.ts';
import { comeToRest, reachable } from './rest.ts';
import type { Gesture } from './witness.ts';
import { openWorld, type World } from './world.ts';

const PATIENCE = { timeout: 20_000 };
/** Its provider takes so long that the database is another one when the answer comes. */
const SLOW = ['shop-ua', 'order-4001-slow'] as const;
const WANTED = [
  SLOW,
  ['hotel-kz', '7777777771'],
  ['shop-tr', 'T4U_small'],
  ['shop-tr', 'T4U_medium'],
  ['shop-ua', 'order-1001-unpaid'],
  ['shop-ua', 'order-1002-unpaid'],
] as const;

let pair: Pair;
let world: World;
beforeAll(async () => {
  pair = await startPair();
  world = await openWorld({ database: pair.addresses, size: 2, groups: GROUPS });
});
afterAll(async () => {
  await world.stop();
  await pair.close();
});

async function act(gesture: Gesture): Promise<void> {
  world.gestures.push(gesture);
  await perform(world.slack, gesture).catch(() => undefined);
}

type Payments = readonly (readonly [account: string, payment: string])[];

async function doAll(person: string, what: 'ask' | 'approve', list: Payments = WANTED): Promise<void> {
  for (const [account, payment] of list) await act({ person, act: what, account, payment });
}

async function states(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { state } of (await world.readRecord()).requests) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

it(
  'a database whose standby takes over in the middle of the work loses nothing and has nothing done twice',
  { timeout: 120_000 },
  async () => {
    await doAll('U_MARIA', 'ask');
    await expect.poll(states, PATIENCE).toEqual({ pending: WANTED.length });
    await doAll('U_PAVEL', 'approve', [SLOW]);
    await expect.poll(states, PATIENCE).toEqual({ pending: WANTED.length - 1, sending: 1 });
    await Promise.all([doAll('U_PAVEL', 'approve'), pair.failOver()]);
    await comeToRest(world, world.now());
    await reachable(world);

    // Who had no luck tries again.
    await doAll('U_PAVEL', 'approve');
    const { unrest } = await comeToRest(world, world.now());
    expect(unrest).toEqual([]);
    const record = await world.readRecord();
    expect(record.requests.map(({ state }) => state)).toEqual(
      WANTED.map((): unknown => expect.stringMatching(/cancelled|unknown/)),
    );
    expect(world.judge(record)).toEqual([]);
    expect(await verifyChain(pair.addresses)).toEqual([]);
    expect(world.crew.collapses).toEqual([]);
  },
);
