/** After the faults: time passes until everything is in a true state and shown so. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

/** How long after the last fault everything has to be in a true state: the queue, a retry and two ticks. */
export const TRUE_WITHIN_SECONDS = 300;
const GIVE_UP_AFTER_MS = 90_000;

/** In steps, so that what comes due on the way has its turn, also while a fault lasts. */
export async function letPass(world: World, seconds: number): Promise<void> {
  const STEP = 20;
  for (let left = seconds; left > 0; left -= STEP) {
    // With the database away the queue stands still, and only the clock goes on.
    await world.pass(Math.min(left, STEP)).catch(() => undefined);
    await sleep(150);
  }
}

/**
 * @param peaceAt when the last fault was lifted, on the app's clock.
 * @param pace how long the processes get in real time before the clock is put on by a step.
 */
export async function comeToRest(
  world: World,
  peaceAt: number,
  pace = { stepSeconds: 5, patienceMs: 600 },
): Promise<{ tookMs: number; unrest: readonly string[] }> {
  const realBegan = Date.now();
  for (;;) {
    await world.crew.reviveAll();
    const unrest = await patiently(world, pace.patienceMs);
    const tookMs = world.now() - peaceAt;
    const isOver = tookMs > TRUE_WITHIN_SECONDS * 1000 || Date.now() - realBegan > GIVE_UP_AFTER_MS;
    if (unrest.length === 0 || isOver) return { tookMs, unrest };
    await world.pass(pace.stepSeconds).catch(() => undefined);
  }
}

/** What is not at rest, looked at again and again for so long in real time. */
async function patiently(world: World, forMs: number): Promise<readonly string[]> {
  const end = Date.now() + forMs;
  for (;;) {
    const unrest = await world.readRecord().then(
      (record) => world.unrest(record),
      (error: unknown) => [`the record: ${String(error)}`],
    );
    if (unrest.length === 0 || Date.now() > end) return unrest;
    await sleep(50);
  }
}

/** Waits until Slack reaches a process again: Slack's client takes five seconds to come back after it was sent away. */
export async function reachable({ slack }: World): Promise<void> {
  const end = Date.now() + 10_000;
  while (slack.connections === 0 && Date.now() < end) await sleep(100);
}

/** SIBS goes on showing the hold, so that its look-ups settle nothing. */
const TELLS_NOTHING = 'shop-pl';

/**
 * Look-ups have their turns. Gives what is still unknown although the provider carried it out and says so: after an
 * hour and more, for a clock that was ahead may have put them off that long.
 */
export async function askUnknowns(world: World): Promise<readonly string[]> {
  const left = async () =>
    (await world.readRecord()).requests.flatMap(({ state, account, payment, number }) => {
      const effects = world.simulators.accounts.get(account)?.effects(payment);
      return state === 'unknown' && effects === 1 && account !== TELLS_NOTHING ? [`C-${number}`] : [];
    });
  for (const seconds of [10, 30, 90, 4_000]) {
    if ((await left()).length === 0) break;
    await world.pass(seconds);
    await sleep(800);
    await comeToRest(world, world.now());
  }
  return left();
}
