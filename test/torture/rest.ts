/** After the faults: time passes until everything is in a true state and shown so. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

/** How long after the last fault everything has to be in a true state: the queue, a retry and two ticks. */
export const TRUE_WITHIN_SECONDS = 300;
const GIVE_UP_AFTER_MS = 90_000;

/** @param peaceAt when the last fault was lifted, on the app's clock. */
export async function comeToRest(
  world: World,
  peaceAt: number,
  stepSeconds = 5,
): Promise<{ tookMs: number; unrest: readonly string[] }> {
  const realBegan = Date.now();
  for (;;) {
    await world.crew.reviveAll();
    const unrest = await patiently(world, 600);
    const tookMs = world.now() - peaceAt;
    const isOver = tookMs > TRUE_WITHIN_SECONDS * 1000 || Date.now() - realBegan > GIVE_UP_AFTER_MS;
    if (unrest.length === 0 || isOver) return { tookMs, unrest };
    await world.pass(stepSeconds).catch(() => undefined);
  }
}

/** What is not at rest, looked at again and again for so long in real time. */
async function patiently(world: World, forMs: number): Promise<readonly string[]> {
  const end = Date.now() + forMs;
  for (;;) {
    const unrest = await world
      .readRecord()
      .then(world.unrest, (error: unknown) => [`the record: ${String(error)}`]);
    if (unrest.length === 0 || Date.now() > end) return unrest;
    await sleep(50);
  }
}

/** The look-ups that follow an unknown outcome have their turns, and none of them may change what is settled. */
export async function letUnknownsBeAsked(world: World): Promise<void> {
  for (const seconds of [10, 30, 90]) {
    const { requests } = await world.readRecord();
    if (!requests.some(({ state }) => state === 'unknown' || state === 'accepted')) return;
    await world.pass(seconds);
    await sleep(700);
    await comeToRest(world, world.now());
  }
}
