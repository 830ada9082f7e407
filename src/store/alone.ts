/** Work that only one may do at a time, among all processes: under a lock of a PostgreSQL session. */
import type { Pool } from 'pg';
import type { Queryable } from './pool.ts';
import { behind, preparing } from './transaction.ts';

/** How often whoever holds a lock shows that it is alive. */
const PULSE_MS = 30_000;

export interface Alone {
  readonly alone: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /**
   * The same on the session that holds the lock, for work that begins with reading: that leaves along with the lock, and is
   * done once it is there. Whatever else is asked there is asked while the lock is held, or fails.
   */
  readonly holding: <T>(name: string, work: (db: Queryable) => Promise<T>) => Promise<T>;
}

/**
 * Whoever is alone keeps a connection for itself and may need another one for its work, so at most half of them are kept:
 * otherwise so many could wait for each other that none goes on.
 */
export function createAlone(pool: Pool): Alone {
  let places = Math.max(1, Math.floor(pool.options.max / 2));
  const waiting: (() => void)[] = [];

  async function takePlace(): Promise<void> {
    if (places > 0) places -= 1;
    else await new Promise<void>((resolve) => void waiting.push(resolve));
  }

  function givePlace(): void {
    const next = waiting.shift();
    if (next === undefined) places += 1;
    else next();
  }

  async function inPlace<T>(name: string, work: Work<T>): Promise<T> {
    await takePlace();
    try {
      return await withLock(pool, name, work);
    } finally {
      givePlace();
    }
  }

  return {
    alone: (name, work) =>
      inPlace(name, async (_db, locked) => {
        await locked;
        return work();
      }),
    holding: inPlace,
  };
}

type Work<T> = (db: Queryable, locked: Promise<unknown>) => Promise<T>;

// A session lock, not a transaction: the work may take as long as Slack does, and must not hold back vacuum.
async function withLock<T>(pool: Pool, name: string, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  const session = preparing(client);
  const locked = session.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  const { db, end } = behind(locked, session);
  // A session that is silent for two minutes is ended by the server, and its lock is gone.
  const pulse = setInterval(() => void client.query('select').catch(() => undefined), PULSE_MS);
  let broken: Error | undefined;
  try {
    // Work without a lock is none, whatever it did not ask.
    const [result] = await Promise.all([work(db, locked), locked]);
    return result;
  } finally {
    end();
    clearInterval(pulse);
    await session
      .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
      .catch((error: unknown) => {
        broken = error instanceof Error ? error : new Error('unlock failed');
      });
    client.release(broken);
  }
}
