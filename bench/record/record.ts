/** Verifying and exporting a record: rows a second beside reading and hashing alone, and how much memory that takes. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startCluster } from '../cluster.ts';
import { median } from '../percentile.ts';
import type { Bench, Row } from '../row.ts';
import { fillRecord } from './sealedRecord.ts';

/** The smallest are as long as it takes until V8 has made its heap as large as it stays. */
const SIZES = { usual: [80_000, 200_000], full: [1_000_000, 10_000_000] } as const;
const ROUNDS = { usual: 3, full: 1 } as const;
const WAYS = ['cursor', 'hash', 'verify', 'export'] as const;
type Way = (typeof WAYS)[number];

const READER = join(import.meta.dirname, 'reader.ts');
const Told = z.object({ seconds: z.number(), peakMiB: z.number() });
type Told = z.infer<typeof Told>;

export const record: Bench = {
  name: 'record',
  async *run(size) {
    const cluster = await startCluster();
    let smallest: Readonly<Record<Way, Told>> | undefined;
    try {
      for (const entries of SIZES[size]) {
        const database = await cluster.createDatabase((sql) => fillRecord(sql, entries));
        const told = await measure(database.url, ROUNDS[size]);
        yield* compare(entries, told, smallest);
        smallest ??= told;
        await database.drop();
      }
    } finally {
      await cluster.stop();
    }
  },
};

/** Each way by turns; the median of the time and of the memory. */
async function measure(url: string, rounds: number): Promise<Readonly<Record<Way, Told>>> {
  const told: Record<Way, Told[]> = { cursor: [], hash: [], verify: [], export: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const way of WAYS) told[way].push(await read(way, url));
  const middle = (way: Way): Told => ({
    seconds: median(told[way].map(({ seconds }) => seconds)),
    peakMiB: median(told[way].map(({ peakMiB }) => peakMiB)),
  });
  return {
    cursor: middle('cursor'),
    hash: middle('hash'),
    verify: middle('verify'),
    export: middle('export'),
  };
}

async function read(way: Way, url: string): Promise<Told> {
  const folder = join(tmpdir(), `countersign-bench-export-${process.pid}`);
  const reader = fork(READER, [way, url, folder]);
  const told = await Promise.race([
    once(reader, 'message').then(([message]) => Told.parse(message)),
    once(reader, 'exit').then(() => Promise.reject(new Error(`${way} came to nothing`))),
  ]);
  await rm(folder, { recursive: true, force: true });
  return told;
}

function* compare(
  entries: number,
  told: Readonly<Record<Way, Told>>,
  smallest: Readonly<Record<Way, Told>> | undefined,
): Generator<Row> {
  const slower = Math.max(told.cursor.seconds, told.hash.seconds);
  for (const way of ['verify', 'export'] as const) {
    const name = `${way} ${entries.toLocaleString('en')} entries`;
    yield {
      case: name,
      unit: 'rows/s',
      floor: entries / slower,
      ours: entries / told[way].seconds,
      target: { atLeast: 0.5 },
    };
    if (smallest === undefined) continue;
    yield {
      case: `${name}, memory`,
      unit: 'MiB',
      floor: smallest[way].peakMiB,
      ours: told[way].peakMiB,
      target: { atMost: 1.2 },
    };
  }
}
