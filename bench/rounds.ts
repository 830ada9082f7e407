/** Measuring by turns: what else the machine does meets all alike. */

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

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
