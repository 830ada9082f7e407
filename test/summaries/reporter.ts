/** Processes that make and post summaries by a clock of the test's; Slack is a list of messages that can be away. */
import { createKeyring, createSeal } from '../../src/record/keys.ts';
import type { Figures } from '../../src/domain/summary.ts';
import { openQueue } from '../../src/store/queue.ts';
import { createPool } from '../../src/store/pool.ts';
import { createStore } from '../../src/store/store.ts';
import type { World } from '../../src/usecases/ports.ts';
import { createMakeDueSummary, createPostSummary } from '../../src/usecases/summarise.ts';
import type { TestDatabase } from '../fakes/database.ts';
import { SECRET, Surroundings } from '../fakes/processes.ts';

/** Where a process dies: before a summary is kept, before it is posted, or after, when the answer is lost. */
export const deaths = ['making', 'posting', 'answered'] as const;
type Death = (typeof deaths)[number];

interface Posted {
  readonly delivery: string;
  readonly figures: Figures;
  readonly at: Date;
}

export interface Reporter {
  readonly posted: readonly Posted[];
  /** One tick of so many processes at the same moment, and the jobs that follow from it. */
  tick(now: Date, more?: { processes?: number; death?: Death | null; isAway?: boolean }): Promise<void>;
  stop(): Promise<void>;
}

export async function startReporter(
  database: TestDatabase,
  summary: Pick<World['summary'], 'time' | 'zone' | 'tracks'>,
): Promise<Reporter> {
  const pool = createPool(database.url, () => undefined);
  const queue = await openQueue(database.url, () => undefined);
  const store = createStore(pool, queue, createSeal(SECRET), createKeyring([SECRET]));
  const surroundings = new Surroundings();
  const posted: Posted[] = [];
  let dies: Death | null = null;
  let isAway = false;

  function dieWhen(here: Death): void {
    if (dies !== here) return;
    dies = null;
    throw new Error(`died ${here}`);
  }
  function refuseWhenAway(): void {
    if (isAway) throw new Error('Slack is away');
  }

  const given = surroundings.world(store);
  const world: World = {
    ...given,
    store: {
      ...store,
      transaction: async (work) => {
        dieWhen('making');
        return store.transaction(work);
      },
    },
    board: {
      ...given.board,
      checkReachable: async () => refuseWhenAway(),
      postSummary: async ({ figures }, delivery) => {
        refuseWhenAway();
        dieWhen('posting');
        posted.push({ delivery, figures, at: surroundings.now });
        dieWhen('answered');
        return { channel: 'C_FINANCE', ts: `${posted.length}.1` };
      },
      findPosted: async ({ id }) => {
        refuseWhenAway();
        const place = posted.findIndex(({ delivery }) => delivery === id);
        return place === -1 ? undefined : { channel: 'C_FINANCE', ts: `${place + 1}.1` };
      },
    },
    summary: { ...given.summary, ...summary },
  };
  const make = createMakeDueSummary(world);
  const post = createPostSummary(world);

  async function postAll(): Promise<void> {
    const { rows } = await pool.query<{ kind: 'day' | 'week' | 'month'; date: string }>(
      `select 'day' as kind, local_date::text as date from summaries where ts is null
       union all select kind, local_date::text from roll_ups where ts is null`,
    );
    for (const { kind, date } of rows) await post(kind, date);
  }

  return {
    posted,
    async tick(now, { processes = 1, death = null, isAway: away = false } = {}) {
      surroundings.now = now;
      dies = death;
      isAway = away;
      const ticks = Array.from({ length: processes }, async () => {
        for (const track of summary.tracks) await make(track);
        await postAll();
      });
      // Whoever died is started anew and finds what it left.
      await Promise.allSettled(ticks);
      dies = null;
    },
    async stop() {
      await queue.stop();
      await pool.end();
    },
  };
}
