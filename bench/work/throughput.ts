/** Whole requests a second, from submission to recorded outcome, beside hand-written SQL that commits as often. */
import type { Bench, Row } from '../row.ts';
import { type Bare, startBare } from './bare.ts';
import { commitsSoFar } from './commits.ts';
import { type House, openHouse, type Running } from './house.ts';
import { createLives, type Lives } from './lives.ts';
import { warmUp } from './warmUp.ts';

const AT_ONCE = 24;
const ROUNDS = 3;
const COUNT = 120;

export const throughput: Bench = {
  name: 'throughput',
  async *run(size) {
    const house = await openHouse();
    const count = size === 'full' ? 5 * COUNT : COUNT;
    try {
      const bare = await startBare(house);
      const lives = createLives(house);
      // Hand-written SQL, too, runs compiled code.
      await bare.run({ count: 3 * COUNT, atOnce: AT_ONCE, before: 3, after: 25 });
      const measureWith = (processes: readonly Running[]) =>
        measure({ house, lives, bare }, processes, count);
      const processes: Running[] = [];
      const startAnother = async () => {
        const running = await house.startProcess();
        await warmUp(house, lives, running);
        processes.push(running);
      };
      await startAnother();
      const one = await measureWith(processes);
      yield rowOf(1, one);
      await startAnother();
      yield rowOf(2, await measureWith(processes));
      await startAnother();
      const three = await measureWith(processes);
      yield rowOf(3, three);
      // One again, so that the machine's mood of then and now meets both.
      await Promise.all(processes.splice(1).map((running) => running.stop()));
      const again = await measureWith(processes);
      yield {
        case: 'throughput, 3 processes beside 1',
        unit: 'requests/s',
        floor: (one.ours + again.ours) / 2,
        ours: three.ours,
        target: { atLeast: 1 },
      };
      await bare.stop();
    } finally {
      await house.stop();
    }
  },
};

/** Requests a second. */
type Rates = Pick<Row, 'floor' | 'ours'>;

function rowOf(processes: number, rates: Rates): Row {
  const name = processes === 1 ? '1 process' : `${processes} processes`;
  return { case: `throughput, ${name}`, unit: 'requests/s', ...rates, target: { atLeast: 0.6 } };
}

async function measure(
  { house, lives, bare }: { readonly house: House; readonly lives: Lives; readonly bare: Bare },
  processes: readonly Running[],
  count: number,
): Promise<Rates> {
  // As many connections as the load takes, and plans for what there is by now.
  await lives.many(processes, COUNT, AT_ONCE);
  let oursMs = 0;
  let floorMs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await house.quiet(300);
    const commitsBefore = await commitsSoFar(house.sql);
    const began = performance.now();
    await lives.many(processes, count, AT_ONCE);
    oursMs += performance.now() - began;
    // What Slack is told afterwards is written too.
    await house.quiet(300);
    const commits = Math.round(((await commitsSoFar(house.sql)) - commitsBefore) / count);
    // Where hand-written SQL begins, before the decision, is one more.
    const work = { count, atOnce: AT_ONCE, before: 3, after: commits - 4 };
    floorMs += (await bare.run(work)).tookMs;
  }
  const requests = count * ROUNDS * 1000;
  return { floor: requests / floorMs, ours: requests / oursMs };
}
