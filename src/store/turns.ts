/** Turns of calls to Slack, counted in the database, so that several processes share one pace. */
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Turns } from '../usecases/posting.ts';
import { selectAll, selectOne, selectOptional } from './pool.ts';
import { createTogether } from './transaction.ts';

const Wait = z.object({ wait_ms: z.number() });
const WaitRow = Wait.extend({ name: z.string() });

/** How long a look at what is not counted holds: so much later is heeded what another process was told. */
const LOOK_HOLDS_MS = 200;

interface Look {
  /** On the process's own clock. */
  readonly at: number;
  /** By name, on that clock; what is free already is not there. */
  readonly freeAt: Promise<ReadonlyMap<string, number>>;
}

/** How far ahead of one call every so often the next may be: an idle channel takes a few at once. */
const leadOf = (pace: { everyMs: number; burst: number }): number => (pace.burst - 1) * pace.everyMs;

export function createTurns(pool: Pool): Turns {
  const db = createTogether(pool);
  let look: Look | undefined;

  async function untilFree(name: string): Promise<number> {
    const now = performance.now();
    if (look === undefined || now - look.at >= LOOK_HOLDS_MS) look = { at: now, freeAt: selectBusy() };
    const { freeAt } = look;
    try {
      return Math.max(0, ((await freeAt).get(name) ?? 0) - performance.now());
    } catch (error) {
      look = undefined;
      throw error;
    }
  }

  async function selectBusy(): Promise<ReadonlyMap<string, number>> {
    const rows = await selectAll(
      db,
      WaitRow,
      `select name, extract(epoch from free_at - now())::float8 * 1000 as wait_ms from turns where free_at > now()`,
    );
    const now = performance.now();
    return new Map(rows.map(({ name, wait_ms }) => [name, now + wait_ms]));
  }

  return {
    async take(name, pace, patienceMs) {
      // Nothing is taken of what is not counted; it only may have to wait.
      if (pace.everyMs === 0) {
        const waitMs = await untilFree(name);
        return { isMine: waitMs <= patienceMs, waitMs };
      }
      const lead = leadOf(pace);
      const turn = await selectOptional(
        db,
        Wait,
        `insert into turns as t (name, free_at) values ($1, now() + $2 * interval '1 ms')
         on conflict (name) do update set free_at = greatest(t.free_at, now()) + $2 * interval '1 ms'
         where t.free_at <= now() + ($3::float8 + $4) * interval '1 ms'
         returning extract(epoch from free_at - now())::float8 * 1000 - $2 - $3 as wait_ms`,
        [name, pace.everyMs, lead, patienceMs],
      );
      if (turn !== undefined) return { isMine: true, waitMs: Math.max(0, turn.wait_ms) };
      const { wait_ms: waitMs } = await selectOne(
        db,
        Wait,
        `select extract(epoch from free_at - now())::float8 * 1000 - $2 as wait_ms from turns where name = $1`,
        [name, lead],
      );
      return { isMine: false, waitMs: Math.max(0, waitMs) };
    },

    async hold(name, pace, ms) {
      await db.query(
        `insert into turns as t (name, free_at, held_until)
         values ($1, now() + ($2::float8 + $3) * interval '1 ms', now() + $2 * interval '1 ms')
         on conflict (name) do update set free_at = greatest(t.free_at, excluded.free_at),
           held_until = greatest(t.held_until, excluded.held_until)`,
        [name, ms, leadOf(pace)],
      );
      look = undefined;
    },

    async heldForMs(name) {
      const held = await selectOptional(
        db,
        Wait,
        `select extract(epoch from held_until - now())::float8 * 1000 as wait_ms
         from turns where name = $1 and held_until > now()`,
        [name],
      );
      return held?.wait_ms ?? 0;
    },
  };
}
