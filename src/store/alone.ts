/** Work that only one may do at a time, among all processes: under a lock of a PostgreSQL session. */
import type { Pool } from 'pg';

/** How often whoever holds a lock shows that it is alive. */
const PULSE_MS = 30_000;

export type Alone = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Whoever is alone keeps a connection for itself and needs another one for its work, so at most half of them are kept:
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

  return async (name, work) => {
    await takePlace();
    try {
      return await withLock(pool, name, work);
    } finally {
      givePlace();
    }
  };
}

// A session lock, not a transaction: the work may take as long as Slack does, and must not hold back vacuum.
async function withLock<T>(pool: Pool, name: string, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    // A session that is silent for two minutes is ended by the server, and its lock is gone.
    const pulse = setInterval(() => void client.query('select').catch(() => undefined), PULSE_MS);
    try {
      return await work();
    } finally {
      clearInterval(pulse);
      await client
        .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
        .catch((error: unknown) => {
          broken = error instanceof Error ? error : new Error('unlock failed');
        });
    }
  } finally {
    client.release(broken);
  }
}
