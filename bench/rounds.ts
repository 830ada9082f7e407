/** Measuring by turns: what else the machine does meets all alike. */

import { median } from './percentile.ts';

/** Prepares one measurement, and gives what is to be timed. */
export type Prepare = () => Promise<() => Promise<unknown>>;

/** Gives the median of each in milliseconds, by its name. The first round only warms up. */
export async function measureByTurns(
  works: ReadonlyMap<string, Prepare>,
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>([...works.keys()].map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, prepare] of works) {
      const work = await prepare();
      const begun = performance.now();
      await work();
      if (round > 0) times.get(name)?.push(performance.now() - begun);
    }
  }
  return new Map(Array.from(times, ([name, taken]) => [name, median(taken)]));
}
