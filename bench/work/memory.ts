/** What a process holds at rest, after an hour's worth of a busy team's requests, and after as many again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Bench } from '../row.ts';
import { openHouse, type Running } from './house.ts';
import { createLives } from './lives.ts';

const AT_ONCE = 16;
/** Until everything that a process keeps anyway is there. */
const WARM_UP = 100;
const REST_MS = 12_000;

const Memory = z.object({ rss: z.number(), heapUsed: z.number() });

export const memory: Bench = {
  name: 'memory',
  async *run(size) {
    const hour = size === 'full' ? 600 : 300;
    const house = await openHouse();
    try {
      const bare = await house.startProcess('bareStart.ts');
      const ours = await house.startProcess();
      await house.quiet(1_000);
      const atRest = await memoryOf(ours);
      yield {
        case: 'memory at rest, beside the same libraries',
        unit: 'MiB',
        floor: (await memoryOf(bare)).rss,
        ours: atRest.rss,
        target: { atMost: 1.5 },
      };
      const lives = createLives(house);
      const after = async (count: number) => {
        await lives.many([ours], count, AT_ONCE);
        // V8 gives back what it does not need after a while without work.
        await sleep(REST_MS);
        return memoryOf(ours);
      };
      await after(WARM_UP);
      const first = await after(hour);
      const second = await after(hour);
      for (const [name, what] of [
        ['heap', 'heapUsed'],
        ['resident memory', 'rss'],
      ] as const)
        yield {
          case: `${name} after ${2 * hour} requests, beside ${hour}`,
          unit: 'MiB',
          floor: first[what],
          ours: second[what],
          target: { atMost: 1.1 },
        };
    } finally {
      await house.stop();
    }
  },
};

/** MiB, after what is not needed any more was collected. */
async function memoryOf({ child }: Running): Promise<z.infer<typeof Memory>> {
  const { rss, heapUsed } = await child.ask({}, Memory);
  return { rss: rss / 2 ** 20, heapUsed: heapUsed / 2 ** 20 };
}
