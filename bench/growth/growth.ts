/** What the same costs as the record grows: every path at each size, beside the smallest in the same rounds. */
import { startProcess, Surroundings } from '../../test/fakes/processes.ts';
import { plantYears } from '../../test/store/plantingYears.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { measureByTurns, type Prepare } from '../rounds.ts';
import type { Bench, Row } from '../row.ts';
import { type Grown, pathsOf } from './paths.ts';

const SIZES = { usual: [10_000, 1_000_000], full: [10_000, 1_000_000, 5_000_000] } as const;
const ROUNDS = { usual: 15, full: 25 } as const;

/** A team of two hundred asks so much in sixteen days, and leaves so much open, at every size. */
const LATELY = 3_200;
const OPEN = 60;
const BULK_EVERY = 500;

export const growth: Bench = {
  name: 'growth',
  async *run(size) {
    const cluster = await startCluster();
    const grown: Grown[] = [];
    try {
      for (const requests of SIZES[size]) grown.push(await grow(cluster, requests));
      yield* compare(grown, ROUNDS[size]);
    } finally {
      for (const process of grown) await process.stop();
      await cluster.stop();
    }
  },
};

async function grow(cluster: Cluster, requests: number): Promise<Grown> {
  const surroundings = new Surroundings();
  const { now } = surroundings;
  const { url } = await cluster.createDatabase((sql) =>
    plantYears(sql, { requests, lately: LATELY, open: OPEN, bulkEvery: BULK_EVERY, until: now }),
  );
  return { ...(await startProcess(url, surroundings)), requests, now };
}

async function* compare(grown: readonly Grown[], rounds: number): AsyncGenerator<Row> {
  const [smallest, ...larger] = grown.map((one) => ({ requests: one.requests, paths: pathsOf(one) }));
  if (smallest === undefined) return;
  for (const [path, prepare] of smallest.paths) {
    const works = new Map<string, Prepare>([['smallest', prepare]]);
    for (const { requests, paths } of larger) works.set(String(requests), paths.get(path) ?? prepare);
    const medians = await measureByTurns(works, rounds);
    for (const { requests } of larger) {
      yield {
        case: `${path}, ${requests.toLocaleString('en')} requests`,
        unit: 'ms',
        floor: medians.get('smallest') ?? NaN,
        ours: medians.get(String(requests)) ?? NaN,
        target: { atMost: 1.5 },
      };
    }
  }
}
