/** From the click that decides to the first byte of the cancellation at the provider. */
import type { Bench } from '../row.ts';
import { startBare } from './bare.ts';
import { openHouse } from './house.ts';
import { createLives } from './lives.ts';
import { median } from '../percentile.ts';
import { warmUp } from './warmUp.ts';

/** The decision, the job that is taken, and the attempt. */
const COMMITS = 3;
const ROUNDS = 4;

const LOADS = [
  // A person reads before they click, and nothing else goes on, nor in the floor: who was just busy is faster.
  { name: 'idle', count: 20, atOnce: 1, quietMs: 60 },
  { name: '8 requests at a time', count: 60, atOnce: 8, quietMs: 0 },
];

export const wire: Bench = {
  name: 'wire',
  async *run(size) {
    const house = await openHouse();
    try {
      const lives = createLives(house);
      const running = await house.startProcess();
      const bare = await startBare(house);
      await warmUp(house, lives, running);
      await bare.run({ count: 50, atOnce: 8, before: COMMITS, after: 1 });
      for (const { name, count, atOnce, quietMs } of LOADS) {
        const think = () => (quietMs === 0 ? Promise.resolve() : house.quiet(quietMs));
        const ours: number[] = [];
        const floor: number[] = [];
        for (let round = 0; round < (size === 'full' ? 3 * ROUNDS : ROUNDS); round += 1) {
          const { toWireMs } = await bare.run({ count, atOnce, before: COMMITS, after: 1, quietMs });
          floor.push(...toWireMs);
          ours.push(...(await lives.many([running], count, atOnce, think)));
          await house.quiet(150);
        }
        yield {
          case: `click to wire, ${name}, p50`,
          unit: 'ms',
          floor: median(floor),
          ours: median(ours),
          target: { atMost: 3 },
        };
      }
      await bare.stop();
    } finally {
      await house.stop();
    }
  },
};
