import type { Client } from 'pg';
import { expect } from 'vitest';

/** Waits until some connection to this database stands in line for a lock of that kind. */
export async function somebodyWaitsFor(sql: Client, locktype: string): Promise<void> {
  const standing = async () => {
    // Within a transaction Postgres would show the same moment again and again.
    await sql.query('select pg_stat_clear_snapshot()');
    const { rows } = await sql.query(
      `select 1 from pg_locks l join pg_stat_activity a using (pid)
       where l.locktype = $1 and not l.granted and a.datname = current_database()`,
      [locktype],
    );
    return rows.length;
  };
  await expect.poll(standing, { timeout: 5_000, interval: 10 }).toBeGreaterThan(0);
}
