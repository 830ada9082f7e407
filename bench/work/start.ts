/** From the start of a process until it is ready, and until a command has answered. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../row.ts';
import { builtFile } from './built.ts';
import { type House, openHouse } from './house.ts';
import { median } from '../percentile.ts';

const ROUNDS = 6;
const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

export const start: Bench = {
  name: 'start',
  async *run(size) {
    const house = await openHouse();
    const rounds = size === 'full' ? 3 * ROUNDS : ROUNDS;
    try {
      const ready = { floor: [] as number[], ours: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        ready.floor.push(await readyAfter(house, 'bareStart.ts'));
        ready.ours.push(await readyAfter(house, 'member.ts'));
      }
      yield {
        case: 'start to ready',
        unit: 'ms',
        floor: median(ready.floor),
        ours: median(ready.ours),
        target: { atMost: 2 },
      };
      const help = { floor: [] as number[], ours: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        help.floor.push(await endsAfter(['--import', 'commander', '--eval', '0']));
        help.ours.push(await endsAfter([builtFile('src/cli.ts'), '--help']));
      }
      yield {
        case: 'countersign --help, beside Node.js that loads commander',
        unit: 'ms',
        floor: median(help.floor),
        ours: median(help.ours),
        target: { atMost: 3 },
      };
    } finally {
      await house.stop();
    }
  },
};

async function readyAfter(house: House, file: string): Promise<number> {
  const began = performance.now();
  const running = await house.startProcess(file);
  const took = performance.now() - began;
  await running.stop();
  return took;
}

async function endsAfter(given: readonly string[]): Promise<number> {
  const began = performance.now();
  await run(process.execPath, given, { cwd: ROOT });
  return performance.now() - began;
}
