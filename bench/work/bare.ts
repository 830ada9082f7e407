/** Hand-written SQL beside the app: a process that commits as often as it is told to, and makes the same call. */
import { z } from 'zod';
import { startChild } from './child.ts';
import type { House } from './house.ts';

interface Work {
  readonly count: number;
  readonly atOnce: number;
  /** Durable commits of each, before the call and after it. */
  readonly before: number;
  readonly after: number;
  /** How long nothing is done of each before its first commit: none when absent. */
  readonly quietMs?: number;
}

const Done = z.object({ tookMs: z.number(), toWireMs: z.array(z.number()) });

export interface Bare {
  /** @returns how long all of it took, and each from its first commit to the first byte at the provider. */
  run(work: Work): Promise<z.infer<typeof Done>>;
  stop(): Promise<void>;
}

export async function startBare({ ownerUrl, providerUrl }: House): Promise<Bare> {
  const child = await startChild(
    'floor.ts',
    { DATABASE_URL: ownerUrl, PAYFULL_URL: providerUrl },
    z.object({ isReady: z.literal(true) }),
  );
  return { run: (work) => child.ask({ quietMs: 0, ...work }, Done), stop: () => child.stop() };
}
